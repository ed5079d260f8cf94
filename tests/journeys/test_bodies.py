"""R8: the office makes the board of the prospectus, fills it, is refused with the reason, replaces somebody, looks at any day."""

import re

from tests.browser import Walk


def test_the_office_makes_the_board_of_ten_and_it_is_true_on_any_day(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.door("Deciding")
    walk.press("Boards and committees")
    walk.press("Make a board or committee")
    walk.press(re.compile("Begin with this.*Partnership board"))
    walk.fill(name="Board of ten", started_on="8 3 2022")
    page = walk.press("Make it")
    assert "0 of 10" in page.locator("main").inner_text() and "Nobody chairs" in page.locator("main").inner_text()
    walk.press("Appoint to Primary Forum representative")
    head = page.locator("select[name=person] option").nth(1).inner_text()
    page.locator("select[name=person]").select_option(label=head)
    page = walk.press("Appoint", exact=True)
    assert head.split(",")[0] in page.locator("main").inner_text()
    walk.press("Appoint to Other primary head 1")
    page.locator("select[name=person]").select_option(label=head)
    page = walk.press("Appoint", exact=True)
    assert "is for somebody other: the prospectus says “other” heads" in page.locator("main").inner_text()
    walk.look()
    page = walk.press("Board of ten", exact=True)
    walk.press("Appoint to Local authority representative 1")
    walk.fill(name="Lee Adams", rests_on="The council, 1 March")
    walk.press("Appoint", exact=True)
    walk.press("Replace Lee Adams")
    walk.fill(name="Jo Clark", from_on="1 9 2022")
    page = walk.press("Replace", exact=True)
    assert "Jo Clark holds “Local authority representative 1” from 1 September 2022" in page.locator("main").inner_text()
    for on, who in (("2022-08-31", "Lee Adams"), ("2022-09-01", "Jo Clark")):
        walk.fill(on=on)
        page = walk.press("Show it")
        seat = page.get_by_role("row").filter(has_text="Local authority representative 1")
        assert who in seat.locator("td").nth(1).inner_text()
    walk.look()
