"""R3 and R37's export: one's own calendar, its private link, the search, and taking everything out."""

import io
from urllib.parse import urlsplit
from zipfile import ZipFile

from icalendar import Calendar

from tests.browser import Walk

OVERVIEW = "/p/elthorne-learning-partnership/overview/"


def test_a_trust_officer_finds_what_needs_them_and_puts_the_dates_into_their_own_calendar(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Trust officer")
    page = walk.go(OVERVIEW)
    words = page.locator("main").inner_text()
    assert "Needs you" in words and words.count("Sign for ") == 3
    assert "What comes next" in words and "Schools sign up by the end of this day" in words
    walk.press("The whole year")
    assert walk.headline() == "The year 2021/22"
    walk.press("Calendar", exact=True)
    assert walk.headline() == "March 2022"
    walk.press("As a month")
    assert "Schools sign up by the end of this day" in walk.page.locator("main").inner_text()
    walk.press("April")
    assert walk.headline() == "April 2022"
    walk.press("In your own calendar program")
    page = walk.press("Make my link")
    link = urlsplit(page.get_by_label("Your private calendar link").input_value()).path
    answer = walk.context.request.get(walk.base + link)
    names = [str(event["summary"]) for event in Calendar.from_ical(answer.body()).walk("VEVENT")]
    assert "Schools sign up by the end of this day" in names
    walk.press("Stop the link")
    assert walk.context.request.get(walk.base + link).status == 404
    assert walk.page.get_by_role("button", name="Make my link").count() == 1


def test_a_manager_searches(walk: Walk) -> None:
    walk.start_again()
    walk.press("Sit in the manager")
    walk.go("/search/")
    walk.page.locator("main input[name=q]").fill("foxglov bank")
    walk.page.locator("main form button").click()
    walk.look()
    walk.press("Foxglove Bank Primary", exact=True)
    assert walk.headline() == "Foxglove Bank Primary"


def test_a_person_sees_what_is_kept_of_them_and_takes_it_with_them(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Trust officer")
    walk.go("/me/settings/")
    page = walk.press("What is kept of you")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Take it all with me").click()
    archive = ZipFile(io.BytesIO(kept.value.path().read_bytes()))
    assert {"README.txt", "calendar.ics", "tables/people-person.csv", "exact/people-role.jsonl"} <= set(archive.namelist())
    assert archive.read("tables/people-role.csv").decode().count("trust_officer") == 3
