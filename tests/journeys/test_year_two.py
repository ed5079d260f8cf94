"""R6: the budget, the board's decision, year 2 at the lower fee, and credit notes where the board decides again later."""

import re

from tests.browser import Walk

ROOM = "/p/elthorne-learning-partnership/fees/"


def text(walk: Walk) -> str:
    """What the page says."""
    return walk.page.locator("main").inner_text()


def decide(walk: Walk, amount: str, reference: str, each: bool) -> None:
    """Fill in the board's decision, and press."""
    if each:
        walk.choose("So much for each school")
    walk.fill(amount=amount, body="Partnership board", decided_on="31 3 2022", reference=reference)
    walk.press("Write it down")


def test_year_2_is_opened_decided_issued_and_credited(walk: Walk) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Partnership manager")
    walk.go(ROOM + "year-2/")
    assert "No invoice for year 1 has gone out yet" in text(walk)
    walk.go(ROOM + "issue/")
    walk.press(re.compile("^Issue "))
    walk.go(ROOM + "year-2/")
    walk.press("Open year 2")
    assert "The board has not decided on the reduction yet" in text(walk)
    walk.press("See who would get an invoice")
    assert "No decision on the reduction is written down" in text(walk)
    walk.expected = ("409",)
    walk.press(re.compile("^Issue "))
    assert "Nothing was issued" in text(walk)
    walk.go(ROOM + "year-2/")
    walk.press("Write down the decision")
    decide(walk, "127.27", "", each=True)
    assert "Enter the reference of the minute" in text(walk)
    decide(walk, "127.27", "PB 22/11", each=True)
    assert "£1,372.73" in text(walk) and "Partnership board, 31 March 2022, PB 22/11" in text(walk)
    walk.press("See who would get one")
    assert "£1,372.73" in text(walk)
    walk.press(re.compile("^Issue "))
    assert "asked for the fee" in text(walk)
    walk.go(ROOM + "year-2/")
    walk.press("The board has decided anew")
    decide(walk, "200", "PB 22/12", each=True)
    walk.press(re.compile("^Credit "))
    assert "£72.73" in text(walk)
    walk.page.set_default_timeout(40_000)  # 85 credit notes, each typeset and sent while the page waits
    walk.press(re.compile(r"^Give \d+ credit notes"))
    assert "credit notes have gone out" in text(walk)
    walk.go("/p/elthorne-learning-partnership/authority/")
    assert "A later decision has taken its place" in text(walk)


def test_money_is_promised_spent_and_taken_back(walk: Walk) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Partnership finance officer")
    walk.go("/p/elthorne-learning-partnership/budget/")
    walk.press("Add the first heading")
    walk.fill(name="Networks", planned="1,000")
    walk.press("Add it")
    walk.press("A promise")
    walk.page.get_by_label("Heading").select_option(label="Networks")
    walk.fill(to="A speaker", words="A day for networks", amount="800", due_on="1 6 2023")
    walk.press("Write it down")
    walk.press("Something spent")
    walk.page.get_by_label("Heading").select_option(label="Networks")
    walk.fill(payee="A hall", amount="300", spent_on="1 4 2022")
    walk.press("Record it")
    assert "£100 more is promised and spent than planned" in text(walk)
    walk.press("All spending of year 1")
    walk.press(re.compile("^Take back"))
    walk.fill(why="The host pays for it")
    walk.press("Take it back")
    assert "is taken back" in text(walk) and "£100 more" not in text(walk)
    walk.go(ROOM + "liability/")
    assert walk.headline() == "Schools that closed, merged or left"
    walk.go(ROOM + "extra-charges/")
    assert walk.headline() == "No member is charged extra"
