"""R4: a school asks, is answered, thinks again; the office sees what stands in its way; the roll is what was signed."""

import pytest

from tests.browser import Walk

SCHOOL = "Foxglove Bank Primary"


@pytest.mark.smoke
def test_a_question_is_asked_answered_and_read(walk: Walk) -> None:
    walk.start_again()
    walk.press("Open the invitation")
    walk.press("We have a question")
    walk.fill(name="A. Head", question="Does the fee cover supply teachers for the visits?")
    walk.choose("Headteacher")
    page = walk.press("Send the question")
    assert "Your question is with the office" in page.locator("main").inner_text()
    walk.bar("You are", "Partnership manager")
    walk.go("/p/elthorne-learning-partnership/membership/questions/")
    walk.page.locator("main a", has_text="Does the fee cover supply").first.click()
    walk.look()
    walk.fill(reply="Yes: visits come with cover, paid from the fee.")
    walk.page.locator("main form button").first.click()
    walk.look()
    walk.bar("You are", f"Head of {SCHOOL}")
    page = walk.go("/p/elthorne-learning-partnership/membership/answer/900026/")
    assert "paid from the fee" in page.locator("main").inner_text()


def test_a_school_says_not_this_time_and_opens_it_again(walk: Walk) -> None:
    walk.start_again()
    walk.press("Open the invitation")
    walk.press("Not this time")
    walk.fill(name="A. Head", reason="We are joining a trust this year.")
    walk.choose("Headteacher")
    page = walk.press("Send this answer")
    assert "thank you for telling us" in page.locator("main").inner_text()
    page = walk.press("Open it again")
    assert walk.page.get_by_role("link", name="Sign now").count()


def test_yes_subject_to_governors_wants_a_date_to_come(walk: Walk) -> None:
    walk.start_again()
    walk.press("Open the invitation")
    walk.press("Yes, subject to our governors")
    walk.fill(name="A. Head", subject_on="1 3 2022")
    walk.choose("Headteacher")
    walk.choose("Our governors")
    page = walk.press("Send this answer")
    assert "this one is past" in page.locator("main").inner_text()
    walk.fill(subject_on="16 3 2022")
    page = walk.press("Send this answer")
    assert "Wednesday 16 March" in page.locator("main").inner_text()


def test_a_trust_officer_signs_for_three_academies_at_once(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Trust officer")
    walk.press("Sign now")
    assert walk.page.locator("input[name=schools]:checked").count() == 3
    walk.fill(name="A. Officer", post="Trust officer", authority_on="7 3 2022")
    walk.choose("Our trust has decided it")
    walk.choose("I have read the agreement")
    page = walk.press("Sign the agreement")
    assert "signed" in page.locator("main").inner_text().lower()
    page = walk.go("/")
    assert "64 of 97 schools have signed" in page.locator("main").inner_text()
