"""R9: heads stand, one votes on a phone in two minutes, the office sees no vote, and the count stands with its proof."""

import re
import time

from tests.browser import Walk

ROOM = "/p/elthorne-learning-partnership/elections/"


def test_a_head_votes_on_a_phone_in_two_minutes(walk: Walk) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.page.set_viewport_size({"width": 390, "height": 844})
    walk.go(ROOM)
    page = walk.press(re.compile("Other primary head"))
    assert "The ballot is open until the end of Friday 1 April" in page.locator("main").inner_text()
    began = time.monotonic()
    page = walk.press("Vote: two minutes")
    assert "Nobody can see how a school voted" in page.locator("main").inner_text()
    for box in page.locator("main input[type=checkbox]").all()[1:3]:
        box.check()
    page = walk.press("Look at it once more")
    assert "Is this your vote?" in page.locator("main").inner_text()
    page = walk.press("Put it into the box")
    assert "is in the box. Thank you. There is nothing that you need to keep." in page.locator("main").inner_text()
    assert time.monotonic() - began < 120
    walk.page.set_viewport_size({"width": 1280, "height": 900})
    walk.bar("You are", "Partnership manager")
    walk.go(ROOM)
    walk.press(re.compile("Other primary head"))
    walk.press("The roll: who has voted")
    walk.go(ROOM)
    page = walk.press(re.compile("Other primary head"))
    assert "and were not reminded yet" in page.locator("main").inner_text()
    page = walk.press("Remind who has not voted")
    assert "whose school has not voted" in page.locator("main").inner_text()


def test_a_scrutineer_opens_the_box_that_the_manager_closed(walk: Walk) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Monday 4 April")
    walk.bar("You are", "Partnership manager")
    walk.go(ROOM)
    walk.press(re.compile("Other primary head"))
    page = walk.press("Draw the lots and close the box")
    for place, field in enumerate(page.locator("main input[type=number], main input[name^=lots_]").all()):
        field.fill(str(place + 1))
    page.locator("main select[name=seen_by]").select_option(index=1)
    page = walk.press("Close the box")
    assert "drawn in the order" in page.locator("main").inner_text()
    page = walk.press("Close the box")
    assert "scrutineers" in page.locator("main").inner_text()
    walk.bar("You are", "Head of Ickenden Primary")
    walk.go(ROOM)
    page = walk.press(re.compile("Other primary head"))
    mine, other = re.findall(r"(?:[a-z0-9]{6}-){5}[a-z0-9]{6}", page.locator("body").inner_text())[:2]
    page = walk.press("Open the box")
    assert "order of lots" in page.locator("main").inner_text()
    walk.fill(code=mine, second_code=other)
    page = walk.press("Open, count and declare")
    said = page.locator("main").inner_text()
    assert "Declared on Monday 4 April" in said and "to whoever holds a vote, and to whoever stood" in said


def test_the_count_and_its_proof_are_there_for_who_voted_to_do_again(walk: Walk) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Tuesday 5 July")
    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.go(ROOM)
    page = walk.press(re.compile("Other primary head"))
    assert "Declared on Monday 4 April" in page.locator("main").inner_text()
    page.locator("summary", has_text="How can this be proved?").click()
    with page.expect_download() as script:
        page.get_by_role("link", name="recount.py").click()
    assert "hashlib" in script.value.path().read_text(encoding="utf-8")
    page = walk.press("The count", exact=True)
    assert "The most marks are elected" in page.locator("main").inner_text()
    assert page.get_by_role("columnheader", name="Marks").count()
