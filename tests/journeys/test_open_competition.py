"""R10: the office advertises the chair, two apply signed out, the panel scores blind, one knows somebody; letters; the seat."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser import Walk

HOME = "/p/elthorne-learning-partnership/"
MANAGER = ("You are", "Partnership manager")


def text(page: Page) -> str:
    """What the page says."""
    return page.locator("main").inner_text()


def apply(walk: Walk, name: str) -> None:
    """Somebody finds the advert on the public page, and applies by the link of the mail."""
    walk.go(HOME)
    walk.press("Vacancies: apply for a seat")
    walk.press("Read about independent chair")
    walk.press("Apply now")
    walk.fill(email=f"{name.split()[0].lower()}@post.elthorne.example")
    walk.press("Send me the link")
    walk.press("Open the link, as this is a demonstration")
    page = walk.press("Write", exact=True)
    said = {"answers_0": "I chaired a hospital’s board.", "answers_1": "Six years a governor.", "referees": "A. Smith; B. Jones"}
    walk.fill(name=name, interests="None", **said)
    for at in range(3):
        page.locator(f"input[name=independence_{at}][value=no]").check()
    assert "Saved, and not sent in yet." in text(walk.press("Save"))
    assert "You can change or withdraw it until the end of Friday 18 March" in text(walk.press("Send it in"))


def on_the_panel(walk: Walk, number: int) -> None:
    """Become the one of the panel to whom the nth message went."""
    walk.bar(*MANAGER)
    page = walk.go(f"{HOME}notices/?kind=recruitment.panel")
    page.get_by_role("link", name="You are on the panel").nth(number).click()
    walk.look()
    walk.press(re.compile("^Open it as"))


def score(walk: Walk, name: str, points: str) -> str:
    """One of the panel scores an applicant."""
    walk.press(name)
    walk.press("Score", exact=True)
    walk.fill(points_0=points, words_0="An example of each", points_1="3", words_1="Knows schools")
    return text(walk.press("Hand in my score"))


def outcomes(walk: Walk, button: str, of: dict[str, str], reason: str = "") -> None:
    """Each applicant comes out so; the letters are read and sent."""
    page = walk.press(button)
    for name, outcome in of.items():
        page.get_by_role("group", name=name).get_by_label(outcome, exact=True).check()
    if reason:
        walk.fill(reason=reason)
    if page.locator("[name=unscored]").count():
        walk.fill(unscored="Nobody but one of the panel could score them.")
    walk.press("Save")
    page = walk.press("Read the letters and send them")
    assert all(f"Dear {name}," in text(page) for name in of)
    assert "2 letters" in text(walk.press("Send 2 letters"))


def test_the_chair_is_found_by_open_competition(walk: Walk) -> None:
    walk.start_again()
    walk.bar(*MANAGER)
    walk.door("Deciding")
    walk.press("Open competition")
    page = walk.press("Write an advert")
    page.locator("select[name=seat]").select_option(label="Independent chair, Partnership board")
    walk.fill(
        title="Independent chair",
        advert="Six meetings a year.",
        essential="Chairs well (6)\nKnows schools",
        contact="a@b.example",
    )
    walk.fill(
        opens_on="8 3 2022", closes_on="18 3 2022", shortlist_on="22 3 2022", interviews_on="23 3 2022", in_place_by="30 3 2022"
    )
    page = walk.press("Keep it")
    for name in ("Ada Wells", "Lee Quarry"):
        walk.press("Add to the panel")
        walk.fill(name=name, email=f"{name.split()[0].lower()}@council.elthorne.example")
        walk.press("Add them")
    assert "Six meetings a year." in text(walk.page)
    page = walk.press("Publish the advert")
    assert "Still missing" not in text(page) and "Six meetings a year." in text(page)
    assert "Published: applications are taken until the end of 18 March 2022" in text(walk.press("Yes, publish it"))
    walk.bar("You are", "A visitor")
    for name in ("Nia Bright", "Sam Okafor"):
        apply(walk, name)
    walk.bar("Today is", "Move to Monday 21 March")

    on_the_panel(walk, 0)  # Lee, the newest
    assert "Nia Bright" not in text(walk.page)
    walk.press("Declare whom you know")
    walk.choose("Nia Bright")
    walk.fill(words="She taught my son")
    page = walk.press("Declare", exact=True)
    assert "You have a tie: not for you" in text(page) and not page.get_by_role("link", name="Nia Bright").count()
    assert "1 person has still to score" in score(walk, "Sam Okafor", "6")
    on_the_panel(walk, 1)
    walk.press("Declare whom you know")
    walk.press("Declare", exact=True)
    page = walk.press("Sam Okafor")
    assert "An example of each" not in page.content()  # blind until one's own is in
    walk.press("Independent chair", exact=True)
    assert "All scores are in" in score(walk, "Sam Okafor", "4")
    walk.press("Enter what you agree on")
    walk.fill(points_0="5")
    walk.press("Save")

    walk.bar(*MANAGER)
    walk.door("Deciding")
    walk.press("Open competition")
    page = walk.press("Independent chair", exact=True)
    assert "Agreed: 8 points. 2 of 2 have scored" in text(page) and "Only 1 person of the panel may score" in text(page)
    outcomes(walk, "Make the shortlist", {"Nia Bright": "On the shortlist", "Sam Okafor": "On the shortlist"})
    walk.press("Offer times for interviews")
    walk.fill(on="23 3 2022", hours="10:00, 11:00", place="Civic centre")
    walk.press("Offer them")
    page = walk.press("Sam Okafor")
    page.locator("summary", has_text="we would like to meet you").click()
    link = page.locator(".al-mail__body a[href*='/application/']").first.get_attribute("href") or ""
    walk.go(urlsplit(link).path)
    page = walk.press(re.compile("^Wednesday 23 March 2022, 10am"))
    assert "Chosen." in text(page)

    walk.bar(*MANAGER)
    walk.door("Deciding")
    walk.press("Open competition")
    page = walk.press("Independent chair", exact=True)
    assert "Interview Wednesday 23 March 2022, 10am" in text(page)
    outcomes(
        walk, "Enter the decision", {"Nia Bright": "Not appointed", "Sam Okafor": "Appointed"}, "Sam brought a board to a plan."
    )
    walk.press("Seat Sam Okafor")
    walk.fill(from_on="22 3 2022", rests_on="Panel of 21 March 2022")
    walk.press("Save")
    walk.press("See Partnership board")
    walk.fill(on="2022-03-22")
    page = walk.press("Show it")
    assert "Sam Okafor" in page.get_by_role("row").filter(has_text="Independent chair").inner_text()
