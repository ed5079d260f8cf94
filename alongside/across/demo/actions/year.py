"""The deeds of the year, from the first invoices to those of the second year. Each calls what a person would press."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from alongside.across.demo import elthorne, year
from alongside.across.demo.actions import clerks, deciding, meetings, polls, seeking, trust, week
from alongside.across.demo.diary import FIRST_MONDAY, FROZEN_ON
from alongside.across.demo.elthorne import FINANCE_EMAIL, MANAGER_EMAIL, STORY
from alongside.across.demo.rules import Stage
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.files import actions as files
from alongside.ground.files.rules import Paper, Readers
from alongside.members.authority import actions as authority
from alongside.members.authority.rules import DecisionKind
from alongside.members.bulletin import actions as bulletin
from alongside.members.calendar.actions import clocks, years as calendar
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.calendar.rules.days import MORNING
from alongside.members.contributions import actions as contributions
from alongside.members.notices.actions import gathering
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.actions import september as people
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.roles import Follower
from alongside.members.schools.models import School
from alongside.money.bank import actions as bank
from alongside.money.budget.actions import planning, spending
from alongside.money.budget.models import Commitment, FeeYear, Heading
from alongside.money.fees.actions import issuing, year_two
from alongside.money.invoices.actions import corrections, payments, reminders
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.reminders import who_reminds
from alongside.money.invoices.rules.corrections import LetOff

SYSTEM = Standing.system()
# The mail of the weeks takes a while to write: it is written before each day that the visitor may choose.
LAST_WEEKS = timedelta(days=21)
Deed = tuple[datetime, Callable[[Partnership], None]]


def deeds(partnership: Partnership) -> Iterator[Deed]:
    """What happens, and when."""
    for paper in STORY["papers"]:
        yield clock.start_of(paper["kept_on"], 9, 30), partial(_keep_paper, paper)
    yield clock.start_of(year.INVOICED_ON, 16), _issue
    for day in year.BANK_DAYS:
        yield clock.start_of(day, 11), _take_payments
    yield clock.start_of(STORY["asked"][0]["on"], 8), _make_groups
    yield clock.start_of(FIRST_MONDAY, 17), lambda partnership: deciding.make_bodies(partnership, manager())
    yield clock.start_of(FROZEN_ON, 17), lambda partnership: deciding.state_interests(partnership, manager())
    for at, deed in meetings.deeds():
        yield at, partial(deed, by=manager)
    yield from seeking.deeds()
    for told in STORY["asked"]:
        yield clock.start_of(told["on"], 12), partial(week.ask, told)
        yield clock.start_of(told["on"] + timedelta(days=1), 16), partial(week.answer, told)
    for told in STORY["circulars"]:
        yield clock.start_of(told["on"], 10), partial(_write_to_list, told)
        if told.get("comes_back"):
            yield clock.start_of(told["on"] + timedelta(days=1), 9), partial(week.come_back, told)
    for day in year.mornings(since=FIRST_MONDAY):
        if any(day <= stage.day <= day + LAST_WEEKS for stage in Stage):
            yield clock.start_of(day, MORNING.hour), _write_weeks
    for day in year.mornings():
        yield clock.start_of(day, MORNING.hour), _morning
    yield clock.start_of(year.CREDITED_ON, 14), _credit
    yield clock.start_of(year.WAIVED_ON, 15), _waive
    yield clock.start_of(year.STATEMENT_ON, 10), _read_statement
    yield clock.start_of(year.INSET_ON[0], 8), _close_schools
    yield clock.start_of(year.BUDGET_ON, 10), _plan
    yield clock.start_of(year.ASKED_ON, 7), _ask_who_is_there
    yield clock.start_of(year.SEPTEMBER_ON, 9), _confirm_people
    for item in STORY["bulletin"]:
        if item["sent_in"] > FROZEN_ON:
            yield clock.start_of(item["sent_in"], 15), partial(_send_in, item["title"])
        if "by_on" in item:
            yield clock.start_of(item["by_on"] - timedelta(days=10), 8), lambda _: week.send_dates()
            yield clock.start_of(item["by_on"] - timedelta(days=2), 14), _do_what_was_asked
    for spent in STORY["spending"]:
        yield clock.start_of(spent["spent_on"], 15), partial(_spend, **spent)
    days = school_days_of(partnership)
    free = [(first, last) for _, first, last in days.holidays]
    for gift in year.gifts(len(_members(partnership)), year.BUDGET_ON, year.FOI_ON, free):
        yield clock.start_of(gift.on, 16), partial(_give, gift)
    yield clock.start_of(year.OPENED_ON, 9), _open_year_two
    yield clock.start_of(year.OPENED_ON, 10), _reduce
    yield clock.start_of(year.FOI_ON, 12), _keep_clock
    yield from polls.deeds()
    yield from trust.deeds()
    yield from clerks.deeds()


def manager() -> Standing:
    """The partnership's manager, as they press."""
    return standing_of(Person.objects.get(email=MANAGER_EMAIL))


