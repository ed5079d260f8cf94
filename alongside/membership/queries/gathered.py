"""What of a sign-up waits for somebody, and what of it has a date: rows for the pages that gather from every app."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Count, DateField, Exists, FilteredRelation, Min, OuterRef, Q, QuerySet, Value, When

from alongside.core import clock
from alongside.core.standing import Standing
from alongside.membership.models import Answer, Roll, WorkingGroup
from alongside.membership.permissions import SIGNERS
from alongside.membership.rules.answers import AnswerState
from alongside.membership.rules.dates import Dates, MembershipSettings, dates_of, term_ends_on
from alongside.partnerships.models import Partnership
from alongside.partnerships.rules import Template, in_force
from alongside.web.gathered import as_dates, as_needs

OFFICE = {"slug": "slug", "partnership": "name"}  # where a row is the partnership's own
SILENT = [AnswerState.NO_REPLY.value, AnswerState.READING.value]
Signups = dict[str, tuple[MembershipSettings, Dates]]


def signups(*, viewer: Standing, on: date) -> Signups:
    """The settings and dates of the sign-ups of the viewer's partnerships, by id, as they stand on the day: one query."""
    rows = Partnership.objects.visible_to(viewer).filter(ended_on=None)
    rows = rows.annotate(said=FilteredRelation("settings", condition=Q(settings__app=MembershipSettings.app)))
    begun: dict[str, tuple[str, date]] = {}
    changes: dict[str, list[tuple[date, Any]]] = {}
    for key, template, started, day, values in rows.values_list("pk", "template", "started_on", "said__from_on", "said__values"):
        begun[key] = template, started
        if day is not None:
            changes.setdefault(key, []).append((day, values))
    found: Signups = {}
    for key, (template, started) in begun.items():
        settings = in_force(MembershipSettings.for_template(Template(template)), changes.get(key, []), on)
        if settings.has_prospectus:
            found[key] = settings, dates_of(settings, started)
    return found


def needs(*, viewer: Standing, on: date, running: Signups | None = None) -> list[QuerySet[Any]]:
    """The office: questions, schools that are silent, the roll. Whoever may sign for a school: its answer, and its signature.

    `running` are the viewer's sign-ups, where a page has asked for them already.
    """
    running = signups(viewer=viewer, on=on) if running is None else running
    parts: list[QuerySet[Any]] = []
    if viewer.offices:
        parts += _of_office(viewer, {key: dates for key, (_, dates) in running.items() if key in viewer.offices}, on)
    if mine := {role.school for role in viewer.roles if role.school and role.post in SIGNERS}:
        parts += _of_school(viewer, sorted(mine), {key: dates for key, (_, dates) in running.items()})
    return parts


def _of_office(viewer: Standing, running: Mapping[str, Dates], on: date) -> list[QuerySet[Any]]:
    offices = Partnership.objects.visible_to(viewer)
    open_now = [key for key in running if on <= running[key].sign_by]
    ripe = [key for key in running if running[key].roll_freezes_on <= on]
    asking = Q(questions__replied_at=None)
    silent = Q(answers__state__in=SILENT, answers__ended_on=None) & (
        Q(answers__invited_at__isnull=False) | Q(answers__letter_at__isnull=False)
    )
    invited = Answer.objects.filter(partnership=OuterRef("pk"), ended_on=None).exclude(invited_at=None, letter_at=None)
    asked = offices.filter(asking, pk__in=viewer.offices, questions__isnull=False).values("pk")
    unheard = offices.filter(silent, pk__in=open_now).values("pk")
    frozen = Roll.objects.filter(partnership=OuterRef("pk"))
    return [
        as_needs(
            asked,
            "membership.questions",
            **OFFICE,
            number=Count("questions"),
            label=Min("questions__school__current__name"),
            due_on=Value(on, DateField()),
        ),
        as_needs(
            unheard,
            "membership.no_reply",
            **OFFICE,
            number=Count("answers"),
            label=Min("answers__school__current__name"),
            due_on=_day(running, open_now, lambda dates: dates.sign_by),
        ),
        as_needs(
            offices.filter(~Exists(frozen), Exists(invited), pk__in=ripe),
            "membership.freeze",
            **OFFICE,
            due_on=_day(running, ripe, lambda dates: dates.roll_freezes_on),
        ),
    ]


def _of_school(viewer: Standing, mine: list[str], running: Mapping[str, Dates]) -> list[QuerySet[Any]]:
    asked: Any = Answer.objects.visible_to(viewer).filter(
        school__in=mine, partnership__in=viewer.partnerships, ended_on=None, partnership__roll=None
    )
    place = {"key": "school__current__urn", "label": "school__current__name"}
    last = _day(running, list(running), lambda dates: dates.sign_by, of="partnership")
    return [
        as_needs(asked.filter(state__in=SILENT), "membership.answer", **place, due_on=last),
        as_needs(asked.filter(state=AnswerState.SUBJECT.value), "membership.sign", **place, due_on="subject_on"),
    ]


def dates(*, viewer: Standing, start: date, end: date, running: Signups | None = None) -> list[QuerySet[Any]]:
    """The days of the viewer's sign-ups, when schools decide that said yes subject to somebody, when the group hands over.

    They are told as they are known today, also for a year that is past.
    """
    found = signups(viewer=viewer, on=clock.today()) if running is None else running
    known = {key: days for key, (_, days) in found.items()}
    ends = {key: term_ends_on(days, settings.term_years) for key, (settings, days) in found.items()}
    kinds: dict[str, Callable[[str], date]] = {
        "membership.discussion": lambda key: known[key].discussion_on,
        "membership.sign_by": lambda key: known[key].sign_by,
        "membership.board": lambda key: known[key].board_first_meets_on,
        "membership.roll": lambda key: known[key].roll_freezes_on,
        "membership.support": lambda key: known[key].support_from,
        "membership.term_ends": lambda key: ends[key],
    }
    parts = []
    for what, day in kinds.items():
        if within := {key: day(key) for key in known if start <= day(key) <= end}:
            rows = Partnership.objects.visible_to(viewer).filter(pk__in=within)
            parts.append(as_dates(rows, what, **OFFICE, first_on=_case(within, "pk")))
    deciding: Any = Answer.objects.visible_to(viewer).filter(
        state=AnswerState.SUBJECT.value, ended_on=None, subject_on__range=(start, end)
    )
    groups = WorkingGroup.objects.visible_to(viewer).filter(until_on__range=(start, end))
    place = {"key": "school__current__urn", "label": "school__current__name", "first_on": "subject_on"}
    own = Q(school__in=viewer.schools, partnership__in=viewer.partnerships)
    return [
        *parts,
        as_dates(deciding.filter(own), "membership.subject", **place, changed_at="changed_at"),
        as_dates(
            deciding.filter(partnership__in=viewer.offices).exclude(own), "membership.deciding", **place, changed_at="changed_at"
        ),
        as_dates(groups, "membership.group_ends", label="name", first_on="until_on"),
    ]


def _day(running: Mapping[str, Dates], keys: list[str], of_dates: Callable[[Dates], date], of: str = "pk") -> Any:
    return _case({key: of_dates(running[key]) for key in keys}, of)


def _case(days: Mapping[str, date], of: str) -> Any:
    """The day of each partnership, told in the query itself: it is worked out by a rule, not stored."""
    whens = [When(**{of: key}, then=Value(day, DateField())) for key, day in sorted(days.items())]
    return Case(*whens, default=None, output_field=DateField()) if whens else None
