"""The bank's statement: read whatever its shape, proposed, looked at, booked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, strategies as st

from alongside.ground.core import clock, keys
from alongside.ground.core.days import read_day
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.needs import NeedRow, joined
from alongside.members.authority import actions as authority
from alongside.members.authority.rules import DecisionKind
from alongside.money.bank import actions as bank
from alongside.money.bank.models import BankFile, BankLine, Booking
from alongside.money.bank.queries import became_of, needs, proposals, refunds_open
from alongside.money.bank.rules import reading
from alongside.money.bank.rules.amounts import read_amount
from alongside.money.bank.rules.headings import columns_of
from alongside.money.bank.rules.reading import BadLines, LineState, read_statement
from alongside.money.invoices.actions import corrections, held
from alongside.money.invoices.models.corrections import Account, HeldMoney
from alongside.money.invoices.models.invoices import Invoice, Payment
from alongside.money.invoices.queries.invoices import open_invoices
from alongside.money.invoices.tests import make

TODAY = date(2022, 5, 3)

# Several banks' shapes, each saying the same three things


SHAPES = {
    "amount": 'Date,Type,Description,Amount,Balance\n03/05/2022,BGC,ELP-0001 ELM GROVE,"1,500.00","9,000.00"\n'
    "02/05/2022,DD,BANK CHARGES,-4.50,7500.00\n02/05/2022,BGC,REF 77,£20.00,7504.50\n",
    "in and out": "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,"
    "Debit Amount,Credit Amount,Balance\n"
    "03/05/2022,FPI,'00-00-00,000,ELP-0001 ELM GROVE,,1500.00,9000\n02/05/2022,DD,'00-00-00,000,BANK CHARGES,4.50,,1\n"
    "02/05/2022,FPI,'00-00-00,000,REF 77,,20.00,1\n",
    "paid in and paid out, words above": '"Account Name:","Elthorne"\n"Balance:","£9000.00"\n\n'
    '"Date","Transaction type","Description","Paid out","Paid in","Balance"\n'
    '"03 May 2022","Bank credit","ELP-0001 ELM GROVE","","£1,500.00","£9,000.00"\n'
    '"02 May 2022","Direct debit","BANK CHARGES","£4.50","","£7,500.00"\n"02 May 2022","Bank credit","REF 77","","£20.00",""\n',
    "semicolons, year first": "Booking Date;Payee;Reference;Value\n2022-05-03;ELM GROVE;ELP-0001;1500.00\n"
    "2022-05-02;BANK CHARGES;;(4.50)\n2022-05-02;REF 77;;20.00 CR\n",
    "tabs, money in and out": "Date\tNarrative\tMoney In\tMoney Out\n3-May-22\tELP-0001 ELM GROVE\t1,500.00\t\n"
    "2-May-22\tBANK CHARGES\t\t-4.50\n2-May-22\tREF 77\t20.00\t\n",
    "several narratives, a time": "Date,Narrative #1,Narrative #2,Debit,Credit\n03/05/2022 09:15,ELP-0001,ELM GROVE,,1500.00\n"
    "02/05/2022 10:00,BANK,CHARGES,4.50,0.00\n02/05/2022 10:00,REF,77,0.00,20\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_columns_are_found_by_their_headings(shape: str) -> None:
    entries, bad, _ = read_statement(SHAPES[shape], TODAY)
    assert not bad
    assert [(one.on, one.amount) for one in entries] == [
        (date(2022, 5, 3), 150_000),
        (date(2022, 5, 2), -450),
        (date(2022, 5, 2), 2_000),
    ]
    assert "ELP-0001" in entries[0].words and "ELM GROVE" in entries[0].words


@pytest.mark.django_db
@pytest.mark.parametrize("other", [["03/05/2022,ELP-0002,20"], ["03/05/2022,ELP-0001,21"], ["02/05/2022,here before,7"]])
def test_a_page_that_read_one_statement_reads_no_other(other: list[str]) -> None:
    invoice, key = make.issued(1)[0], keys.new_key()
    read(invoice, "02/05/2022,here before,7")
    first = read(invoice, "03/05/2022,ELP-0001,20", key=key)
    assert read(invoice, "03/05/2022,ELP-0001,20", key=key) == first and first.lines_new == 1
    with pytest.raises(Conflict, match="Another statement was read with this page"):
        read(invoice, *other, key=key)
    assert BankLine.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("31/02/2022,x,5", "is not a day"),
        ("05/13/2022,x,5", "is not a day"),
        ("04/05/2022,x,5", "dated in the future"),
        ("03/05/1999,x,5", "before the year 2000"),
        (",x,5", "an amount and no date"),
        ("03/05/2022,x,lots", "is not an amount"),
        ("03/05/2022,x,(5", "is not an amount"),
        ("03/05/2022,x,1.234", "is not an amount"),
        ('03/05/2022,x,"1,50"', "is not an amount"),
    ],
)
def test_one_bad_line_stops_the_file_and_is_named(line: str, why: str) -> None:
    entries, bad, _ = read_statement(f"Date,Description,Amount\n03/05/2022,y,5\n{line}\n", TODAY)
    assert not entries and [one.line for one in bad] == [3] and why in bad[0].why


def test_a_statement_has_at_most_so_many_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Date,Description,Amount\n" + "03/05/2022,y,5\n" * 3
    for most, why in ((3, []), (2, ["A statement of at most 2 lines can be read at once"])):
        monkeypatch.setattr(reading, "MOST_LINES", most)
        assert [one.why for one in read_statement(text, TODAY).bad] == why


def test_files_that_are_no_statement_are_refused_and_empty_amounts_passed_over() -> None:
    assert "headings" in read_statement("a,b\n1,2\n", TODAY)[1][0].why
    assert "no line" in read_statement("Date,Amount\n", TODAY)[1][0].why
    assert "both" in read_statement("Date,Paid in,Paid out\n03/05/2022,1,1\n", TODAY)[1][0].why.replace("and money out", "both")
    entries, bad, _ = read_statement("Date,Amount\n03/05/2022,\n03/05/2022,5\nTotal,\n,,\n", TODAY)
    assert not bad and [one.amount for one in entries] == [500]
    assert read_statement("Date,Payee,Reference,Amount\n01/01/2000,,R 7,5\n", TODAY).entries[0].words == "R 7"


def test_a_statement_has_a_date_and_an_amount_and_as_many_columns_as_headings() -> None:
    assert columns_of(["Date", "Details"]) is columns_of(["Amount", "Details"]) is None
    found = columns_of(["Date", "Amount", "Details", "", ""])
    assert found and found.count == 3


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("1,500.00", 150_000), ("£1500", 150_000), ("-25.5", -2_550), ("(25.00)", -2_500), ("25.00 DR", -2_500),
        ("25.00CR", 2_500), ("+3", 300), ("0.01", 1), ("\u22127.00", -700), ("12-", -1_200), ("GBP 12.00", 1_200),
    ],
)  # fmt: skip
def test_amounts_as_banks_write_them(text: str, pence: int) -> None:
    assert read_amount(text) == pence


@pytest.mark.parametrize("text", ["21,474,836.48", "-21474836.48", "999999999", "£30,000,000.00 CR"])
def test_an_amount_that_no_column_holds_is_refused(text: str) -> None:
    assert read_amount("21,474,836.47") == 2**31 - 1
    with pytest.raises(ValueError, match=r"at most £21,474,836\.47"):
        read_amount(text)


@given(st.integers(1, 10**9 - 1))
def test_every_amount_is_read_to_the_penny(pence: int) -> None:
    text = f"{pence // 100:,}.{pence % 100:02d}"
    assert [read_amount(one) for one in (text, f"-{text}", f"£{text}", f"({text})")] == [pence, -pence, pence, -pence]


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_the_british_way(day: date) -> None:
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%b-%Y"):
        assert read_day(day.strftime(form)) == day
    assert read_day(f"{day.day}/{day.month}/{day.year}") == day


@given(st.text(max_size=400))
def test_nonsense_never_breaks_the_reader(text: str) -> None:
    for head in ("", "Date,Amount\n", "Date;Paid in;Paid out\n"):
        entries, bad, _ = read_statement(head + text, TODAY)
        assert not (entries and bad)


def test_the_same_line_twice_in_a_statement_is_two_and_read_again_the_same_two() -> None:
    text = "Date,Description,Amount\n" + "03/05/2022,ELM GROVE,5\n" * 2
    first, again = (read_statement(text, TODAY)[0] for _ in range(2))
    assert len({one.digest for one in first}) == 2 and first == again


# Looked at and booked


STATEMENT = "Date,Description,Amount\n"


def read(invoice: Invoice, *lines: str, key: str = "") -> BankFile:
    """Read a statement with those lines."""
    return bank.read_bank_file(
        partnership=invoice.partnership,
        key=key or keys.new_key(),
        name="may.csv",
        text=STATEMENT + "\n".join(lines),
        by=make.SYSTEM,
    )


def lines() -> list[BankLine]:
    """The lines, in the order of the statement."""
    return list(BankLine.objects.select_related("partnership").order_by("position"))


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
class TestLines:
    def test_the_same_file_again_adds_none_and_one_that_overlaps_only_what_is_new(self) -> None:
        invoice = make.issued(1)[0]
        first = read(invoice, "02/05/2022,A,5", "03/05/2022,B,6", "03/05/2022,B,6")
        again = read(invoice, "02/05/2022,A,5", "03/05/2022,B,6", "03/05/2022,B,6")
        more = read(invoice, "03/05/2022,B,6", "03/05/2022,B,6", "03/05/2022,B,6")
        assert [(one.lines_new, one.lines_in_it) for one in (first, again, more)] == [(3, 3), (0, 3), (1, 3)]
        assert BankLine.objects.count() == 4 and not Payment.objects.exists(), "nothing is booked by reading"

    def test_a_file_with_a_bad_line_adds_nothing(self) -> None:
        invoice = make.issued(1)[0]
        with pytest.raises(BadLines, match="1 line needs a correction") as refused:
            read(invoice, "03/05/2022,A,5", "03/05/2022,B,x")
        assert [one.line for one in refused.value.lines] == [3]
        assert not BankLine.objects.exists() and not BankFile.objects.exists()

    def test_a_line_is_booked_once_and_what_is_over_is_held(self) -> None:
        first, second = make.issued(2)
        read(first, "03/05/2022,ELP-0001 ELP-0002,3100")
        (line,) = lines()
        bank.book_bank_line(line=line, invoices=[second, first], by=make.SYSTEM)
        assert [one.owed for one in Invoice.objects.order_by("number")] == [0, 0]
        assert Account.objects.get().held == 10_000 and HeldMoney.objects.get().from_bank.line == line
        assert {one.from_bank.line for one in Payment.objects.all()} == {line}
        with pytest.raises(Conflict, match="booked already"):
            bank.book_bank_line(line=line, invoices=[first], by=make.SYSTEM)
        assert sorted(one.amount for one in became_of(line, viewer=make.SYSTEM)) == [10_000, 150_000, 150_000]

    def test_what_a_line_became_is_one_thing_and_never_another(self) -> None:
        (invoice,) = make.issued(1)
        read(invoice, "03/05/2022,ELP-0001,1600")
        bank.book_bank_line(line=lines()[0], invoices=[invoice], by=make.SYSTEM)
        paid, held_for = Booking.objects.get(held=None), Booking.objects.get(payment=None)
        for faulty in ({"payment": None}, {"held": held_for.held}):
            with pytest.raises(IntegrityError, match="a_line_becomes_one_thing"), transaction.atomic():
                Booking.objects.create(line=paid.line, **{"payment": paid.payment} | faulty)
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            Booking.objects.filter(pk=paid.pk).update(payment=None, held=held_for.held)

    def test_a_settled_invoice_stops_the_booking_and_the_line_waits_on(self) -> None:
        first, second = make.issued(2)
        read(first, "03/05/2022,ELP-0001 ELP-0002,1500")
        (line,) = lines()
        with pytest.raises(Conflict, match="does not reach"):
            bank.book_bank_line(line=line, invoices=[first, second], by=make.SYSTEM)
        line.refresh_from_db()
        assert line.state == LineState.WAITING and not Payment.objects.exists()
        with pytest.raises(Invalid):
            bank.book_bank_line(line=line, invoices=[], by=make.SYSTEM)
        bank.book_bank_line(line=line, invoices=[], school=first.school, by=make.SYSTEM)
        assert Account.objects.get(school=first.school).held == 150_000

    def test_money_out_stands_for_a_refund_of_the_same_amount_once(self) -> None:
        invoice = make.issued(1)[0]
        read(invoice, "03/05/2022,PAID BACK,-20", "03/05/2022,PAID BACK,-20")
        account = held.hold_money(
            partnership=invoice.partnership, school=invoice.school, key=keys.new_key(), amount=5_000, received_on=TODAY,
            by=make.SYSTEM,
        ).account  # fmt: skip
        refund = held.refund_money(
            account=account, key=keys.new_key(), amount=2_000, paid_on=TODAY, reference="FP 1", by=make.SYSTEM
        )
        other = held.refund_money(
            account=account, key=keys.new_key(), amount=1_000, paid_on=TODAY, reference="FP 2", by=make.SYSTEM
        )
        first, second = lines()
        assert refunds_open(first, viewer=make.SYSTEM) == [refund]
        with pytest.raises(Conflict, match="do not fit"):
            bank.book_refund_line(line=first, refund=other, by=make.SYSTEM)
        bank.book_refund_line(line=first, refund=refund, by=make.SYSTEM)
        with pytest.raises(Conflict, match="another line"):
            bank.book_refund_line(line=second, refund=refund, by=make.SYSTEM)
        with pytest.raises(Conflict, match="money out"):
            bank.book_bank_line(line=second, invoices=[invoice], by=make.SYSTEM)

    def test_a_line_is_put_aside_with_a_reason_and_looked_at_again(self) -> None:
        invoice = make.issued(1)[0]
        read(invoice, "03/05/2022,CHARGES,-4.50")
        (line,) = lines()
        with pytest.raises(Invalid):
            bank.ignore_bank_line(line=line, why=" ", by=make.SYSTEM)
        bank.ignore_bank_line(line=line, why="Bank charges", by=make.SYSTEM)
        bank.reopen_bank_line(line=line, by=make.SYSTEM)
        with pytest.raises(Conflict):
            bank.reopen_bank_line(line=line, by=make.SYSTEM)
        assert lines()[0].state == LineState.WAITING

    def test_only_the_office_looks_again_and_only_at_a_line_that_was_left_out(self) -> None:
        invoice = make.issued(1)[0]
        read(invoice, "03/05/2022,ELP-0001,1500", "03/05/2022,CHARGES,-4.50")
        waiting, ignored = lines()
        bank.ignore_bank_line(line=ignored, why="Bank charges", by=make.SYSTEM)
        with pytest.raises(Refused):
            bank.reopen_bank_line(line=ignored, by=make.in_school(invoice.partnership, invoice.school))
        bank.book_bank_line(line=waiting, invoices=[invoice], by=make.SYSTEM)
        with pytest.raises(Conflict):
            bank.reopen_bank_line(line=waiting, by=make.SYSTEM)
        assert [one.state for one in lines()] == [LineState.BOOKED, LineState.IGNORED]

    def test_an_invoice_is_proposed_for_one_line_only(self) -> None:
        invoice = make.issued(1)[0]
        read(invoice, "03/05/2022,ELP-0001,1500", "03/05/2022,ELP-0001 AGAIN,1500")
        found = proposals(lines(), invoice.partnership, viewer=make.SYSTEM)
        assert [len(found[one.pk].invoices) for one in lines()] == [1, 0]

    def test_another_partnerships_invoice_is_never_booked(self) -> None:
        mine = make.issued(1)[0]
        (theirs,) = make.issued(1, "Brent Learning Partnership")
        read(mine, "03/05/2022,BLP-0001,1500")
        with pytest.raises(Conflict, match="another partnership"):
            bank.book_bank_line(line=lines()[0], invoices=[theirs], by=make.SYSTEM)
        assert clock.today() == TODAY

    def test_lines_that_nobody_has_looked_at_wait_for_the_office(self) -> None:
        of = make.issued(1)[0].partnership
        read(Invoice.objects.get(), "03/05/2022,A,5", "03/05/2022,B,6")
        (row,) = [NeedRow(*row) for row in joined(needs(viewer=make.office(of), on=TODAY))]
        assert (row.what, row.slug, row.number, row.due_on) == ("bank.lines", of.slug, 2, date(2022, 5, 10))

    @pytest.mark.parametrize(
        ("read_at", "due"),
        [
            (datetime(2022, 5, 2, 22, 59, tzinfo=UTC), date(2022, 5, 9)),
            (datetime(2022, 5, 2, 23, 1, tzinfo=UTC), date(2022, 5, 10)),  # in London the next day has begun
            (datetime(2022, 12, 31, 23, 59, tzinfo=UTC), date(2023, 1, 7)),
        ],
    )
    def test_a_line_however_old_is_due_a_week_after_it_was_read(self, read_at: datetime, due: date) -> None:
        of = make.issued(1)[0].partnership
        with clock.at(read_at):
            read(Invoice.objects.get(), "10/04/2022,A,5", "02/05/2022,B,6")
        with clock.at(read_at + timedelta(days=2)):
            read(Invoice.objects.get(), "12/04/2022,C,7")
        (row,) = [NeedRow(*row) for row in joined(needs(viewer=make.office(of), on=due))]
        assert (row.number, row.due_on) == (3, due)


@pytest.mark.django_db
@pytest.mark.on(2022, 5, 3)
def test_a_line_that_names_what_was_written_off_is_booked_as_a_recovery_and_only_the_rest_is_held() -> None:
    (invoice,) = make.issued(1)
    decision = authority.record_decision(
        partnership=invoice.partnership, kind=DecisionKind.WRITE_OFF, body="The board", decided_on=TODAY, reference="7",
        amount=150_000, key=keys.new_key(), by=make.SYSTEM,
    )  # fmt: skip
    lost = {"kind": "written off", "amount": 150_000, "reason": "Lost", "decision": decision}
    corrections.let_off_debt(invoice=invoice, key=keys.new_key(), **lost, by=make.SYSTEM)
    read(invoice, "03/05/2022,ELP-0001 LIQUIDATOR,1600.00")
    (line,) = lines()
    proposal = proposals([line], invoice.partnership, viewer=make.SYSTEM)[line.pk]
    assert [one.key for one in proposal.invoices] == [invoice.pk]
    assert (
        proposal.why == "The line names ELP-0001, which was written off: it came after all, and the rest is held for the school"
    )
    (choice,) = open_invoices(invoice.partnership, viewer=make.SYSTEM)
    assert choice.words == "£1,500.00 written off"
    bank.book_bank_line(line=line, invoices=[invoice], by=make.SYSTEM)
    invoice.refresh_from_db()
    assert (invoice.paid, invoice.written_off, Account.objects.get().held) == (150_000, 0, 10_000)