def _finance() -> Standing:
    return standing_of(Person.objects.get(email=FINANCE_EMAIL))


def _members(partnership: Partnership) -> list[School]:
    belonging = Membership.objects.current(clock.today()).filter(partnership=partnership, kind=Belonging.MEMBER)
    return list(School.objects.filter(pk__in=belonging.values("school")).order_by("current__urn"))


def _keep_paper(paper: dict[str, Any], partnership: Partnership) -> None:
    files.keep_file(
        key=keys.new_key(),
        partnership=partnership.pk,
        name=f"{paper['kind'].replace('_', '-')}.txt",
        data=paper["text"].encode(),
        title=paper["title"],
        kind=Paper(paper["kind"]),
        audience=Readers(paper["audience"]),
        by=manager(),
    )


def _write_to_list(told: dict[str, Any], partnership: Partnership) -> None:
    week.write_to_list(told, partnership, by=manager())


def _ask_who_is_there(partnership: Partnership) -> None:
    people.ask_in_september(partnership=partnership, by=SYSTEM)


def _confirm_people(partnership: Partnership) -> None:
    """The September check of most schools, told to the office by telephone; some have a new SENDCo."""
    left_on, first = year.ASKED_ON - timedelta(days=1), 2 * len(elthorne.schools())
    for number, school in enumerate(_members(partnership)[: year.CONFIRMED]):
        email = elthorne.named(str(school)).email.replace("head@", "new.sendco@")
        new = Follower(elthorne.colleague(first + number), email, year.ASKED_ON)
        gone = Role.objects.held(clock.today()).filter(school=school, post="sendco") if number < year.NEW_COLLEAGUES else ()
        said: dict[str, Any] = {"gone": (), "followed": {one.pk: new for one in gone}, "left_on": left_on}
        people.confirm_people(partnership=partnership, school=school, **said, key=keys.new_key(), by=manager())


def _issue(partnership: Partnership) -> None:
    issuing.issue_invoices(partnership=partnership, key=keys.new_key(), seen=UNSEEN, by=_finance())


def _unpaid(partnership: Partnership) -> list[Invoice]:
    found = Invoice.objects.filter(partnership=partnership, claim__fee_year__number=1).order_by("number")
    return [invoice for invoice in found if invoice.owed and not invoice.queried]


def _take_payments(partnership: Partnership) -> None:
    """What has come in since last week; a few have not paid by July."""
    finance, today = _finance(), clock.today()
    for invoice in _unpaid(partnership):
        pays_on = year.pays_on(invoice.number)
        if invoice.number % 21 and pays_on <= today:
            payments.record_payment(
                invoice=invoice, key=keys.new_key(), amount=invoice.owed, paid_on=pays_on, reference=invoice.reference, by=finance
            )


def _make_groups(partnership: Partnership) -> None:
    week.make_groups(partnership, by=manager())


def _write_weeks(partnership: Partnership) -> None:
    week.write_weeks()


def _morning(partnership: Partnership) -> None:
    """What goes out by itself that day: digests, and reminders where the visitor has not stopped them."""
    gathering.send_digests(by=SYSTEM)
    bulletin.send_bulletin(partnership=partnership, by=SYSTEM)
    if partnership in who_reminds(viewer=SYSTEM):
        reminders.send_reminders(partnership=partnership, seen=UNSEEN, by=SYSTEM)


def _send_in(title: str, partnership: Partnership) -> None:
    week.send_in(partnership, title, by=manager())


