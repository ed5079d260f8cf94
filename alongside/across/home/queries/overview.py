"""A partnership as its office and as its schools see it: where we are, what needs them, what comes next."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from alongside.across.home.queries.needs_and_dates import Need, at_a_glance, needs_of
from alongside.across.home.rules import overview
from alongside.across.home.rules.calendar import Period, by_month, months_of
from alongside.across.home.rules.overview import HomeSettings
from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import Standing
from alongside.ground.web import compiled
from alongside.members.calendar.models import Year
from alongside.members.calendar.queries.years import season_now
from alongside.members.diary.queries import dates_of
from alongside.members.membership.models import Answer, Prospectus
from alongside.members.membership.queries import answers as membership
from alongside.members.membership.queries.answers import STAND, Mine
from alongside.members.membership.queries.needs import signups
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.membership.rules.outlook import Counts
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Template, in_force
from alongside.money.invoices.models.invoices import Invoice
from alongside.money.invoices.queries.invoices import Totals, totals_of
from alongside.money.invoices.rules.invoices import State, state_of
from alongside.money.invoices.rules.settings import IssuerSettings, missing_details

COUNTED = tuple(one.name for one in fields(Counts))
SAID = (MembershipSettings.app, IssuerSettings.app, HomeSettings.app)
NEXT, MONTH = 6, timedelta(days=31)
THERE: dict[str, models.Field] = {
    **dict.fromkeys(("has_prospectus", "has_draft", "has_holidays"), models.BooleanField()),
    "belonging": models.IntegerField(),
    "said__app": models.CharField(),
    "said__from_on": models.DateField(),
    "said__values": models.JSONField(),
}
STANDS: dict[str, models.Field] = {
    "stand": models.CharField(),
    **dict.fromkeys(("many", "invited"), models.IntegerField()),
}


@dataclass(frozen=True)
class OurYear:
    """One academic year of a partnership, month by month."""

    year: AcademicYear
    months: list[Period]
    count: int
    more: bool


def our_year(partnership: Partnership, year: AcademicYear, *, viewer: Standing) -> OurYear:
    """Everything dated of a partnership in one academic year, as far as the viewer may know: by month."""
    found = dates_of(year.first_on, year.last_on, partnership, viewer=viewer)
    return OurYear(year, by_month(found.rows, months_of(year), clock.today()), len(found.rows), found.more)


@dataclass(frozen=True)
class AnyOverview:
    """What everybody sees of a partnership first: its year at a glance, what comes next, what needs them."""

    year: OurYear
    ahead: list[Dated]
    needs: list[Need]


def _overview(partnership: Partnership, viewer: Standing) -> tuple[OurYear, list[Dated], list[Need]]:
    """This academic year by month; what comes next, also when it comes in the next year; what needs the viewer."""
    today = clock.today()
    year, running = academic_year_of(today), signups(viewer=viewer.within(partnership.pk), on=today)
    found = dates_of(year.first_on, AcademicYear(year.start + 1).last_on, partnership, viewer=viewer, running=running)
    this_year = [one for one in found.rows if one.first_on <= year.last_on]
    soon = [one for one in found.rows if one.last_on >= today and not one.is_cancelled]
    near = at_a_glance([one for one in soon if one.first_on <= today + MONTH])
    ahead = [*near, *(one for one in soon if one.first_on > today + MONTH)][:NEXT]
    months = by_month(this_year, months_of(year), today)
    glance = [replace(month, things=at_a_glance(month.things)) for month in months]
    needs = needs_of(partnership, viewer=viewer, running=running)
    return OurYear(year, glance, len(this_year), found.more), ahead, needs


@dataclass(frozen=True)
class OfficePage(AnyOverview):
    """A partnership as its office sees it."""

    counts: Counts
    totals: Totals
    tasks: list[overview.SetUpStep]
    is_set_up: bool
    is_running: bool


def office_page(partnership: Partnership, *, viewer: Standing) -> OfficePage:
    """What needs the office, how the sign-up and the money stand, what comes next."""
    there, uses_prospectus, money, own = _what_is_there(partnership, viewer)
    belonging = there.pop("belonging") or 0
    stands = list(compiled.rows(_stands, STANDS, viewer=viewer, about=partnership.pk))
    of = {stand: many for stand, many, _ in stands}
    counts, invited = Counts(**{name: of.get(name, 0) for name in COUNTED}), sum(invited for *_, invited in stands)
    now = overview.SetUp(
        **there,
        asked=counts.asked or belonging,
        invited=invited,
        signed=counts.signed,
        fees_missing=len(missing_details(money)),
        uses_prospectus=uses_prospectus,
        has_contact=bool(partnership.contact_email),
        aside=own.set_aside,
    )
    how_far = overview.set_up_tasks(now), overview.is_set_up(now), overview.is_running(now)
    return OfficePage(*_overview(partnership, viewer), counts, totals_of(partnership, viewer=viewer), *how_far)


def _what_is_there(partnership: Partnership, viewer: Standing) -> tuple[dict[str, Any], bool, IssuerSettings, HomeSettings]:
    """What a partnership has, and the settings in force of sign-up, fees and this page: one query."""
    changes: dict[str, list[tuple[date, Any]]] = {one: [] for one in SAID}
    there: dict[str, Any] = {}
    for *row, app, day, values in compiled.rows(_there, THERE, viewer=viewer, about=partnership.pk):
        there = dict(zip(THERE, row, strict=False))
        if app:
            changes[app].append((day, values))
    template, today = Template(partnership.template), clock.today()
    signup = in_force(MembershipSettings.for_template(template), changes[MembershipSettings.app], today)
    money = in_force(IssuerSettings.for_template(template), changes[IssuerSettings.app], today)
    own = in_force(HomeSettings.for_template(template), changes[HomeSettings.app], today)
    return there, signup.has_prospectus, money, own


def _there(*, viewer: Standing, about: str) -> QuerySet[Any]:
    mine = {"partnership": OuterRef("pk")}
    belonging = Membership.objects.filter(**mine, until_on=None)
    said = models.FilteredRelation("settings", condition=Q(settings__app__in=SAID))
    return (
        Partnership.objects.visible_to(viewer)
        .filter(pk=about)
        .annotate(
            said=said,
            has_prospectus=Exists(Prospectus.objects.filter(**mine, published_at__isnull=False)),
            has_draft=Exists(Prospectus.objects.filter(**mine, published_at=None)),
            has_holidays=Exists(Year.objects.filter(**mine, is_example=False)),
            belonging=_count(belonging),
        )
        .values_list(*THERE)
    )


def _stands(*, viewer: Standing, about: str) -> QuerySet[Any]:
    """How many schools stand how, and how many of them were written to: each answer is looked at once."""
    written_to = Count("pk", filter=~Q(invited_at=None, letter_at=None))
    seen = Partnership.objects.visible_to(viewer).filter(pk=about)
    answers = Answer.objects.filter(partnership__in=seen.values("pk"), ended_on=None).annotate(stand=STAND).order_by()
    return answers.values("stand").annotate(many=Count("pk"), invited=written_to).values_list(*STANDS)


def _count(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("partnership").annotate(how_many=Count("pk")).values("how_many"))


@dataclass(frozen=True)
class SchoolsPage(AnyOverview):
    """A partnership as a school's people see it."""

    answers: list[Mine]
    invoices: list[tuple[str, str, date, int, State]]
    members: int


def schools_page(partnership: Partnership, *, viewer: Standing) -> SchoolsPage:
    """What a school's people see of their partnership: what needs them, what comes, their answer and their invoices."""
    counts, mine = membership.counts_and_mine(partnership, viewer=viewer)
    return SchoolsPage(*_overview(partnership, viewer), mine, _invoices(partnership, viewer), counts.signed)


def _invoices(partnership: Partnership, viewer: Standing) -> list[tuple[str, str, date, int, State]]:
    """(school, number, due, owed, state) of the invoices of the viewer's schools, newest first."""
    rows = Invoice.objects.visible_to(viewer).filter(partnership=partnership, school__in=viewer.schools)
    today = clock.today()
    found = rows.order_by("-issued_on", "-number").values_list("school_name", "reference", "due_on", "total", "paid", "queried")
    return [
        (school, number, due, total - paid, state_of(total, paid, due, queried, today))
        for school, number, due, total, paid, queried in found[:20]
    ]


def year_stands(*, partnership: Partnership, viewer: Standing) -> str:
    """Where in the year we are, in words."""
    return f"{season_now(partnership, viewer=viewer)}, {academic_year_of(clock.today())}"
