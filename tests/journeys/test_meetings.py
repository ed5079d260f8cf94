"""R11: the clerk plans, sends, takes the minutes; actions and a decision go on; the next meeting carries over; on a phone."""

import re

import pytest

from tests.browser import Walk

ROOM = "/p/elthorne-learning-partnership/meetings/"


def said(walk: Walk) -> str:
    """What the page says."""
    return walk.page.locator("main").inner_text()


def test_from_planning_to_the_next_meeting_which_carries_over(walk: Walk) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.door("Deciding")
    walk.press("Meetings", exact=True)
    walk.press("Plan a meeting")
    walk.page.get_by_label("Partnership board").check()
    walk.fill(on="28 3 2022", begins="5pm", place="Civic Centre")
    walk.press("Plan it")
    assert "Partnership board meets on Monday 28 March 2022" in said(walk)
    walk.press("Add an item")
    walk.fill(title="The advert for the chair", minutes="20")
    walk.page.get_by_label("For decision").check()
    walk.press("Add it")
    walk.look()
    walk.press("Send the agenda")
    walk.press("Send it")
    assert "hear of it by mail" in said(walk)
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Partnership manager")
    walk.go(ROOM)
    walk.press(re.compile("Partnership board, Monday 28 March 2022"))
    walk.press("Who was here")
    walk.press("Everybody is here")
    assert re.search(r"quorum 3; quorate", said(walk))
    walk.look()
    walk.press("The minutes", exact=True)
    walk.page.get_by_role("link", name=re.compile("Write down a decision on The advert")).click()
    walk.fill(words="The advert goes out on 1 April.", for_it="4", against="1")
    walk.press("Write it down")
    assert "/1: decided. 4 for, 1 against." in said(walk)
    walk.page.get_by_role("link", name=re.compile("An action from The advert")).click()
    walk.fill(words="Send the advert round", due_on="1 4 2022")
    walk.page.locator("select[name=who]").select_option(index=1)
    walk.press("Write it down")
    walk.look()
    walk.press("The meeting is over")
    assert "Its actions go out tomorrow" in said(walk)
    walk.press("Send the draft minutes")
    walk.page.get_by_label("The chair has seen them").check()
    walk.press("Send them")
    assert "Nothing is written of" in said(walk)
    walk.press("Yes, send them")
    walk.go(ROOM)
    walk.press("Plan a meeting")
    walk.page.get_by_label("Partnership board").check()
    walk.fill(on="25 4 2022", begins="5pm")
    walk.press("Plan it")
    assert "Actions from earlier meetings" in said(walk) and "Send the advert round" in said(walk)


@pytest.mark.smoke
def test_the_first_meeting_of_the_board_and_what_came_of_it(walk: Walk) -> None:
    """Before it a member reads the papers; after it there are minutes, decisions, and what schools did."""
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(ROOM)
    walk.press(re.compile("Partnership board, Monday 21 March 2022"))
    assert "How the independent chair is found" in said(walk) and "Agenda sent" in said(walk)
    walk.look()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Partnership manager")
    walk.go(ROOM)
    walk.press(re.compile("Partnership board, Monday 21 March 2022"))
    walk.press("The minutes", exact=True)
    assert "5 of 5 filled seats of 10 are here; quorum 3; quorate" in said(walk) and "acting chair" in said(walk)
    walk.look()
    walk.go(f"{ROOM}decisions/")
    walk.press(re.compile("Each member school names who leads"))
    assert re.search(r"of \d+ schools have done it", said(walk))
    walk.look()
