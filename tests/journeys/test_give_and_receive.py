"""R37: what schools give each other is noted, seen by both sides, and taken back."""

import pytest

from tests.browser import Walk

PAGE = "/p/elthorne-learning-partnership/give-and-receive/"


@pytest.mark.smoke
def test_what_a_school_gave_is_noted_seen_by_both_and_taken_back(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    page = walk.go(PAGE)
    assert "nothing here is a score" in page.locator("main").inner_text()
    page = walk.press("Note what happened")
    options = page.locator("select[name=giver] option").all_inner_texts()
    giver, receiver = options[1], options[2]
    page.locator("select[name=giver]").select_option(label=giver)
    page.locator("select[name=receiver]").select_option(label=receiver)
    page.locator("select[name=kind]").select_option(label="Support for a school (days)")
    walk.fill(amount="0.3", on="7 3 2022", words="Guided reading in Year 2")
    page = walk.press("Note it")
    assert "in steps of 0.5" in page.locator("main").inner_text()
    walk.fill(amount="1.5")
    page = walk.press("Note it")
    assert "Both sides see it" in page.locator("main").inner_text()
    walk.look()
    page = walk.go(PAGE)
    row = page.locator("tr", has_text=giver).first.inner_text()
    assert "1½ days" in row
    page.get_by_role("link", name=receiver).first.click()
    walk.look()
    assert "Guided reading in Year 2" in walk.page.locator("main").inner_text()
    page = walk.press("Take back")
    assert "counts no more" in page.locator("main").inner_text()
    assert "1½ days" not in page.locator("main").inner_text()
