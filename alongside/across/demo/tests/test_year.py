"""From the first invoices to those of the second year."""

from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import pytest

from alongside.across.demo import diary, elthorne, year
from alongside.across.demo.actions import days, polls, story, year as year_deeds
from alongside.across.demo.queries.state import watchers_codes
from alongside.across.demo.rules import Persona, Stage
from alongside.deciding.elections.models import Election, Scrutineer
from alongside.deciding.elections.rules.sealing import public_of
from alongside.deciding.elections.rules.standing import ElectionState
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.calendar.models import Clock, Closure
from alongside.members.contributions.models import Contribution
from alongside.members.groups.actions import THANKS
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests import make as partnerships
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.tests import make as schools
from alongside.money.bank.models import BankLine
from alongside.money.budget.models import FeeYear, Spending
from alongside.money.fees.actions import issuing
from alongside.money.fees.models import Reduction
from alongside.money.invoices.models.corrections import CreditNote, Reminder
from alongside.money.invoices.models.invoices import Invoice, Payment

SYSTEM = Standing.system()


def test_gifts_are_on_school_days_and_the_same_each_time() -> None:
    free = [(date(2022, 10, 24), date(2022, 10, 28))]
    found = list(year.gifts(85, year.BUDGET_ON, year.FOI_ON, free))
    assert len(found) == year.GIFTS and found == list(year.gifts(85, year.BUDGET_ON, year.FOI_ON, free))
    assert all(one.on.weekday() < 5 and not free[0][0] <= one.on <= free[0][1] for one in found)
    assert all(one.giver != one.receiver for one in found)
    assert list(year.gifts(1, year.BUDGET_ON, year.FOI_ON, free)) == []


IMPOSSIBLE = {
    "Somebody has answered it": diary.DiaryWhat.ANSWER,
    "was not invited by mail": diary.DiaryWhat.ASK,
    "stands elsewhere": diary.DiaryWhat.SIGN,
}


