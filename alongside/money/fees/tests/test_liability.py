"""Who signed owes the two years, also after it has closed, merged or left, until a decision says otherwise."""

from datetime import date

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Membership
from alongside.members.schools.models import Establishment, School, Succession
from alongside.money.budget.actions import years
from alongside.money.fees.actions import liability
from alongside.money.fees.models import Settled
from alongside.money.fees.queries.due import count_due, preview_issue
from alongside.money.fees.queries.liability import WentOn, liabilities_of, taken_over
from alongside.money.fees.tests import make
from alongside.money.fees.tests.years import APRIL, MINUTE, issue, opened
from alongside.money.invoices.actions import corrections, payers, payments
from alongside.money.invoices.models.corrections import Account
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.tests import make as below
from tests.shown import press, seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1), pytest.mark.slow]


def test_a_school_that_closes_in_month_13_still_owes_year_2_until_a_decision_waives_it() -> None:
    of = opened(2)
    gone = School.objects.get(current__urn=900_001)
    Establishment.objects.filter(urn=900_001).update(is_open=False, closed_on=date(2023, 3, 31))
    with clock.at(APRIL):
        (row,) = liabilities_of(of, viewer=make.office(of)).gone
        assert (row.fate.label, [one.words for one in row.years]) == ("Closed", ["Due; nobody has decided otherwise"] * 2)
        _, preview = preview_issue(of, 2, viewer=make.office(of))
        assert preview.ready[0].note.startswith("Closed on 31 March 2023") and len(preview.ready) == 2
        made = liability.settle_liability(
            key=keys.new_key(), partnership=of, school=gone, year=2, outcome="waived", **MINUTE, seen=UNSEEN, by=make.office(of)
        )
        (row,) = liabilities_of(of, viewer=make.office(of)).gone
        assert row.years[1].words == "Waived: Partnership Board, 13 March 2023, PB 23/07" and row.undecided == 1
        assert len(issue(of, at_maximum=True)) == 1
        _, preview = preview_issue(of, 2, viewer=make.office(of))
        assert "Waived: Partnership Board, 13 March 2023, PB 23/07" in {one.why for one in preview.not_due}
    assert made.decision.kind == "waiver" and Invoice.objects.filter(school=gone).count() == 1, "year 1 stays as it was"


@pytest.mark.parametrize("room_of", ["liability/900001/year-2/", "year-2/reduction/"])
def test_a_decision_takes_the_place_of_the_one_that_its_page_showed(room_of: str) -> None:
    of = opened(2)
    Establishment.objects.filter(urn=900_001).update(is_open=False, closed_on=date(2022, 3, 31))
    client, address = below.as_office(of), below.room(of) + room_of
    with clock.at(APRIL):
        seen = seen_on(below.words_of(client, address))
        said = {"body": "Board", "basis": "each", "amount": "10", "outcome": "due", **below.day("decided_on", date(2022, 4, 1))}
        first = press(client, address, {**said, "reference": "PB 1", "key": keys.new_key()})
        late = client.post(address, {**said, "reference": "PB 2", "key": keys.new_key(), "seen": seen})
        assert (first.status_code, late.status_code) == (302, 409)
        told = (
            "You saw that nothing was decided; by now it is Board, 1 April 2022, PB 1. This changed meanwhile: what was decided"
        )
        assert told in below.text_of(late)
        assert press(client, address, {**said, "reference": "PB 2", "key": keys.new_key()}).status_code == 302


TAKES = {"payer_name": "Good Trust", "payer_address": "1 High Street", "payer_email": "good@trust.example"}


@pytest.mark.parametrize(
    "other",
    [
        {"payer_name": "Evil Ltd"}, {"payer_address": "2 Low Street"}, {"payer_email": "evil@evil.example"},
        {"reference": "PB 9"}, {"words": "Otherwise"}, {"body": "Heads"}, {"decided_on": date(2022, 3, 31)}, {"year": 1},
        {"outcome": "due"},
    ],
)  # fmt: skip
def test_a_form_that_was_used_settles_nothing_else(other: dict[str, object]) -> None:
    of = opened(2)
    gone = School.objects.get(current__urn=900_001)
    with clock.at(APRIL):
        said = {
            "key": keys.new_key(),
            "partnership": of,
            "school": gone,
            "year": 2,
            "outcome": "transferred",
            "seen": UNSEEN,
            "by": make.office(of),
        }
        said |= {**MINUTE, **TAKES}
        first = liability.settle_liability(**said)
        assert liability.settle_liability(**said) == first
        with pytest.raises(Conflict, match="sent before with something else"):
            liability.settle_liability(**said | other)
    assert Settled.objects.get().payer_name == "Good Trust"


