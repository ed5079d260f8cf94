"""Year 2: opened at the maximum, cut only by a decision, credited where it was agreed late, owed by those who left."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.core.words import long_date
from alongside.ground.documents.actions import pdf_of
from alongside.ground.web.needs import DateRow, NeedRow, joined
from alongside.members.authority import actions as authority
from alongside.members.authority.models import Authority
from alongside.members.membership.actions import office
from alongside.members.membership.rules.dates import MembershipSettings, dates_of, term_ends_on
from alongside.members.membership.rules.text import fee_words
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from alongside.members.schools.models import Establishment, School
from alongside.money.budget.actions import planning, spending
from alongside.money.budget.models import FeeYear
from alongside.money.budget.tests.make import Kept
from alongside.money.fees.actions import issuing, liability, year_two
from alongside.money.fees.models import Reduction
from alongside.money.fees.queries import waiting
from alongside.money.fees.queries.waiting import needs
from alongside.money.fees.queries.year_two import ExtraCharge, beyond_the_fee, later_year
from alongside.money.fees.tests import make
from alongside.money.fees.tests.years import APRIL, MARCH, MINUTE, issue, opened
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.invoices import totals_of
from alongside.money.invoices.rules import papers
from alongside.money.invoices.rules.settings import Issuer
from alongside.money.invoices.tests import make as below
from alongside.money.invoices.tests.make import as_office, room, text_of, words_of
from tests.shown import seen_on

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 4, 1)]
MINE = {"fees.open_year_two", "fees.reduction_undecided", "fees.liabilities"}


def test_year_2_opens_at_the_maximum_that_was_signed_once() -> None:
    of = make.issued(2)[0].partnership
    with clock.at(MARCH):
        years = [year_two.open_next_year(partnership=of, by=make.office(of)) for _ in range(2)]
    assert years[0] == years[1] and FeeYear.objects.filter(partnership=of).count() == 2
    assert (years[0].number, years[0].amount, years[0].support_words) == (2, 150_000, "September 2023 to August 2024")


@pytest.mark.parametrize(
    ("counts_from", "ends", "words"),
    [
        ("support", date(2024, 8, 31), "September 2023 to August 2024"),
        ("sign-up", date(2024, 3, 18), "March 2023 to March 2024"),
    ],
)
def test_every_page_says_the_same_end_of_the_two_years(
    counts_from: str, ends: date, words: str, django_capture_on_commit_callbacks: Any
) -> None:
    of = make.issued(2)[0].partnership
    year_two.open_next_year(partnership=of, by=make.SYSTEM)
    now = settings_of(of, MembershipSettings)
    chosen = replace(
        now, discussion_on=date(2022, 2, 24), sign_by=date(2022, 3, 18), support_from=date(2022, 9, 1), counts_from=counts_from
    )
    with django_capture_on_commit_callbacks(execute=True):
        office.change_dates(partnership=of, settings=chosen, version=mark_of(now), by=make.SYSTEM)
    dates = dates_of(settings_of(of, MembershipSettings), of.started_on)
    last = FeeYear.objects.get(partnership=of, number=2)
    assert term_ends_on(dates, 2) == last.supported_until == later_year(of, viewer=make.SYSTEM).supported[1] == ends
    assert last.support_words == words
    assert long_date(ends) in fee_words("£1,500 a year", dates, 2)


def test_year_2_waits_for_year_1_and_there_is_no_year_3_without_a_new_agreement() -> None:
    of = make.ready(2)
    with pytest.raises(Conflict, match="No invoice for year 1"):
        year_two.open_next_year(partnership=of, by=make.office(of))
    issuing.issue_invoices(partnership=of, key=keys.new_key(), seen=UNSEEN, by=make.SYSTEM)
    year_two.open_next_year(partnership=of, by=make.SYSTEM)
    with pytest.raises(Conflict, match="signed for 2 years"):
        year_two.open_next_year(partnership=of, number=3, by=make.SYSTEM)


@pytest.mark.slow
@pytest.mark.parametrize(("pool", "fee", "reserve"), [(1_234_567, 137_273, 48), (16_000_000, 0, 1_450_000)])
def test_97_schools_get_the_boards_cut_to_the_penny(pool: int, fee: int, reserve: int) -> None:
    of = opened(97)
    with clock.at(MARCH):
        made = year_two.agree_reduction(
            key=keys.new_key(), partnership=of, amount=pool, **MINUTE, seen=UNSEEN, by=make.office(of)
        )
    with clock.at(APRIL):
        assert issue(of) == [fee] * 97
        assert issue(of) == [fee] * 97, "a second run makes none"
    assert (made.members, made.reserve, made.decision.reference) == (97, reserve, "PB 23/07")
    line = Invoice.objects.filter(claim__fee_year__number=2).first().lines.get()
    assert "by decision of Partnership Board, 13 March 2023, PB 23/07" in line.words and line.words.startswith("Membership of")


@pytest.mark.parametrize("missing", [{"reference": ""}, {"reference": "  "}, {"body": ""}, {"decided_on": None}])
def test_a_reduction_is_refused_without_the_minute_it_rests_on(missing: dict[str, object]) -> None:
    of = opened()
    with clock.at(MARCH), pytest.raises(Invalid):
        year_two.agree_reduction(
            key=keys.new_key(), partnership=of, amount=1_000, **MINUTE | missing, seen=UNSEEN, by=make.office(of)
        )
    assert not Reduction.objects.exists() and not Authority.objects.exists()


def test_the_year_2_run_is_refused_with_no_decision_unless_somebody_says_at_the_maximum() -> None:
    of = opened()
    with clock.at(APRIL):
        with pytest.raises(Conflict, match="no decision on the reduction"):
            issue(of)
        assert not Invoice.objects.filter(claim__fee_year__number=2).exists()
        assert issue(of, at_maximum=True) == [150_000] * 3


def test_only_the_manager_writes_down_what_the_board_decided() -> None:
    of = opened()
    with clock.at(MARCH):
        for who in (make.office(of, Post.FINANCE), make.in_school(of, School.objects.first(), Post.HEAD)):
            with pytest.raises(Refused):
                year_two.agree_reduction(key=keys.new_key(), partnership=of, amount=1_000, **MINUTE, seen=UNSEEN, by=who)


def test_what_could_be_given_back_is_income_less_spent_less_promised() -> None:
    of = opened(3)
    year = FeeYear.objects.get(partnership=of, number=1)
    said = {"name": "Networks", "year": year, "planned": 400_000, "key": keys.new_key()}
    heading = planning.add_heading(partnership=of, **said, by=make.SYSTEM)
    spend = {"heading": heading, "year": year, "payee": "A hall", "spent_on": date(2022, 4, 1), "by": make.SYSTEM}
    spending.record_spending(key=keys.new_key(), amount=100_000, **spend)
    planning.promise_money(
        key=keys.new_key(),
        heading=heading,
        year=year,
        to="A speaker",
        words="Day",
        amount=49_999,
        due_on=date(2023, 6, 1),
        by=make.SYSTEM,
    )
    with clock.at(MARCH):
        later = later_year(of, viewer=make.office(of))
        assert (later.available, later.proposal.each, later.proposal.reserve) == (300_001, 100_000, 1)


def test_a_later_decision_takes_the_place_of_the_first_and_may_only_give_more_once_invoices_are_out() -> None:
    of = opened()
    office = make.office(of)
    with clock.at(MARCH):
        first = year_two.agree_reduction(key=keys.new_key(), partnership=of, each=20_000, **MINUTE, seen=UNSEEN, by=office)
        second = year_two.agree_reduction(
            key=keys.new_key(), partnership=of, each=10_000, **MINUTE | {"reference": "PB 23/08"}, seen=UNSEEN, by=office
        )
        assert second.decision.supersedes == first.decision
    with clock.at(APRIL):
        assert issue(of) == [140_000] * 3
        with pytest.raises(Invalid, match="can only give more back"):
            year_two.agree_reduction(
                key=keys.new_key(), partnership=of, each=5_000, **MINUTE | {"reference": "PB 23/09"}, seen=UNSEEN, by=office
            )


def test_agreed_after_invoicing_it_is_a_credit_note_for_each_once() -> None:
    of = opened(3)
    office = make.office(of)
    with clock.at(APRIL):
        issue(of, at_maximum=True)
        assert year_two.credit_reduction(partnership=of, seen=UNSEEN, by=office) == []
        year_two.agree_reduction(key=keys.new_key(), partnership=of, each=12_727, **MINUTE, seen=UNSEEN, by=office)
        notes = year_two.credit_reduction(partnership=of, seen=UNSEEN, by=office)
        assert [note.total for note in notes] == [12_727] * 3 and {note.decision.reference for note in notes} == {"PB 23/07"}
        assert year_two.credit_reduction(partnership=of, seen=UNSEEN, by=office) == []
        year_two.agree_reduction(
            key=keys.new_key(), partnership=of, each=20_000, **MINUTE | {"reference": "PB 23/09"}, seen=UNSEEN, by=office
        )
        assert [note.total for note in year_two.credit_reduction(partnership=of, seen=UNSEEN, by=office)] == [7_273] * 3
    assert set(Invoice.objects.filter(claim__fee_year__number=2).values_list("total", "credited")) == {(150_000, 20_000)}
    assert CreditNote.objects.count() == 6 and not CreditNote.objects.filter(invoice__claim__fee_year__number=1).exists()


def test_credit_notes_are_all_given_or_none() -> None:
    of = opened(3)
    office = make.office(of)
    with clock.at(APRIL):
        issue(of, at_maximum=True)
        year_two.agree_reduction(key=keys.new_key(), partnership=of, each=12_727, **MINUTE, seen=UNSEEN, by=office)
        with pytest.raises(Conflict, match="Nothing was credited"):
            year_two.credit_reduction(partnership=of, seen="", by=office)
    assert not CreditNote.objects.exists()


def test_credit_notes_are_those_that_the_page_showed_or_none() -> None:
    of = opened(3)
    office = make.office(of)
    with clock.at(APRIL):
        issue(of, at_maximum=True)
        year_two.agree_reduction(key=keys.new_key(), partnership=of, each=10_000, **MINUTE, seen=UNSEEN, by=office)
        address, client = f"{room(of)}year-2/credit-notes/", as_office(of)
        page = words_of(client, address)
        year_two.agree_reduction(
            key=keys.new_key(), partnership=of, each=30_000, **MINUTE | {"reference": "PB 9"}, seen=UNSEEN, by=office
        )
        refused = client.post(address, {"seen": seen_on(page)})
        said = "You saw 3 credit notes, £300.00 in all; by now it is 3 credit notes, £900.00 in all."
        assert refused.status_code == 409 and said in text_of(refused) and not CreditNote.objects.exists()
        fresh = seen_on(words_of(client, address))
        assert [client.post(address, {"seen": fresh}).status_code for _ in range(2)] == [302, 302]
    assert [note.total for note in CreditNote.objects.all()] == [30_000] * 3


def test_a_fee_that_is_cut_to_nothing_is_an_invoice_for_nothing_and_nothing_is_owed() -> None:
    of = opened(2)
    with clock.at(APRIL):
        year_two.agree_reduction(key=keys.new_key(), partnership=of, each=150_000, **MINUTE, seen=UNSEEN, by=make.office(of))
        assert issue(of) == [0, 0]
        assert totals_of(of, viewer=make.office(of)).open == 2, "only the two of year 1 are open"
    invoice = Invoice.objects.filter(claim__fee_year__number=2).first()
    paper = papers.paper(invoice.facts())
    assert paper["pay"] is None and "Please pay by" not in {words for words, _ in paper["facts"]}
    assert pdf_of(paper=invoice, by=make.SYSTEM).startswith(b"%PDF")
    assert invoice.state.label == "Nothing to pay"


def test_a_host_credits_its_own_invoices_one_by_one() -> None:
    of = opened(2, issuer=Issuer.HOST, host_name="Elthorne Council")
    with clock.at(APRIL):
        issue(of, at_maximum=True)
        year_two.agree_reduction(key=keys.new_key(), partnership=of, each=10_000, **MINUTE, seen=UNSEEN, by=make.office(of))
        with pytest.raises(Conflict, match="The host issues its own credit notes"):
            year_two.credit_reduction(partnership=of, seen=UNSEEN, by=make.office(of))


def test_what_waits_and_what_is_dated_reaches_the_office_and_nobody_else() -> None:
    of = make.issued(2)[0].partnership
    head = make.in_school(of, School.objects.get(current__urn=900_001), Post.HEAD)

    def waits(viewer: Standing) -> dict[str, tuple[str, int]]:
        found = needs(viewer=viewer, on=clock.today())
        rows = [NeedRow(*row) for row in joined(found)]
        return {row.what: (row.label, row.number) for row in rows if row.what in MINE}

    dates = [
        DateRow(*row) for row in joined(waiting.dates(viewer=make.office(of), start=date(2022, 9, 1), end=date(2024, 8, 31)))
    ]
    assert {(row.what, row.label, row.first_on) for row in dates} == {
        ("fees.year_out", "2", date(2023, 4, 1)),
        ("fees.year_ends", "1", date(2023, 8, 31)),
        ("fees.evaluation", "", date(2023, 10, 1)),
    }
    assert waits(make.office(of)) == {}
    with clock.at(MARCH):
        assert waits(make.office(of)) == {"fees.open_year_two": ("2", 1)} and waits(head) == {}
        year_two.open_next_year(partnership=of, by=make.office(of))
        Establishment.objects.filter(urn=900_001).update(is_open=False)
        assert waits(make.office(of)) == {"fees.reduction_undecided": ("2", 1), "fees.liabilities": ("", 1)}
        school = School.objects.get(current__urn=900_001)
        for year in (1, 2):
            liability.settle_liability(
                key=keys.new_key(),
                partnership=of,
                school=school,
                year=year,
                outcome="due",
                **MINUTE,
                seen=UNSEEN,
                by=make.office(of),
            )
        year_two.agree_reduction(key=keys.new_key(), partnership=of, amount=0, **MINUTE, seen=UNSEEN, by=make.office(of))
        assert waits(make.office(of)) == {}


def test_a_form_used_twice_says_what_it_recorded_and_never_shows_the_old_decision_as_a_new_one() -> None:
    of, key = opened(2), keys.new_key()
    with clock.at(MARCH):
        said = {"partnership": of, "each": 10_000, **MINUTE, "key": key, "seen": UNSEEN, "by": make.office(of)}
        made = year_two.agree_reduction(**said)
        assert year_two.agree_reduction(**said) == made, "the same press twice is one decision"
        for other in ({"each": 12_000}, {"each": None, "amount": 1_000}, {"reference": "PB 23/08"}, {"body": "Schools forum"}):
            with pytest.raises(Conflict, match="used already: it recorded £200 in all, £100 for each school") as told:
                year_two.agree_reduction(**said | other)
            assert "Partnership Board, 13 March 2023, PB 23/07" in str(told.value)
    assert Reduction.objects.count() == Authority.objects.count() == 1


# What the database refuses


def test_the_database_refuses_to_change_a_decision_and_a_reduction_that_does_not_add_up() -> None:
    of = opened(1)
    with clock.at(MARCH):
        made = year_two.agree_reduction(key=keys.new_key(), partnership=of, each=100, **MINUTE, seen=UNSEEN, by=make.office(of))
    for change in (lambda: Authority.objects.update(reference="other"), lambda: Reduction.objects.update(each=5)):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Authority.objects.create(
            partnership=of, kind="waiver", body="Board", decided_on=date(2023, 3, 1), reference="", entered_at=clock.now()
        )
    minute = MINUTE | {"decided_on": date(2022, 4, 1), "key": keys.new_key()}
    other = authority.record_decision(partnership=of, kind="waiver", **minute, by=make.SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reduction.objects.create(
            partnership=of, decision=other, fee_year=made.fee_year, pool=1, members=1, each=2, given=2, available=0
        )


def test_a_decision_pressed_twice_is_one_and_one_in_other_words_is_refused() -> None:
    of, key = opened(1), keys.new_key()
    said = {"partnership": of, "kind": "waiver", "key": key, **MINUTE, "by": make.office(of)}
    with clock.at(MARCH):
        assert authority.record_decision(**said) == authority.record_decision(**said)
        with pytest.raises(Conflict, match="something else"):
            authority.record_decision(**said | {"reference": "PB 99"})


def test_the_report_of_extra_charges_is_empty() -> None:
    of = opened(2)
    assert beyond_the_fee(of, viewer=make.office(of)) == (2, [])
    line = Invoice.objects.get(number=1).lines.get()
    line.pk, line.position, line.words, line.net = keys.new_key(), 2, "Catering", 2_500
    line.save(force_insert=True)
    planted = [ExtraCharge("ELP-0001", "Elm Grove Primary", "Catering", 2_500)]
    assert beyond_the_fee(of, viewer=make.office(of))[1] == planted
    (school,) = School.objects.filter(current__urn=900_002)
    below.ask(below.claim(of, "event", "Heads’ conference"), school, amounts=(500,))
    planted.append(ExtraCharge("ELP-0003", "St Bride’s Catholic Primary", "Membership, year 1.", 500))
    assert beyond_the_fee(of, viewer=make.office(of))[1] == planted, "what another room asks of a member counts too"


def test_the_next_year_begins_with_what_is_carried_over() -> None:
    kept = Kept(issued=make.issued)
    kept.spend(100_000)
    with clock.at(clock.start_of(date(2023, 3, 20), 12)):
        year_two.open_next_year(partnership=kept.of, by=kept.by)
        budget = kept.budget_of_year(2)
        assert (budget.year.number, budget.working.carried_in) == (2, 350_000)
        issuing.issue_invoices(partnership=kept.of, key=keys.new_key(), number=2, at_maximum=True, seen=UNSEEN, by=kept.by)
        budget = kept.budget_of_year(2)
        assert budget.working.carried_over == 350_000 + 450_000
        assert next(words for words, _ in budget.working.rows) == "Brought in from the year before"
