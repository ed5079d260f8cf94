"""R20 and the mail door: the bulletin from sending in to done, and mail that comes in with what became of it."""

import pytest

from tests.browser import Walk
from tests.journeys.test_safe_accounts import sign_in_by_code, sign_out

ROOM = "/p/elthorne-learning-partnership/"


@pytest.mark.smoke
def test_what_is_sent_in_goes_in_the_bulletin_and_a_school_does_what_is_asked(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.door("Schools and people")
    page = walk.press("Bulletin", exact=True)
    assert "Thursday 10 March" in page.locator("main").inner_text()
    walk.press("Send something in")
    walk.fill(title="Who leads on attendance?", words="Please tell us who leads on attendance.", minutes="5", by_on="31 3 2022")
    page = walk.press("Send it in")
    assert "Tick this if schools are asked to do something" in page.locator("main").inner_text()
    page.locator("[name=is_request]").check()
    page = walk.press("Send it in")
    assert "By 31 March 2022; about 5 minutes" in page.locator("main").inner_text()
    walk.bar("Today is", "Move to Monday 21 March")
    walk.bar("You are", "Business manager of Ickenden Primary")
    page = walk.go(f"{ROOM}bulletin/")
    assert "Wanted of your school" in page.locator("main").inner_text()
    walk.look()
    page = walk.press("Done")
    assert "has done it" in page.locator("main").inner_text()
    page = walk.press("Undo")
    assert "has still to do it" in page.locator("main").inner_text()


def test_mail_that_came_in_stands_with_what_became_of_it(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.door("Office")
    page = walk.press("Mail that came in")
    rows = page.locator("main").inner_text()
    assert "Taken to where it belongs" in rows and "For the office" in rows
    page = walk.press("Prospectus on paper")
    assert "reads nothing on a screen" in page.locator("main").inner_text()
    page = walk.press("Dealt with")
    assert "this mail is dealt with" in page.locator("main").inner_text()
    page = walk.go(f"{ROOM}membership/questions/")
    assert "still bound for the second year" in page.locator("main").inner_text()
    walk.go(f"{ROOM}mail/forwarding/")
    assert "Redirect to" in walk.page.locator("main").inner_text()


def test_a_head_accepts_a_date_from_the_mail_and_finds_it_on_their_page(walk: Walk) -> None:
    """The head opens nothing: their mail program answers. Only then do they come, to look."""
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(f"{ROOM}notices/?kind=diary.invitation&q=drayford")
    page = walk.press("Drayford High decides whether to sign")
    assert "Accept or decline it in your mail program" in page.locator("main").inner_text()
    walk.mail_program("tests.journeys.accepting", page.url.rstrip("/").rpartition("/")[2])
    sign_out(walk)
    sign_in_by_code(walk, "head@drayford-high.elthorne.example")
    page = walk.go("/me/diary/")
    said = page.locator("main").inner_text()
    assert "Your diary" in said and "You accepted" in said
    walk.look()
    page = walk.go("/me/calendar/?month=2022-03")
    assert "You accepted" in page.locator("main").inner_text()
    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.go("/me/diary/")
    page.get_by_label("Through my calendar link only").check()
    page = walk.press("Save")
    assert "Your choice is saved" in page.locator("body").inner_text()


def test_a_colleague_is_asked_answers_and_is_thanked(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.door("Learning together")
    walk.press("Ask the others", exact=True)
    walk.press("Go to Business managers")
    walk.press("Ask Business managers")
    walk.fill(words="Who insures the minibus, and with whom?")
    page = walk.press("Ask", exact=True)
    assert "hear of it in their week’s mail" in page.locator("main").inner_text()
    walk.look()
    asked = page.url[page.url.index("/p/") :]
    walk.bar("You are", "Partnership manager")
    walk.go(asked)
    walk.press("Answer", exact=True)
    walk.fill(words="The borough’s framework, since last year.")
    page = walk.press("Answer", exact=True)
    assert "1 answer" in page.locator("main").inner_text()
    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.go(asked)
    page = walk.press("Thank you", exact=True)
    assert "Thank you said to" in page.locator("main").inner_text()


def test_a_head_lets_a_colleague_act_who_keeps_the_dates_and_signs_nothing(walk: Walk) -> None:
    """From the mail that tells them to the head's date answered; and the head ends it in one press."""
    walk.start_again()
    walk.bar("You are", "Business manager of Ickenden Primary")
    page = walk.go("/me/acting/")
    assert "You act for" in page.locator("main").inner_text()
    walk.look()
    page = walk.go("/me/diary/")
    theirs = page.locator("main").inner_text()
    assert "’s diary" in theirs
    walk.look()
    page = walk.go("/me/acting/")
    page = walk.press("End it now")
    assert "any more" in page.locator("main").inner_text()
    assert "You act for" not in walk.go("/me/acting/").locator("main").inner_text()