@pytest.mark.django_db
@pytest.mark.parametrize("why", IMPOSSIBLE)
def test_what_the_visitor_made_impossible_is_left_out_and_nothing_is_where_elthorne_is_built(
    why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    partnerships.partnership(elthorne.NAME)
    entry = diary.DiaryEntry(clock.now(), IMPOSSIBLE[why], text="Yes", answer="Thank you")
    deed = partial(story._do, entry, [schools.school("Elm Grove")])
    monkeypatch.setattr(story, "_diary_deeds", lambda partnership: [(entry.at, deed)])
    monkeypatch.setattr(story.year, "deeds", lambda partnership: [])
    span = {"since": entry.at - timedelta(days=1), "until": entry.at, "by": SYSTEM}
    story.play(**span)
    with pytest.raises(Conflict, match=why):
        story.play(**span, strictly=True)


def play_strictly() -> None:
    """All that happens after the invoice day, and nothing may fail."""
    days.move_day(to=Stage.INVOICES, by=SYSTEM)
    for since, until in pairwise(list(Stage)[2:]):
        story.play(since=since.begins_at, until=until.begins_at, strictly=True, by=SYSTEM)


@pytest.mark.slow
@pytest.mark.usefixtures("elthorne")
def test_the_year_happens_as_it_is_written() -> None:
    play_strictly()
    of = {"partnership": Partnership.objects.get(slug=elthorne.SLUG)}
    invoices = Invoice.objects.filter(**of)
    assert [invoices.count(), invoices.filter(claim__fee_year__number=2).count()] == [85, 0]
    unpaid = [one for one in invoices if one.owed]
    assert len(unpaid) == 4 and Payment.objects.filter(invoice__in=invoices).count() == 81
    assert CreditNote.objects.filter(invoice__in=invoices).count() == 1
    assert BankLine.objects.filter(**of).count() == 4
    assert Spending.objects.filter(heading__partnership=of["partnership"]).count() == len(elthorne.STORY["spending"])
    thanked = sum(one["thanked"] for one in elthorne.STORY["asked"])
    assert Contribution.objects.filter(**of).count() == year.GIFTS + thanked
    assert Closure.objects.count() == year.INSET_SCHOOLS + year.SNOW_SCHOOLS
    assert Reduction.objects.get(**of).each == 18_000
    assert FeeYear.objects.filter(**of, number=2).exists()
    assert Clock.objects.filter(**of).count() == 1


@pytest.mark.slow
@pytest.mark.usefixtures("elthorne")
def test_reminders_go_on_their_own_days_though_the_visitor_skips_them() -> None:
    days.move_day(to=Stage.SUMMER, by=SYSTEM)
    found = Invoice.objects.filter(partnership__slug=elthorne.SLUG)
    assert set(found.values_list("due_on", flat=True)) == {date(2022, 5, 3)}
    steps: dict[Invoice, list[date]] = {one: list(one.reminders.order_by("on").values_list("on", flat=True)) for one in found}
    unpaid = [one for one in found if one.owed]
    assert {tuple(steps[one]) for one in unpaid} == {(date(2022, 5, 10), date(2022, 5, 24), date(2022, 6, 7))}
    assert all(on[:1] in ([], [date(2022, 5, 10)]) for on in steps.values())
    asked = unpaid[0]
    Reminder.objects.filter(invoice=asked).delete()
    days.move_day(to=Stage.AUTUMN, by=SYSTEM)  # whoever is not reminded by July is so on the next school day
    assert list(asked.reminders.order_by("on").values_list("on", flat=True)) == [
        date(2022, 7, 6), date(2022, 7, 20), date(2022, 9, 1),
    ]  # fmt: skip


def test_each_weekday_between_the_invoices_and_the_second_year_has_its_morning() -> None:
    found = list(year.mornings())
    assert (found[0], found[-1]) == (year.INVOICED_ON, Stage.YEAR_TWO.day) and len(found) == len(set(found)) == 272
    assert all(day.weekday() < 5 for day in found)


@pytest.mark.slow
@pytest.mark.usefixtures("elthorne")
def test_what_the_visitor_has_issued_is_not_issued_again() -> None:
    days.move_day(to=Stage.INVOICES, by=SYSTEM)
    partnership = Partnership.objects.get(slug=elthorne.SLUG)
    with clock.at(Stage.INVOICES.begins_at + timedelta(hours=1)):
        issuing.issue_invoices(partnership=partnership, key=keys.new_key(), seen=UNSEEN, by=SYSTEM)
    days.move_day(to=Stage.SUMMER, by=SYSTEM)
    assert Invoice.objects.filter(partnership=partnership).count() == 85
    days.move_day(to=Stage.SIGNING, by=SYSTEM)
    assert not Contribution.objects.filter(partnership=partnership).exclude(source=THANKS).exists()


@pytest.mark.slow
@pytest.mark.usefixtures("elthorne")
def test_on_the_day_of_the_count_a_head_who_watches_has_a_code_and_a_box_that_is_closed_already_is_opened_all_the_same() -> None:
    days.move_day(to=Stage.COUNT, by=SYSTEM)
    election = Election.objects.get(partnership__slug=elthorne.SLUG)
    head = standing_of(Person.objects.get(email=elthorne.EMAILS[Persona.MEMBER_HEAD]))
    codes = watchers_codes(viewer=head)
    assert election.state == ElectionState.BALLOT and len(codes) == 3
    own = Scrutineer.objects.get(election=election, person=head.person)
    assert public_of(codes[0], election.pk) == own.public
    assert watchers_codes(viewer=year_deeds.manager()) == []
    with clock.at(Stage.COUNT.begins_at + timedelta(minutes=5)):
        polls.close_box(elthorne.STORY["elections"][0], election)
    days.move_day(to=Stage.SUMMER, by=SYSTEM)
    election.refresh_from_db()
    assert election.state == ElectionState.DECLARED and watchers_codes(viewer=head) == []