def test_a_waiver_after_invoicing_lets_off_what_is_still_owed() -> None:
    of = opened(1)
    with clock.at(APRIL):
        issue(of, at_maximum=True)
        invoice = Invoice.objects.get(claim__fee_year__number=2)
        partnerships.end_membership(partnership=of, school=invoice.school, by=make.SYSTEM)
        payments.record_payment(invoice=invoice, key=keys.new_key(), amount=50_000, paid_on=clock.today(), by=make.SYSTEM)
    with clock.at(clock.start_of(date(2023, 5, 3), 12)):
        key = keys.new_key()
        for _ in range(2):
            liability.settle_liability(
                key=key,
                partnership=of,
                school=invoice.school,
                year=2,
                outcome="waived",
                **MINUTE,
                seen=UNSEEN,
                by=make.office(of),
            )
    invoice.refresh_from_db()
    assert (invoice.waived, invoice.owed) == (100_000, 0) and Settled.objects.count() == 1
    with pytest.raises(Conflict, match="waived already"):
        liability.settle_liability(
            key=keys.new_key(),
            partnership=of,
            school=invoice.school,
            year=2,
            outcome="due",
            **MINUTE | {"decided_on": date(2022, 4, 1)},
            seen=UNSEEN,
            by=make.office(of),
        )


def test_when_two_members_become_one_both_fees_stay_due_until_a_decision_lets_one_be_taken_over() -> None:
    of = opened(2)
    gone = School.objects.get(current__urn=900_001)
    Establishment.objects.filter(urn=900_001).update(is_open=False, closed_on=date(2023, 3, 25))
    Succession.objects.create(predecessor_urn=900_001, successor_urn=900_002, kind="Successor - merged", outcome="separate")
    with clock.at(APRIL):
        (row,) = liabilities_of(of, viewer=make.office(of)).gone
        assert row.fate.label == "Merged" and row.into == "St Bride’s Catholic Primary"
        with pytest.raises(Invalid, match="who takes the fee over"):
            liability.settle_liability(
                key=keys.new_key(),
                partnership=of,
                school=gone,
                year=2,
                outcome="transferred",
                **MINUTE,
                seen=UNSEEN,
                by=make.office(of),
            )
        liability.settle_liability(
            key=keys.new_key(), partnership=of, school=gone, year=2, outcome="transferred",
            payer_name="St Bride’s Catholic Primary",
            payer_email="bursar@st-brides.example", **MINUTE, seen=UNSEEN, by=make.office(of),
        )  # fmt: skip
        assert issue(of, at_maximum=True) == [150_000] * 2
    taken = Invoice.objects.get(school=gone, claim__fee_year__number=2)
    assert (taken.payer_name, taken.payer_email) == ("St Bride’s Catholic Primary", "bursar@st-brides.example")


def test_a_school_that_became_an_academy_is_one_school_and_nothing_is_to_be_decided() -> None:
    of = opened(1)
    school = School.objects.get(current__urn=900_001)
    Establishment.objects.filter(urn=900_001).update(is_open=False, is_current=False, closed_on=date(2022, 12, 31))
    academy = Establishment.objects.create(urn=900_801, school=school, name="Elm Grove Academy")
    School.objects.filter(pk=school.pk).update(current=academy)
    with clock.at(APRIL):
        found = liabilities_of(of, viewer=make.office(of))
        assert found.gone == [] and found.went_on == [WentOn("Elm Grove Academy", 900_801, 900_001, "")]
        assert issue(of, at_maximum=True) == [150_000]
    assert Invoice.objects.get(claim__fee_year__number=2).school_name == "Elm Grove Academy"


def test_whoever_left_owes_the_term_and_nothing_after_it() -> None:
    of = opened(1)
    Membership.objects.update(until_on=date(2023, 1, 31))
    with clock.at(APRIL):
        assert count_due(of, viewer=make.office(of)) == {2: 1}
        years.open_fee_year(partnership=of, number=3, amount=150_000, by=make.SYSTEM)
        assert 3 not in count_due(of, viewer=make.office(of))
        assert preview_issue(of, 3, viewer=make.office(of))[1].not_due[0].why == "Has left"


