"""R5: set up, preview, issue, open, pay."""

import re

from tests.browser import Walk


def test_the_office_issues_and_records_a_payment(walk: Walk) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Partnership finance officer")
    walk.press("See who would get one")
    page = walk.press(re.compile("^Issue "))
    before = page.locator("main").inner_text()
    assert "asked for" in before
    walk.press("ELP-0002")
    walk.press("Record a payment")
    walk.fill(amount="500", paid_on="1 4 2022")
    page = walk.press("Record")
    assert "£1,000.00" in page.locator("main").inner_text()
    page = walk.press("Fees", exact=True)
    assert "Part paid" in page.locator("main").inner_text()


def test_a_business_manager_sees_their_own_invoice_only(walk: Walk) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Partnership finance officer")
    walk.press("See who would get one")
    walk.press(re.compile("^Issue "))
    walk.bar("You are", "Business manager of Ickenden Primary")
    page = walk.go("/p/elthorne-learning-partnership/fees/")
    text = page.locator("main").inner_text()
    assert len(set(re.findall(r"ELP-\d{4}", text))) == 1
    walk.press(re.compile(r"^Open ELP-\d{4}"))
    assert walk.file(re.compile("PDF")).startswith(b"%PDF")
