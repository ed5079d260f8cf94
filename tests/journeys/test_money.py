"""R5 in full: a bank statement read and looked at, a credit note, a statement, aged debt, reminders, files for the books."""

import csv
import io
import re

from beancount import loader

from tests.browser import Walk

FEES = "/p/elthorne-learning-partnership/fees/"


def asked(walk: Walk) -> None:
    """The finance officer on 1 April, when the invoices have gone out."""
    walk.start_again()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Partnership finance officer")
    walk.press("See who would get one")
    walk.press(re.compile("^Issue "))


def main(walk: Walk) -> str:
    """The words of the page."""
    return walk.page.locator("main").inner_text()


def owed(walk: Walk) -> list[list[str]]:
    """The aged debt as a file."""
    walk.go("/p/elthorne-learning-partnership/invoices/aged-debt/")
    return list(csv.reader(io.StringIO(walk.file("CSV").decode("utf-8-sig"))))


def test_a_bank_statement_is_read_looked_at_and_booked(walk: Walk) -> None:
    asked(walk)
    name = owed(walk)[1][1]
    walk.go("/p/elthorne-learning-partnership/bank/")
    walk.press("Read a statement")
    lines = [
        '31/03/2022,BACS ELP-0002 MEMBERSHIP,"1,500.00"',
        f"31/03/2022,{name.upper()} FEE,1500.00",
        "01/04/2022,BANK CHARGES,-4.50",
        "01/04/2022,UNKNOWN PAYER,99.00",
    ]
    given = {"name": "april.csv", "mimeType": "text/csv", "buffer": "\n".join(["Date,Narrative,Amount", *lines]).encode()}
    walk.page.locator("input[type=file]").set_input_files([given])
    walk.press("Read it")
    assert "4 new lines" in main(walk) and "ELP-0002" in main(walk)
    for box in walk.page.locator("input[name=book]").all():
        box.check()
    walk.press("Book the ticked lines")
    assert re.search(r"[12] lines? (is|are) booked", main(walk))
    walk.press("BANK CHARGES")
    walk.page.select_option("select[name=kind]", "charges")
    walk.press("Put it aside")
    walk.go("/p/elthorne-learning-partnership/invoices/ELP-0002/")
    assert "Paid in full" in main(walk)


def test_a_bad_statement_is_named_line_by_line(walk: Walk) -> None:
    asked(walk)
    walk.go("/p/elthorne-learning-partnership/bank/read/")
    given = {"name": "bad.csv", "mimeType": "text/csv", "buffer": b"Date,Narrative,Amount\n31/02/2022,ELP-0002,1500\n"}
    walk.page.locator("input[type=file]").set_input_files([given])
    walk.press("Read it")
    assert "Nothing was read" in main(walk) and "is not a day" in main(walk)


def test_a_credit_note_frees_what_was_paid_and_the_statement_says_so(walk: Walk) -> None:
    asked(walk)
    walk.go("/p/elthorne-learning-partnership/invoices/ELP-0003/")
    walk.press("Record a payment")
    walk.fill(amount="1500", paid_on="1 4 2022")
    walk.press("Record it")
    walk.press("Issue a credit note")
    walk.fill(amount="200", reason="Agreed by the board")
    walk.press("See it first")
    assert "Nothing has gone out yet" in main(walk) and "£200.00, held for the school" in main(walk)
    walk.press("Issue the credit note")
    assert "ELP-C-0001" in main(walk)
    assert walk.file(re.compile("ELP-C-0001")).startswith(b"%PDF")
    walk.press("The school’s statement")
    assert "£200.00 is held" in main(walk)
    assert walk.file("Statement as a PDF").startswith(b"%PDF")
    walk.press("Pay it back")
    walk.fill(amount="200", reference="FP 1")
    walk.press("Record it")
    assert "Nothing is owed" in main(walk) and "Paid back" in main(walk)


def test_money_is_aged_exported_and_reminded_of(walk: Walk) -> None:
    asked(walk)
    rows = owed(walk)
    assert rows[0][:2] == ["URN", "School"] and len(rows) > 50
    walk.door("Office")
    walk.press("Fees", exact=True)
    walk.press("For your books: Xero, Sage, double entry")
    text = walk.file("Download for Beancount").decode()
    entries, errors, _ = loader.load_string(text)
    assert entries and not errors
    walk.door("Office")
    walk.press("Fees", exact=True)
    walk.press("Reminders")
    assert "no invoice is past its day" in main(walk)
    walk.press("Change the days")
    walk.fill(first_reminder="5")
    walk.press("Save")
    assert "5 days after the due date" in main(walk)
    walk.go("/p/elthorne-learning-partnership/books/vat/")
    assert "No line is waiting for finance" in main(walk) and "Codes of all lines" in main(walk)


def test_a_school_sees_its_own_statement(walk: Walk) -> None:
    asked(walk)
    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.go(FEES)
    walk.press(re.compile("^Statement"))
    assert "£1,500.00" in main(walk) and "Pay it back" not in main(walk)