def _do_what_was_asked(partnership: Partnership) -> None:
    week.do_what_was_asked(partnership, 2 * len(_members(partnership)) // 3)


def _credit(partnership: Partnership) -> None:
    invoice = next((one for one in _unpaid(partnership) if one.owed > year.CREDIT), None)
    if invoice:
        corrections.issue_credit_note(
            invoice=invoice,
            key=keys.new_key(),
            amount=year.CREDIT,
            reason=year.CREDIT_WORDS,
            seen=UNSEEN,
            shown=UNSEEN,
            by=_finance(),
        )


def _waive(partnership: Partnership) -> None:
    invoice = next(iter(_unpaid(partnership)[-1:]), None)
    if invoice:
        by, half = manager(), invoice.owed // 2
        decision = authority.record_decision(
            partnership=partnership,
            kind=DecisionKind.WAIVER,
            body=year.BOARD,
            decided_on=year.WAIVED_ON,
            reference=year.WAIVER_MINUTE,
            amount=half,
            words=year.WAIVER_WORDS,
            school=invoice.school,
            key=keys.new_key(),
            by=by,
        )
        corrections.let_off_debt(
            invoice=invoice,
            key=keys.new_key(),
            kind=LetOff.WAIVED,
            amount=half,
            reason=year.WAIVER_WORDS,
            decision=decision,
            by=by,
        )


def _read_statement(partnership: Partnership) -> None:
    """A statement of the bank that nobody has looked at yet: by number, by name only, too much, and one of nobody's."""
    waiting = _unpaid(partnership)[:3]
    lines = ["Date,Description,Paid in,Paid out"]
    for place, invoice in enumerate(waiting):
        name = invoice.school_name.upper()
        words = (f"{name} {invoice.reference}", name, f"BACS {invoice.reference}")[place]
        lines.append(f"{30 - place}/06/2022,{words},{invoice.owed / 100:.2f},")
    lines.append("30/06/2022,INTEREST,4.17,")
    bank.read_bank_file(
        partnership=partnership, key=keys.new_key(), name="statement-june.csv", text="\n".join(lines), by=_finance()
    )


def _close_schools(partnership: Partnership) -> None:
    by, members = manager(), _members(partnership)
    closed = [(one, ClosureKind.INSET, year.INSET_ON[place % 2]) for place, one in enumerate(members[: year.INSET_SCHOOLS])]
    closed += [(one, ClosureKind.WEATHER, year.SNOW_ON) for one in members[-year.SNOW_SCHOOLS :]]
    for school, kind, day in closed:
        calendar.add_closure(key=keys.new_key(), partnership=partnership, school=school, kind=kind, first_on=day, by=by)


def _plan(partnership: Partnership) -> None:
    by, first = manager(), FeeYear.objects.get(partnership=partnership, number=1)
    for planned in STORY["headings"]:
        planning.add_heading(partnership=partnership, **planned, year=first, key=keys.new_key(), by=by)
    for promise in STORY["promises"]:
        heading = _heading(partnership, promise["heading"])
        planning.promise_money(**{**promise, "heading": heading}, year=first, key=keys.new_key(), by=by)


def _heading(partnership: Partnership, name: str) -> Heading:
    return Heading.objects.get(partnership=partnership, name=name)


def _spend(partnership: Partnership, *, heading: str, settles: str, **spent: Any) -> None:
    under = _heading(partnership, heading)
    promise = Commitment.objects.filter(heading=under, words=settles).first() if settles else None
    spending.record_spending(
        **spent,
        key=keys.new_key(),
        heading=under,
        year=FeeYear.objects.get(partnership=partnership, number=1),
        commitment=promise,
        is_last=promise is not None,
        by=_finance(),
    )


def _give(gift: year.DemoGift, partnership: Partnership) -> None:
    members = _members(partnership)
    contributions.note_contribution(
        partnership=partnership,
        giver=members[gift.giver],
        receiver=members[gift.receiver],
        kind=gift.kind,
        on=gift.on,
        amount=gift.amount,
        words=gift.words,
        key=keys.new_key(),
        by=manager(),
    )


def _open_year_two(partnership: Partnership) -> None:
    year_two.open_next_year(partnership=partnership, number=2, by=manager())


def _reduce(partnership: Partnership) -> None:
    year_two.agree_reduction(
        key=keys.new_key(),
        partnership=partnership,
        number=2,
        amount=year.REDUCTION,
        body=year.BOARD,
        decided_on=year.BOARD_ON,
        reference=year.MINUTE,
        seen=UNSEEN,
        by=manager(),
    )


def _keep_clock(partnership: Partnership) -> None:
    school = School.objects.get(current__urn=elthorne.named(year.FOI_SCHOOL).urn)
    clocks.keep_clock(
        key=keys.new_key(), partnership=partnership, school=school, law=Law.FOI, received_on=year.FOI_ON, by=manager()
    )
