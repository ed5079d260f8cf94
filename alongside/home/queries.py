"""What the pages across apps show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from alongside.calendar.models import Holiday
from alongside.core import clock
from alongside.core.standing import Standing
from alongside.fees import queries as fees
from alongside.fees.rules import FeeSettings, State, missing_details
from alongside.home import rules
from alongside.membership import queries as membership
from alongside.membership.models import Answer, Prospectus, Roll
from alongside.membership.rules import AnswerState, Counts, dates_of
from alongside.membership.rules.dates import timeline
from alongside.partnerships import queries as partnerships
from alongside.partnerships.models import Partnership
from alongside.schools import queries as schools
from alongside.schools.models import School
from alongside.web.pictures import Map, Spot, map_of


def my_partnerships(*, viewer: Standing) -> list[tuple[str, str]]:
    """(slug, name) of the partnerships that the viewer has to do with."""
    return partnerships.my_partnerships(viewer=viewer)


@dataclass(frozen=True)
class MyPage:
    """A person's own page."""

    partnerships: list[tuple[str, str]]
    posts: list[str]


def my_page(*, viewer: Standing) -> MyPage:
    """A person's own page: where their roles lead."""
    return MyPage(my_partnerships(viewer=viewer), sorted({role.post.label for role in viewer.roles}))


@dataclass(frozen=True)
class OfficePage:
    """A partnership as its office sees it."""

    now: rules.Standing
    counts: Counts
    totals: fees.Totals
    dates: list[tuple[date, str]]
    tasks: list[tuple[str, str, str, str, str]]
    is_set_up: bool
    needs: list[rules.Need]


def office_page(partnership: Partnership, *, viewer: Standing) -> OfficePage:
    """What needs the office, how the sign-up and the money stand, what comes next: five queries."""
    today = clock.today()
    settings = membership.settings_now(partnership, viewer=viewer)
    dates = dates_of(settings, partnership.started_on)
    answers = _answers(partnership, viewer)
    invited = answers.pop("invited")
    counts = Counts(**answers)
    there = dict(_what_is_there(partnership))
    belonging = there.pop("belonging")
    money = partnerships.settings_of(partnership, FeeSettings)
    totals = fees.totals_of(partnership, viewer=viewer)
    now = rules.Standing(
        **there,
        asked=counts.asked or belonging,
        invited=invited,
        signed=counts.signed,
        questions=counts.question,
        no_reply=counts.waiting,
        fees_missing=len(missing_details(money)),
        invoiced=totals.count,
        overdue=totals.late,
        queried=totals.queried,
        uses_prospectus=settings.has_prospectus,
    )
    needs = rules.needs_of_office(now, today, dates.sign_by, dates.roll_freezes_on)
    ahead = timeline(dates) if settings.has_prospectus else []
    return OfficePage(now, counts, totals, ahead, rules.set_up_tasks(now), rules.is_set_up(now), needs)


def _answers(partnership: Partnership, viewer: Standing) -> dict[str, int]:
    found = Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)
    by_state = {state.value: Count("pk", filter=Q(state=state.value)) for state in AnswerState}
    return found.aggregate(**by_state, invited=Count("pk", filter=Q(invited_at__isnull=False) | Q(letter_at__isnull=False)))


def _what_is_there(partnership: Partnership) -> Mapping[str, Any]:
    mine = {"partnership": OuterRef("pk")}
    return (
        Partnership.objects.filter(pk=partnership.pk)
        .annotate(
            has_prospectus=Exists(Prospectus.objects.filter(**mine, published_at__isnull=False)),
            has_draft=Exists(Prospectus.objects.filter(**mine, published_at=None)),
            has_holidays=Exists(Holiday.objects.filter(**mine)),
            frozen=Exists(Roll.objects.filter(**mine)),
            belonging=Count("memberships", filter=Q(memberships__until_on=None)),
        )
        .values("has_prospectus", "has_draft", "has_holidays", "frozen", "belonging")
        .get()
    )


@dataclass(frozen=True)
class SchoolsPage:
    """A partnership as a school's people see it."""

    answers: list[tuple[int, str, AnswerState, date | None]]
    invoices: list[tuple[str, str, date, int, State]]
    dates: list[tuple[date, str]]
    frozen: bool
    members: int


def schools_page(partnership: Partnership, *, viewer: Standing) -> SchoolsPage:
    """What a school's people see of their partnership: their answer, their invoices, the dates."""
    dates = membership.dates_in_force(partnership, viewer=viewer)
    answers = [
        (answer.school.urn, answer.school.name, answer.answer_state, answer.subject_on)
        for answer in membership.answers_of_mine(partnership, viewer=viewer)
    ]
    invoices = [
        (school.name, reference, due_on, owed, state)
        for school, rows in fees.own_schools(partnership, viewer=viewer)
        for reference, _, due_on, _, owed, state in rows
    ]
    frozen = membership.roll_of(partnership, viewer=viewer) is not None
    return SchoolsPage(
        answers, invoices, timeline(dates), frozen, membership.standing_of_answers(partnership, viewer=viewer).signed
    )


@dataclass(frozen=True)
class SchoolPage:
    """One school: the register's facts, its place, its memberships, its history."""

    school: School
    facts: list[schools.Section]
    past: list[tuple[int, str, str, str]]
    history: list[tuple[str, str, str]]
    map: Map
    memberships: list[tuple[str, str, str, date, date | None]]


NEAR_KM = 2.5


def school_page(school: School, *, viewer: Standing) -> SchoolPage:
    """One school's page."""
    return SchoolPage(
        school,
        schools.facts_of(school, viewer=viewer),
        schools.past_of(school, viewer=viewer),
        schools.history_of(school, viewer=viewer),
        map_of(_place_of(school, viewer), width=420, height=340),
        partnerships.memberships_of(school, viewer=viewer),
    )


def _place_of(school: School, viewer: Standing) -> list[Spot]:
    if school.easting is None or school.northing is None:
        return []
    here = (school.easting, school.northing)
    near = schools.schools_near(here, NEAR_KM, viewer=viewer, invented=school.is_invented)[:40]
    around = [
        Spot(one.easting, one.northing, one.name, "rest", one.constituency.label, 1, f"/schools/{one.urn}/")
        for one in near
        if one.pk != school.pk
    ]
    return [*around, Spot(*here, school.name, "dark", "this school", 3, f"/schools/{school.urn}/")]
