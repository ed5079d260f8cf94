"""What of a sign-up waits for somebody, and what of it has a date: rows for the pages that gather from every app."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, DateField, Exists, FilteredRelation, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import TruncDate

from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.words import day_of
from alongside.ground.web.models import of_own_schools
from alongside.ground.web.needs import DateRow, NeedRow, as_dates, as_needs
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.membership.models import Answer, Roll, WorkingGroup
from alongside.members.membership.queries.answers import HAS_WITHDRAWN, to_chase
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.dates import Dates, MembershipSettings, dates_of, is_open, term_ends_on
from alongside.members.membership.rules.outlook import told_before
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template, in_force

OFFICE = {"slug": "slug", "partnership": "name"}  # where a row is the partnership's own
SCHOOL = {"key": "school__current__urn", "label": "school__current__name"}
ANSWERED_WITHIN = timedelta(days=2)  # a school that asked hears from us by the next day but one
SILENT = [AnswerState.NO_REPLY, AnswerState.READING]
DUE: dict[str, Callable[[Dates], date]] = {
    "membership.no_reply": lambda dates: dates.sign_by,
    "membership.answer": lambda dates: dates.sign_by,
    "membership.freeze": lambda dates: dates.roll_freezes_on,
}


@dataclass(frozen=True)
class Signup:
    """A partnership's sign-up: its settings and dates as they stand on a day, and when its roll was frozen."""

    slug: str
    name: str
    settings: MembershipSettings
    dates: Dates
    frozen_on: date | None


Signups = dict[str, Signup]
KINDS: dict[str, Callable[[Signup], date]] = {
    "membership.discussion": lambda one: one.dates.discussion_on,
    "membership.sign_by": lambda one: one.dates.sign_by,
    "membership.board": lambda one: one.dates.board_first_meets_on,
    "membership.roll": lambda one: one.frozen_on or one.dates.roll_freezes_on,
    "membership.support": lambda one: one.dates.support_from,
    "membership.term_ends": lambda one: term_ends_on(one.dates, one.settings.term_years),
}


def signups(*, viewer: Standing, on: date) -> Signups:
    """The sign-ups of the viewer's partnerships, by id, as they stand on the day: one query."""
    rows = Partnership.objects.visible_to(viewer).filter(ended_on=None)
    rows = rows.annotate(said=FilteredRelation("settings", condition=Q(settings__app=MembershipSettings.app)))
    columns = ("pk", "slug", "name", "template", "started_on", "roll__frozen_at", "said__from_on", "said__values")
    found: Signups = {}
    for (key, slug, name, template, started, frozen), of in groupby(
        rows.order_by("pk").values_list(*columns), lambda row: row[:6]
    ):
        changes = [(day, values) for *_, day, values in of if day is not None]
        settings = in_force(MembershipSettings.for_template(Template(template)), changes, on)
        if settings.has_prospectus:
            found[key] = Signup(slug, name, settings, dates_of(settings, started), day_of(frozen) if frozen else None)
    return found


def open_and_ripe(running: Signups, *, viewer: Standing, on: date) -> tuple[frozenset[str], frozenset[str]]:
    """The partnerships of the viewer's offices that are still to be signed for, and those whose roll is to be frozen."""
    mine = {key: one for key, one in running.items() if key in viewer.offices}
    return (
        frozenset(key for key, one in mine.items() if is_open(on, one.dates.sign_by, one.frozen_on)),
        frozenset(key for key, one in mine.items() if one.dates.roll_freezes_on <= on),
    )


def told_by(open_now: Iterable[str], running: Signups, *, on: date) -> date:
    """Whoever was written to after this day, in the sign-ups that are open, is not silent yet."""
    cut = on
    for one in Partnership.objects.filter(pk__in=sorted(open_now)):
        cut = min(cut, told_before(on, school_days_of(one), running[one.pk].settings.days_between_reminders))
    return cut


def needs(
    *, viewer: Standing, on: date, open_now: Iterable[str], ripe: Iterable[str], written_by: date | None = None
) -> list[QuerySet[Any]]:
    """The office: questions, schools that are silent, the roll. Whoever may sign for a school: its answer, and its signature. A
    school that was written to after the day `written_by` is not silent yet.

    What is due on a day of the sign-up says the day on which it is asked: `on_their_days` puts that right.
    """
    parts: list[QuerySet[Any]] = []
    if viewer.offices:
        parts += _of_office(viewer, open_now, ripe, on, written_by or on)
    if (answering := viewer.by(Power.ANSWER)).schools:
        parts += _of_school(viewer, answering, on)
    return parts


