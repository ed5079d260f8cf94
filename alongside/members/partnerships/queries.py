"""What pages and other parts ask about partnerships."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.ground.core.words import plural
from alongside.ground.web.tables import Column, Table, table
from alongside.members.partnerships.models import Membership, Partnership, Setting
from alongside.members.partnerships.rules import Belonging, Chosen, Settings, Template, in_force, mark_of
from alongside.members.schools.models import School
from alongside.members.schools.rules import phase_in_words


def partnership_at(slug: str) -> Partnership | None:
    """The partnership with that slug, whoever asks: views decide by its public pages and `may_know`."""
    return Partnership.objects.filter(slug=slug).first()


def my_partnerships(*, viewer: Standing) -> list[tuple[str, str]]:
    """(slug, name) of the partnerships that the viewer has to do with."""
    return list(Partnership.objects.visible_to(viewer).filter(ended_on=None).order_by("name").values_list("slug", "name"))


def settings_of(partnership: Partnership, of: type[Chosen], on: date | None = None) -> Chosen:
    """One app's settings of a partnership as they stand on a day (today)."""
    changes = Setting.objects.filter(partnership=partnership, app=of.app).values_list("from_on", "values")
    return in_force(of.for_template(Template(partnership.template)), changes, on or clock.today())


def mark_now(partnership: Partnership, of: type[Settings], names: Sequence[str] = ()) -> str:
    """The mark of one app's settings as they stand, for whoever changes them without having opened their page."""
    return mark_of(settings_of(partnership, of), names)


def memberships_of(school: School, *, viewer: Standing) -> list[tuple[str, str, str, date, date | None]]:
    """(slug, partnership's name, kind, from, until) of a school's memberships, as far as the viewer may know."""
    found = Membership.objects.visible_to(viewer).filter(school=school).order_by("-from_on")
    return list(found.values_list("partnership__slug", "partnership__name", "kind", "from_on", "until_on"))


def standing_memberships(schools: set[str], on: date) -> frozenset[tuple[str, str]]:
    """(partnership, school) pairs that hold on the day for those schools, asked ones included."""
    if not schools:
        return frozenset()
    return frozenset(Membership.objects.current(on).filter(school__in=schools).values_list("partnership_id", "school_id"))


def belongs(partnership: Partnership, school: School, *, now: bool = False) -> Verdict:
    """Whether a school belongs to a partnership, did so (not when `now`), or is asked to join it: asked before a deed."""
    known = Membership.objects.filter(partnership=partnership, school=school)
    if (known.current(clock.today()) if now else known).exists():
        return YES
    return no("This school does not belong to the partnership, and is not asked to join it.")


def member_schools(partnership: Partnership, *kinds: Belonging, on: date | None = None) -> list[str]:
    """Ids of the schools that are members (or of those kinds) on the day (today)."""
    wanted = Q(kind__in=kinds or (Belonging.MEMBER,))
    return list(
        Membership.objects.current(on or clock.today())
        .filter(wanted, partnership=partnership)
        .values_list("school_id", flat=True)
    )


def setting_changes(partnership: Partnership, *, viewer: Standing) -> list[tuple[date, str, list[str]]]:
    """(from, app, names of what changed) of a partnership's settings, newest first."""
    found = Setting.objects.visible_to(viewer).filter(partnership=partnership).order_by("-from_on", "app")
    return [
        (day, app, sorted(name.replace("_", " ") for name in values))
        for day, app, values in found.values_list("from_on", "app", "values")
    ]


COLUMNS = [
    Column("school", "School", ("school__current__name",)),
    Column("phase", "Phase", ("school__current__phase", "school__current__name")),
    Column("town", "Town", ("school__current__town", "school__current__name")),
    Column("since", "Since", ("from_on", "school__current__name")),
]


@dataclass(frozen=True)
class BelongingRow:
    """A school in the list of those that belong, its phase in words."""

    urn: int
    name: str
    phase: str
    town: str
    since: date
    kind: str


def belonging(partnership: Partnership, *, viewer: Standing) -> QuerySet[Membership]:
    """The memberships that hold today, of members and associates, as far as the viewer may know."""
    found = Membership.objects.visible_to(viewer).current(clock.today())
    return found.filter(partnership=partnership).exclude(kind=Belonging.ASKED)


def schools_table(partnership: Partnership, asked: QueryDict, chosen: dict[str, str], *, viewer: Standing) -> Table:
    """One page of the schools that belong."""
    rows = belonging(partnership, viewer=viewer)
    if chosen["phase"]:
        rows = rows.filter(school__current__phase=chosen["phase"])
    if chosen["q"]:
        rows = rows.filter(Q(school__current__name__icontains=chosen["q"]) | Q(school__current__town__icontains=chosen["q"]))
    facts = ("urn", "name", "phase", "type", "low_age", "high_age", "town")
    fields = [f"school__current__{name}" for name in facts] + ["from_on", "kind"]
    return table(asked, rows, COLUMNS, fields=fields, sort="school", chosen=chosen, cells=_in_words)


def _in_words(row: Any) -> BelongingRow:
    urn, name, phase, kind, low, high, *rest = row
    return BelongingRow(urn, name, phase_in_words(phase, kind, low, high), *rest)


def phases_of(partnership: Partnership, *, viewer: Standing) -> list[str]:
    """The phases that the partnership's schools have."""
    found = belonging(partnership, viewer=viewer).order_by("school__current__phase")
    return list(found.values_list("school__current__phase", flat=True).distinct())


def schools_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many schools belong, in words."""
    return plural(belonging(partnership, viewer=viewer).count(), "school")


def school_of(partnership: Partnership, urn: int, *, viewer: Standing) -> School | None:
    """The school of the partnership that has, or once had, that URN, where the viewer may know that it belongs."""
    seen = Membership.objects.visible_to(viewer).filter(partnership=partnership, school__establishments__urn=urn)
    return School.objects.filter(pk__in=seen.values("school")).first()
