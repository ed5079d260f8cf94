"""R1: from a few words to a school's page and the map."""

import pytest

from tests.browser import Walk


@pytest.mark.smoke
def test_a_school_is_found_by_part_of_its_name_and_seen_on_the_map(walk: Walk) -> None:
    walk.go("/schools/")
    walk.fill(q="Foxglove Bank")
    walk.press("Find", exact=True) if walk.page.get_by_role("button", name="Find", exact=True).count() else walk.press("Search")
    page = walk.press("Foxglove Bank Primary")
    assert "Foxglove Bank Primary" in walk.headline()
    assert "Elthorne" in page.locator("main").inner_text()
    page = walk.go("/schools/map/")
    assert page.locator("main svg").count()
    assert page.locator("main table, main details").count(), "a picture stands beside its data"


def test_a_misspelt_name_still_finds_the_school(walk: Walk) -> None:
    page = walk.go("/schools/?q=Foxglov+Bnak")
    assert "Foxglove Bank" in page.locator("main").inner_text()


def test_words_that_no_school_has_say_so_kindly(walk: Walk) -> None:
    page = walk.go("/schools/?q=zzzzqqqq")
    assert "0" in page.locator("main").inner_text() or "no school" in page.locator("main").inner_text().lower()