def test_the_count_and_the_preview_agree() -> None:
    of = opened(3)
    Membership.objects.filter(school__current__urn=900_001).update(until_on=date(2023, 1, 31))
    with clock.at(APRIL):
        make.sign(of, make.school(900_700, "Joined in April"), from_on=date(2023, 4, 3))
        late = make.school(900_701, "Never asked")
        make.sign(of, late, from_on=date(2022, 6, 1))
        previews = {n: len(preview_issue(of, n, viewer=make.office(of))[1].ready) for n in (1, 2)}
        assert count_due(of, viewer=make.office(of)) == previews == {1: 1, 2: 5}


def test_of_a_debt_paid_in_part_what_is_left_goes_to_the_successor_and_what_was_paid_stays() -> None:
    of = opened(2)
    gone, taker = (School.objects.get(current__urn=urn) for urn in (900_001, 900_002))
    with clock.at(APRIL):
        issue(of, at_maximum=True)
        invoice = Invoice.objects.get(school=gone, claim__fee_year__number=2)
        payments.record_payment(invoice=invoice, key=keys.new_key(), amount=50_000, paid_on=clock.today(), by=make.SYSTEM)
    Establishment.objects.filter(urn=900_001).update(is_open=False, closed_on=date(2023, 4, 30))
    Succession.objects.create(predecessor_urn=900_001, successor_urn=900_002, kind="Successor - merged", outcome="separate")
    with clock.at(clock.start_of(date(2023, 5, 3), 12)):
        liability.settle_liability(
            key=keys.new_key(), partnership=of, school=gone, year=2, outcome="transferred", to_school=taker,
            payer_email="bursar@st-brides.example", **MINUTE, seen=UNSEEN, by=make.office(of),
        )  # fmt: skip
        invoice.refresh_from_db()
        assert (invoice.paid, invoice.owed, invoice.payer_name) == (50_000, 100_000, "Elm Grove Primary")
        assert (invoice.later_payer, invoice.payer_email) == (taker.name, "bursar@st-brides.example")
        assert invoice.notes == [
            f"What had been paid by then stays; the rest is to be paid by {taker.name}; told us on 3 May 2023."
        ]
        (theirs,) = taken_over(of, viewer=below.in_school(of, taker))[taker.pk]
        assert theirs.invoice == invoice
        payments.record_payment(invoice=invoice, key=keys.new_key(), amount=100_000, paid_on=clock.today(), by=make.SYSTEM)
    with pytest.raises(Conflict, match="so its payer stays"):
        payers.readdress_invoice(invoice=invoice, name="Somebody", address="", version=UNSEEN, by=make.office(of))


@pytest.mark.parametrize(("paid", "words"), [(150_000, "£1,500 of it is paid"), (50_000, "£500 of it is paid"), (0, "")])
def test_a_waiver_of_what_is_paid_asks_for_a_credit_note_until_there_is_one(paid: int, words: str) -> None:
    of = opened(1)
    with clock.at(APRIL):
        issue(of, at_maximum=True)
        invoice = Invoice.objects.get(claim__fee_year__number=2)
        partnerships.end_membership(partnership=of, school=invoice.school, by=make.SYSTEM)
        if paid:
            payments.record_payment(invoice=invoice, key=keys.new_key(), amount=paid, paid_on=clock.today(), by=make.SYSTEM)
    with clock.at(clock.start_of(date(2023, 5, 3), 12)):
        client = below.as_office(of)
        page = f"/p/{of.slug}/fees/liability/{invoice.school_urn}/year-2/"
        said = below.text_of(press(client, page, waiver_form(below.words_of(client, page)), follow=True))
        (row,) = liabilities_of(of, viewer=make.office(of)).gone
        if not words:
            assert "is needed to give it back" not in said and "credit note" not in row.years[1].words
            return
        assert f"{words}: a credit note for {invoice.reference} is needed to give it back" in said
        assert words in row.years[1].words and "Issue the credit note" in said
        invoice.refresh_from_db()
        corrections.issue_credit_note(
            invoice=invoice, key=keys.new_key(), amount=paid, reason="Waived", seen=UNSEEN, shown=UNSEEN, by=make.SYSTEM
        )
        (row,) = liabilities_of(of, viewer=make.office(of)).gone
        assert "credit note" not in row.years[1].words
        assert Account.objects.get(school=invoice.school).held == paid


def waiver_form(page: str) -> dict[str, str]:
    """What the board's manager types to waive a fee."""
    typed = {"outcome": "waived", "body": "Partnership Board", "reference": "PB 23/09", "words": ""}
    return {"key": below.key_on(page), **typed, **below.day("decided_on", date(2023, 5, 2))}
