"""The way about: doors, what stands behind them, one menu on a phone, pages found by name, the frame that stays."""

import pytest

from tests.browser import Walk

ELTHORNE = "/p/elthorne-learning-partnership/"


@pytest.mark.smoke
def test_a_manager_finds_every_place_behind_a_door_and_any_page_by_its_name(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(f"{ELTHORNE}overview/")
    top = walk.page.locator("header.al-header").bounding_box()
    heading = walk.page.locator("h1").bounding_box()
    assert top and heading and heading["y"] - top["y"] - top["height"] < 200, "the heading stands within 200 px of the header"
    walk.door("Schools and people")
    assert "of 97 schools signed" in walk.page.locator("main").inner_text()
    walk.press("Membership", exact=True)
    assert walk.page.locator(".al-nav [aria-current]").first.text_content() == "Schools and people"
    walk.door("Office")
    names = walk.page.locator(".al-places__link").all_inner_texts()
    assert names[0] == "Fees" and {"Bank", "Budget", "Papers", "School year", "Settings"} <= set(names)
    walk.press("School year", exact=True)
    page = walk.go("/search/?q=term+dates")
    assert page.locator(".al-nav a", has_text="Our year").count(), "search keeps the frame of the partnership"
    walk.press("Term dates, half-terms and INSET days")
    assert walk.page.url.endswith("/calendar/")


def test_a_head_finds_few_doors_and_no_place_of_the_office(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Head of Foxglove Bank Primary")
    page = walk.go(f"{ELTHORNE}office/")
    assert not {"Bank", "Budget", "Settings", "Messages sent"} & set(page.locator(".al-places__link").all_inner_texts())
    walk.go("/search/?q=bank")
    assert not walk.page.get_by_role("link", name="Bank statement").count()
