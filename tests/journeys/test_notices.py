"""R2 and issue 3: what is sent, what a person chooses, what a person reads."""

import re

from tests.browser import Walk


def test_a_head_chooses_a_digest_and_the_office_reads_what_was_sent(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    page = walk.go("/me/notices/")
    assert "Your messages" in walk.headline()
    walk.press("Choose what comes at once and what waits")
    walk.page.get_by_label("Thursday").check()
    walk.page.get_by_label("Together at seven on school days", exact=True).check()
    page = walk.press("Save")
    assert "the week’s mail comes on Thursdays" in page.locator("main").inner_text()
    page = walk.go("/me/week/")
    assert "It comes on Thursdays at seven" in page.locator("main").inner_text()
    page = walk.go("/p/elthorne-learning-partnership/notices/")
    walk.page.get_by_label("State").select_option("sent")
    walk.page.get_by_label("Kind").select_option("Thank you for signing")  # 40 digests of today may fill the first page
    if walk.screen.scripts:
        walk.page.wait_for_url("**kind=membership.signed**state=sent**")
    else:
        walk.press("Show")
    assert "Written" in walk.page.locator("main table").inner_text()
    page = walk.press(re.compile("thank you for signing")).locator("main")
    assert "How it stands" in page.inner_text()


def test_work_under_way_is_found_again(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go("/me/progress/")
    assert "Work under way" in walk.headline()
