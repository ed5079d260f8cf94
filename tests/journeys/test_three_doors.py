"""The first five minutes: a newcomer goes through each of the three doors."""

import re

import pytest

from tests.browser import Walk


def signed_in_headline(walk: Walk) -> int:
    """How many have signed, as the front page says it."""
    found = re.search(r"(\d+) of 97 schools have signed", walk.page.locator("main").inner_text())
    assert found, walk.headline()
    return int(found[1])


@pytest.mark.smoke
def test_a_head_signs_in_a_minute_and_the_number_becomes_62(walk: Walk) -> None:
    walk.start_again()
    assert "8 March 2022" in walk.page.content()
    assert signed_in_headline(walk) == 61
    walk.press("Open the invitation")
    assert "Foxglove Bank Primary" in walk.headline()
    walk.press("Read the prospectus")
    walk.page.go_back()
    walk.look()
    walk.press("Sign now")
    walk.fill(name="A. Head", authority_on="8 3 2022")
    walk.choose("Headteacher")
    walk.choose("It is within my limit as head")
    walk.choose("I have read the agreement")
    page = walk.press("Sign the agreement")
    assert "Thank you. Foxglove Bank Primary has signed." in page.content()
    walk.go("/")
    assert signed_in_headline(walk) == 62


def test_a_form_sent_empty_says_what_to_do_in_each_field(walk: Walk) -> None:
    walk.start_again()
    walk.press("Open the invitation")
    walk.press("Sign now")
    walk.fill(name="")
    page = walk.press("Sign the agreement")
    assert page.get_by_role("heading", name="There is a problem").is_visible()
    assert page.locator(".govuk-error-message").count() >= 3


@pytest.mark.smoke
def test_the_manager_chases_freezes_the_roll_and_sends_aprils_invoices(walk: Walk) -> None:
    walk.start_again()
    walk.press("Sit in the manager")
    assert walk.headline() == "What stands in each school’s way"
    walk.press(re.compile("^Write to"))
    walk.press("Show me the e-mail")
    page = walk.press("Send to")
    assert not page.locator(".govuk-error-summary").count()
    walk.bar("Today is", "Move to Monday 21 March")
    page = walk.press("Roll")
    assert "frozen" in page.locator("main").inner_text().lower()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.door("Office")
    walk.press("Fees", exact=True)
    walk.press("See who would get one")
    assert walk.file("Look at one as a draft").startswith(b"%PDF")
    page = walk.press(re.compile("^Issue "))
    assert "Who owes what" in page.content()
    page = walk.press("ELP-0001")
    assert "£1,500.00" in page.locator("main").inner_text()
    assert walk.file(re.compile("PDF")).startswith(b"%PDF")


@pytest.mark.smoke
def test_somebody_makes_a_partnership_of_their_own_real_schools(walk: Walk) -> None:
    walk.go("/")
    walk.press("Find your schools")
    walk.fill(words="Hillingdon")
    page = walk.press("Find the schools")
    walk.fill(manager_name="Ann Okoro")
    page = walk.press("Start the partnership")
    assert (
        "no reply yet" in page.locator("main").inner_text().lower() or "prospectus" in page.locator("main").inner_text().lower()
    )
