"""Between the doors: somebody else, another day, one's own schools and back."""

import pytest

from tests.browser import Walk


def test_the_bar_makes_the_visitor_somebody_else(walk: Walk) -> None:
    walk.start_again()
    for person, place in (
        ("Business manager of Ickenden Primary", "fee"),
        ("Partnership finance officer", "Fees"),
        ("Trust officer of three academies", "Windrush Quay Primary"),
        ("Head of Foxglove Bank Primary", "Foxglove Bank Primary"),
    ):
        walk.page.goto(walk.base + "/")
        walk.bar("You are", person)
        assert place in walk.headline(), person
    walk.page.goto(walk.base + "/")
    walk.bar("You are", "A visitor")
    assert walk.page.locator(".al-demo", has_text="You are a visitor").count()


def test_after_the_answer_the_manager_sees_the_school_has_turned_green(walk: Walk) -> None:
    walk.start_again()
    walk.press("Open the invitation")
    walk.press("Sign now")
    walk.fill(authority_on="8 3 2022")
    walk.choose("Headteacher")
    walk.choose("It is within my limit as head")
    walk.choose("I have read the agreement")
    walk.press("Sign the agreement")
    walk.press("Sit in the manager’s chair")
    page = walk.press("Signed 62")
    row = page.locator("tr", has_text="Foxglove Bank Primary")
    assert "Signed" in row.inner_text()
    assert page.get_by_role("link", name="Waiting for you 6").count()


def test_a_day_goes_on_and_back_and_what_was_done_in_it_is_forgotten(walk: Walk) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Monday 21 March")
    assert walk.headline().startswith("84 of 97 schools have signed")
    walk.bar("Today is", "Move to Friday 1 April")
    assert walk.headline().startswith("85 of 97 schools have signed")
    walk.bar("Today is", "Back to Tuesday 8 March")
    assert walk.headline() == "61 of 97 schools have signed. Ten days left."


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("UB8 1UW", "open state schools within 3 kilometres of UB8 1UW"),
        ("Vanguard Learning Trust", "academies of Vanguard Learning Trust"),
        ("Oak Farm Primary School, Ryefield Primary School\nVyners School", "3 schools found"),
    ],
)
def test_schools_are_found_by_postcode_trust_and_names(walk: Walk, typed: str, title: str) -> None:
    walk.go("/demo/your-schools/")
    walk.fill(words=typed)
    page = walk.press("Find the schools")
    assert page.get_by_role("heading", name=title).is_visible()


def test_what_is_not_clear_is_asked_back(walk: Walk) -> None:
    walk.go("/demo/your-schools/")
    walk.fill(words="Cheshire")
    page = walk.press("Find the schools")
    assert page.get_by_role("heading", name="Which do you mean?").is_visible()
    page = walk.press("Cheshire East")
    assert page.get_by_role("heading", name="in Cheshire East").is_visible()
    walk.fill(words="Xyzzyx, Qqwwqq")
    page = walk.press("Find again")
    assert "None of these names is in the register" in page.locator("main").inner_text()


def test_ones_own_schools_live_today_and_the_way_leads_there_and_back(walk: Walk) -> None:
    walk.go("/demo/your-schools/?words=Rutland")
    walk.fill(name="Rutland and friends", manager_name="Ann Okoro")
    page = walk.press("Start the partnership")
    bar = page.locator(".al-demo").inner_text()
    assert "Real schools" in bar and "2022" not in bar
    walk.press("Back to Elthorne")
    assert "2022" in walk.page.locator(".al-demo").inner_text()
    walk.bar("You are", "The manager of your own schools")
    assert walk.page.url.endswith("/p/rutland-and-friends/overview/")