def on_their_days(rows: Iterable[NeedRow], running: Signups) -> list[NeedRow]:
    """The same rows, due on the days of each partnership's sign-up, which a rule works out."""
    days = {one.slug: one.dates for one in running.values()}
    return [
        row._replace(due_on=DUE[row.what](days[row.slug]) if row.slug in days else None) if row.what in DUE else row
        for row in rows
    ]


def _of_office(viewer: Standing, open_now: Iterable[str], ripe: Iterable[str], on: date, written_by: date) -> list[QuerySet[Any]]:
    offices, today = Partnership.objects.visible_to(viewer), Value(on, DateField())
    asking = Q(questions__replied_at=None)
    invited = Answer.objects.filter(partnership=OuterRef("pk"), ended_on=None).exclude(invited_at=None, letter_at=None)
    back = Answer.objects.filter(HAS_WITHDRAWN, ended_on=None)
    silent = Q(answers__in=Answer.objects.filter(to_chase(written_by), ended_on=None))
    asked = offices.filter(asking, pk__in=viewer.offices, questions__isnull=False).values("pk")
    unheard = offices.filter(silent, pk__in=open_now).values("pk")
    withdrew = offices.filter(answers__in=back, pk__in=viewer.offices, roll=None).values("pk")
    frozen = Roll.objects.filter(partnership=OuterRef("pk"))
    since = TruncDate(Min("questions__asked_at") + ANSWERED_WITHIN, tzinfo=clock.LONDON)
    return [
        *(
            as_needs(rows, what, **OFFICE, number=Count(of), label=Min(f"{of}__school__current__name"), due_on=due)
            for rows, what, of, due in (
                (asked, "membership.questions", "questions", since),
                (unheard, "membership.no_reply", "answers", today),
                (withdrew, "membership.withdrew", "answers", today),
            )
        ),
        as_needs(offices.filter(~Exists(frozen), Exists(invited), pk__in=ripe), "membership.freeze", **OFFICE, due_on=today),
    ]


def _of_school(viewer: Standing, answering: Standing, on: date) -> list[QuerySet[Any]]:
    asked: Any = Answer.objects.visible_to(viewer).filter(
        of_own_schools(answering), partnership__in=viewer.partnerships, ended_on=None, partnership__roll=None
    )
    return [
        as_needs(
            asked.filter(state__in=SILENT).exclude(HAS_WITHDRAWN), "membership.answer", **SCHOOL, due_on=Value(on, DateField())
        ),
        as_needs(asked.filter(state=AnswerState.SUBJECT), "membership.sign", **SCHOOL, due_on="subject_on"),
    ]


def days_of(running: Signups, *, start: date, end: date) -> list[DateRow]:
    """The days of those sign-ups that fall between the two; told as they are known today, also for a year that is past."""
    return [
        DateRow(what, one.slug, one.name, key, "", day(one), day(one), None, None, False, None)
        for key, one in running.items()
        for what, day in KINDS.items()
        if start <= day(one) <= end and not (what == "membership.sign_by" and one.frozen_on and one.frozen_on <= day(one))
    ]


def dates(*, viewer: Standing, start: date, end: date) -> list[QuerySet[Any]]:
    """When schools decide that said yes subject to somebody, and when the group hands over."""
    deciding: Any = Answer.objects.visible_to(viewer).filter(
        state=AnswerState.SUBJECT, ended_on=None, subject_on__range=(start, end)
    )
    groups = WorkingGroup.objects.visible_to(viewer).filter(until_on__range=(start, end))
    when = {**SCHOOL, "first_on": "subject_on", "changed_at": "changed_at"}
    own = Q(school__in=viewer.schools, partnership__in=viewer.partnerships)
    return [
        as_dates(deciding.filter(own), "membership.subject", **when),
        as_dates(deciding.filter(partnership__in=viewer.offices).exclude(own), "membership.deciding", **when),
        as_dates(groups, "membership.group_ends", label="name", first_on="until_on"),
    ]
