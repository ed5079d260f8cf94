"""What pages and other parts ask about partnerships."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import BooleanField, CharField, Exists, F, Field, OuterRef, Q, QuerySet

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.ground.core.words import day_of, plural, short_date
from alongside.ground.web import compiled
from alongside.members.partnerships.models import Membership, Partnership, Setting
from alongside.members.partnerships.rules import Belonging, Chosen, Settings, Template, in_force, mark_of
from alongside.members.schools.models import School

Other = TypeVar("Other", bound=Settings)

SCHOOL_FACTS = ("urn", "name", "phase", "type", "low_age", "high_age", "town")


def my_partnerships(*, viewer: Standing) -> list[Any]:
    """`slug` and `name` of the partnerships that the viewer has to do with."""
    found = Partnership.objects.visible_to(viewer).filter(ended_on=None).order_by("name")
    return list(found.values_list("slug", "name", named=True))


def settings_of(partnership: Partnership, of: type[Chosen], on: date | None = None) -> Chosen:
    """One app's settings of a partnership as they stand on a day (today)."""
    changes = Setting.objects.filter(partnership=partnership, app=of.app).values_list("from_on", "values")
    return in_force(of.for_template(Template(partnership.template)), changes, on or clock.today())


def settings_of_two(partnership: Partnership, one: type[Chosen], other: type[Other]) -> tuple[Chosen, Other]:
    """The settings of two apps as they stand today: one query."""
    rows = Setting.objects.filter(partnership=partnership, app__in=[one.app, other.app])
    changes = list(rows.values_list("app", "from_on", "values"))
    template, today = Template(partnership.template), clock.today()
    first, second = ([(day, values) for app, day, values in changes if app == of.app] for of in (one, other))
    return in_force(one.for_template(template), first, today), in_force(other.for_template(template), second, today)


def mark_now(partnership: Partnership, of: type[Settings], names: Sequence[str] = ()) -> str:
    """The mark of one app's settings as they stand, for whoever changes them without having opened their page."""
    return mark_of(settings_of(partnership, of), names)


def memberships_of(school: School, *, viewer: Standing) -> list[Any]:
    """A school's memberships, as far as the viewer may know: the partnership's slug and name, the kind, from and until when."""
    found = Membership.objects.visible_to(viewer).filter(school=school).order_by("-from_on")
    return list(found.values_list("partnership__slug", "partnership__name", "kind", "from_on", "until_on", named=True))


def has_settled(app: str) -> Exists:
    """Whether the partnership of a row has ever changed one of that app's settings."""
    return Exists(Setting.objects.filter(partnership=OuterRef("partnership"), app=app))


TIE_COLUMNS: dict[str, Field] = {
    "partnership": CharField(),
    "school": CharField(),
    "kind": CharField(),
    "settled": BooleanField(),
}


def _memberships(*, schools: tuple[str, ...], app: str) -> QuerySet[Any]:
    found = Membership.objects.current(clock.today()).filter(school__in=schools).annotate(settled=has_settled(app))
    return found.values_list("partnership_id", "school_id", "kind", "settled")


def standing_memberships(schools: set[str], app: str) -> list[tuple[Any, ...]]:
    """(partnership, school, how it belongs, whether the partnership has settled something of that app) that hold today for those
    schools, asked ones included."""
    return compiled.rows_about(_memberships, TIE_COLUMNS, schools=schools, app=app) if schools else []


def belongs(partnership: Partnership, school: School, *, now: bool = False) -> Verdict:
    """Whether a school belongs to a partnership, did so (not when `now`), or is asked to join it: asked before a deed."""
    known = Membership.objects.filter(partnership=partnership, school=school)
    if (known.current(clock.today()) if now else known).exists():
        return YES
    return no("This school does not belong to the partnership, and is not asked to join it.")


def at_home_elsewhere(partnership: Partnership) -> QuerySet[Any]:
    """The schools that belong to other partnerships and have not joined this one, which may have asked them: what holds for
    a school wherever it is, this office leaves alone."""
    joined = Membership.objects.current(clock.today()).exclude(kind=Belonging.ASKED)
    here = joined.filter(partnership=partnership)
    return joined.exclude(partnership=partnership).exclude(school__in=here.values("school")).values_list("school_id", flat=True)


def member_schools(partnership: Partnership, *kinds: Belonging) -> list[str]:
    """Ids of the schools that are members (or of those kinds) today."""
    found = Membership.objects.current(clock.today()).filter(partnership=partnership, kind__in=kinds or [Belonging.MEMBER])
    return list(found.values_list("school_id", flat=True))


def setting_changes(partnership: Partnership, *, viewer: Standing) -> QuerySet[Setting]:
    """What was changed in a partnership's settings, newest first."""
    found = Setting.objects.visible_to(viewer).filter(partnership=partnership)
    return found.order_by("-from_on", "app")


def descriptions(partnership: Partnership, *, viewer: Standing) -> list[tuple[date, str, str]]:
    """(day, field, words) of each change of what a partnership is called, its area and its address, newest first: the log keeps
    which it was, so the words are those of today, and nothing of what was said before."""
    found = Event.objects.visible_to(viewer).filter(partnership=partnership.pk, act="partnerships.describe")
    rows, told = [], set()
    for at, facts in found.order_by("-pk").values_list("at", "facts"):
        for name in facts.get("names", []):
            rows.append((day_of(at), name, "" if name in told else getattr(partnership, name) or "nothing"))
            told.add(name)
    return rows


def belonging(partnership: Partnership, *, viewer: Standing) -> QuerySet[Membership]:
    """The memberships that hold today, of members and associates, as far as the viewer may know."""
    found = Membership.objects.visible_to(viewer).current(clock.today())
    return found.filter(partnership=partnership).exclude(kind=Belonging.ASKED)


def schools_that_belong(partnership: Partnership, phase: str, words: str, *, viewer: Standing) -> QuerySet[Any]:
    """The memberships of the schools that belong, of a phase and by words of name or town, with SCHOOL_FACTS."""
    found = belonging(partnership, viewer=viewer).annotate(**{name: F(f"school__current__{name}") for name in SCHOOL_FACTS})
    chosen = Q(phase=phase) if phase else Q()
    return found.filter(chosen, Q(name__icontains=words) | Q(town__icontains=words) if words else Q())


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


def schools_to_choose(partnership: Partnership, *, viewer: Standing) -> list[tuple[str, str]]:
    """The schools that belong, or did, to be chosen by name: (URN, name), with the town where several have one name."""
    theirs = Membership.objects.visible_to(viewer).filter(partnership=partnership).exclude(kind=Belonging.ASKED)
    found = School.objects.filter(pk__in=theirs.values("school")).order_by("current__name")
    rows = list(found.values_list("current__urn", "current__name", "current__town"))
    names = Counter(name for _, name, _ in rows)
    return [(str(urn), name if names[name] == 1 else f"{name}, {town or urn}") for urn, name, town in rows]


def settings_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """What the partnership started from, and when, in words."""
    return f"{partnership.template_kind.label}, started on {short_date(partnership.started_on)}"
