"""R1: from a few words to a school's page and the map. The schools are real ones of the national register."""

import pytest

from tests.browser import Walk


@pytest.mark.smoke
def test_a_school_is_found_by_part_of_its_name_and_seen_on_the_map(walk: Walk) -> None:
    walk.go("/schools/")
    walk.fill(q="Bishop Ramsey")
    walk.press("Search")
    page = walk.press("Bishop Ramsey")
    assert "Bishop Ramsey" in walk.headline()
    assert "Hillingdon" in page.locator("main").inner_text()
    walk.go("/schools/?la=312")
    page = walk.press("Show them on a map")
    assert page.locator("main svg").count()


def test_a_misspelt_name_still_finds_the_school(walk: Walk) -> None:
    page = walk.go("/schools/?q=Bishop+Ramsy")
    assert "Bishop Ramsey" in page.locator("main").inner_text()


def test_a_town_and_a_postcode_find_schools(walk: Walk) -> None:
    assert "Hillingdon" in walk.go("/schools/?q=Ruislip").locator("main").inner_text()
    assert "Ruislip" in walk.go("/schools/?q=HA4").locator("main").inner_text()


def test_words_that_no_school_has_say_so_kindly(walk: Walk) -> None:
    page = walk.go("/schools/?q=zzzzqqqq")
    assert "No school found" in page.locator("main").inner_text()
