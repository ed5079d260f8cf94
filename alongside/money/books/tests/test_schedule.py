import pytest

from alongside.money.bank.rules.reading import BadLines
from alongside.money.books import actions as books
from alongside.money.books.rules.schedule import HEADINGS
from alongside.money.invoices.actions import payers
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]


def test_the_schedule_goes_out_comes_back_and_is_taken_whole_or_not_at_all() -> None:
    first, second = make.issued(2, issuer=Issuer.HOST, host_name="Elthorne Council")
    of, by = first.partnership, make.office(first.partnership)
    lines = books.export_schedule(partnership=of, by=by).splitlines()
    assert lines[0].split(",") == list(HEADINGS) and len(lines) == 3
    assert books.import_schedule(partnership=of, text="\n".join(lines), by=by) == books.ScheduleTaken(0, 0, 0), (
        "our own file is no news"
    )
    head = "reference,host_number,paid_so_far,paid_on\n"
    with pytest.raises(BadLines) as wrong:
        books.import_schedule(partnership=of, text=head + "ELP-0001,C-1,1500,2022-04-01\nELP-0002,C-2,9999,2022-04-01\n", by=by)
    assert [one.line for one in wrong.value.lines] == [3]
    assert not Payment.objects.exists() and not Invoice.objects.exclude(host_number="").exists()
    good = head + "ELP-0001,C-1,1500,2022-04-01\nELP-0002,C-2,,\n"
    taken, again = (books.import_schedule(partnership=of, text=good, by=by) for _ in range(2))
    assert (taken.numbers, taken.payments, taken.pence) == (2, 1, 150_000) and (again.numbers, again.payments) == (0, 0)
    assert Payment.objects.count() == 1 and Invoice.objects.get(pk=second.pk).host_number == "C-2"


def test_a_formula_in_a_payers_name_leaves_as_text() -> None:
    invoice = make.issued(1)[0]
    payers.readdress_invoice(invoice=invoice, name="=HYPERLINK(1)", address="", by=make.SYSTEM)
    assert "'=HYPERLINK(1)" in books.export_schedule(partnership=invoice.partnership, by=make.SYSTEM)
