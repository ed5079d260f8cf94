"""Finding schools: by URN, by words, by authority, trust or place."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Count, F, Max, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast

from alongside.ground.core.standing import Standing
from alongside.ground.search import queries as search
from alongside.ground.search.rules import writing
from alongside.members.schools import rules
from alongside.members.schools.models import Establishment, Group, School, Succession

MOST_NEAR, LIKE_A_NAME = 300, 200


def school_with_urn(urn: int, *, viewer: Standing) -> School | None:
    """The school that has this URN or had it once, or None."""
    if not 0 < urn < 10_000_000:
        return None
    return School.objects.visible_to(viewer).filter(establishments__urn=urn).first()


def find_schools(words: str, *, viewer: Standing, limit: int = 20, invented: bool = False, partly: bool = True) -> list[School]:
    """Schools by name, place, trust or number, the nearest first: spelling forgiven, and (`partly`) a word too many or wrong."""
    asked = search.understand("school", rules.search_words(words), partly=partly)
    rows = School.objects.visible_to(viewer).filter(current__is_invented=invented)
    found = search.nearest(rows, asked, limit) if asked.groups else []
    return sorted(found, key=lambda one: one.name != words)


def schools_called(words: str, *, viewer: Standing, invented: bool = False) -> list[School]:
    """The open schools that are meant by those words: of that name, alone or followed by town, authority or postcode."""
    return _meant(words, find_schools(words, viewer=viewer, limit=LIKE_A_NAME, invented=invented, partly=False))


def is_called(words: str, one: School) -> bool:
    """Whether the words are the school's name, alone or with a place, or a number: whoever types one means that school."""
    number = words.replace("/", "").replace(" ", "")
    return (number.isdigit() and len(number) > 5) or rules.is_meant(words, one.name, (one.la_name, one.town, one.postcode))


def _meant(words: str, found: Iterable[School]) -> list[School]:
    there = [one for one in found if one.is_open]
    return [one for one in there if is_called(words, one)] or [one for one in there if _is_called_shortly(words, one)]


def _is_called_shortly(words: str, one: School) -> bool:
    short = rules.short_name(one.name)
    return bool(short) and rules.is_meant(words, short, (one.la_name, one.town, one.postcode))


def _has_all(words: str) -> bool:
    """Whether something has all of the words, or equal ones, spelt so: 'Botwell House Catholic' is one school's name enough."""
    return bool(search.understand("school", rules.search_words(words), spelt=False, partly=False).keys)


class Meant(NamedTuple):
    """What a name that was typed leads to: the open schools that are meant by it; where there are none, those of that name
    that are not open, and open ones that followed those or are called something like it."""

    meant: list[School]
    closed: list[School]
    like: list[School]


def schools_named(names: Sequence[str], *, viewer: Standing, invented: bool = False, partly: bool = False) -> dict[str, Meant]:
    """What each name, or URN, leads to; a place that was typed after a comma belongs to the name before it."""
    only: Any = {"viewer": viewer, "invented": invented}
    like = {name: find_schools(name, limit=LIKE_A_NAME, partly=partly, **only) for name in names}
    meant = {name: _meant(name, there) for name, there in like.items()}
    found: dict[str, Meant] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        place = waiting[0] if waiting else ""
        is_place = bool(place) and not meant[place]
        if is_place and (there := schools_called(f"{name} {place}", **only)):
            found[f"{name}, {waiting.pop(0)}"] = Meant(there, [], [])
        elif meant[name]:
            found[name] = Meant(meant[name], [], [])
        else:
            closed = [one for one in like[name] if not one.is_open and is_called(name, one)]
            near = [after for several in _followed_by(closed, viewer).values() for after in several] if closed else []
            near = list({one.pk: one for one in [*near, *like[name]] if one.is_open}.values())
            found[name] = Meant(near, [], []) if len(near) == 1 and not closed and _has_all(name) else Meant([], closed, near)
    return found


def told_not_open(found: Iterable[School], *, viewer: Standing) -> list[str]:
    """A sentence for each of the schools that is not open, with the open schools that followed it."""
    closed = [one for one in found if not one.is_open]
    after = _followed_by(closed, viewer) if closed else {}
    return [rules.told_not_open(one.name, one.not_open, [then.name for then in after[one.urn]]) for one in closed]


def _followed_by(closed: Iterable[School], viewer: Standing) -> dict[int, list[School]]:
    """The open schools that followed each, by its URN."""
    urns = [one.urn for one in closed]
    pairs = Succession.objects.visible_to(viewer).filter(predecessor_urn__in=urns).order_by("on", "successor_urn")
    links = list(pairs.values_list("predecessor_urn", "successor_urn"))
    rows = School.objects.visible_to(viewer).filter(current__in=[urn for _, urn in links], current__is_open=True)
    there = {one.urn: one for one in rows}
    return {urn: [there[after] for before, after in links if before == urn and after in there] for urn in urns}


def schools_in_la(code: str, *, viewer: Standing, open_only: bool = True, invented: bool = False) -> QuerySet[School]:
    """The schools of a local authority, by name."""
    return _of(viewer, open_only, invented).filter(current__la_code=code)


def schools_in_trust(uid: int, *, viewer: Standing, open_only: bool = True) -> QuerySet[School]:
    """The schools of the trust with this group UID, by name."""
    return _of(viewer, open_only, None).filter(current__trust_uid=uid)


def schools_near(place: str | tuple[int, int], km: float, *, viewer: Standing, invented: bool = False) -> list[School]:
    """The open schools within so many kilometres of a postcode or of (easting, northing), nearest first."""
    point = _point(place, invented) if isinstance(place, str) else place
    if point is None:
        return []
    east, north, reach = point[0], point[1], int(km * 1000)
    rows = _of(viewer, True, invented).filter(
        current__easting__range=(east - reach, east + reach), current__northing__range=(north - reach, north + reach)
    )
    rows = rows.annotate(square=_square("current__easting", east) + _square("current__northing", north))
    return list(rows.filter(square__lte=reach * reach).order_by("square", "current__name")[:MOST_NEAR])


def local_authorities(*, viewer: Standing, invented: bool = False) -> list[Any]:
    """Every local authority of England that has open schools (la_code, name, schools), by name."""
    rows = Establishment.objects.visible_to(viewer).filter(is_current=True, is_open=True, is_invented=invented)
    named = rows.exclude(la_code="").values("la_code").annotate(name=Max("la_name"), schools=Count("pk"))
    found: list[Any] = list(named.order_by("name").values_list("la_code", "name", "schools", named=True))
    return [one for one in found if invented or rules.is_english(one.la_code)]


class TrustFound(NamedTuple):
    """A trust and how many open schools it has."""

    uid: int
    name: str
    schools: int


def trusts_matching(words: str, *, viewer: Standing, limit: int = 20, invented: bool = False) -> list[TrustFound]:
    """The trusts with those words in their names that have open schools: who is called so first, then who has most schools."""
    asked = search.understand("trust", words, spelt=False, partly=False)
    if not asked.keys:
        return []
    rows = Group.objects.visible_to(viewer).filter(uid__in=[int(key) for key in asked.keys], is_invented=invented)
    names = dict(rows.values_list("uid", "name"))
    open_now = Establishment.objects.visible_to(viewer).filter(is_current=True, is_open=True, trust_uid__in=list(names))
    counts: Any = open_now.values_list("trust_uid").annotate(schools=Count("pk"))
    called = writing.meant(words)
    found = [TrustFound(uid, names[uid], count) for uid, count in counts]
    return sorted(found, key=lambda one: (writing.meant(one.name) != called, -one.schools, one.name, one.uid))[:limit]


def _square(column: str, middle: int) -> CombinedExpression:
    away = Cast(F(column), BigIntegerField()) - middle
    return away * away


def _of(viewer: Standing, open_only: bool, invented: bool | None) -> QuerySet[School]:
    wanted = Q(current__is_open=True) if open_only else Q()
    if invented is not None:
        wanted &= Q(current__is_invented=invented)
    return School.objects.visible_to(viewer).filter(wanted).order_by("current__name", "pk")


def _point(place: str, invented: bool) -> tuple[int, int] | None:
    """Where a postcode lies: at the schools that have it, or else in the middle of those of its district."""
    postcode = rules.postcode_of(place)
    if not postcode:
        return None
    rows = Establishment.objects.filter(easting__isnull=False, northing__isnull=False, is_invented=invented)
    points = _points(rows.filter(postcode=postcode)[:1])
    if points:
        return points[0]
    district = postcode.partition(" ")[0]
    points = _points(rows.filter(postcode__startswith=f"{district} ")[:500])
    if not points:
        return None
    return sum(east for east, _ in points) // len(points), sum(north for _, north in points) // len(points)


def _points(rows: QuerySet[Establishment]) -> list[tuple[int, int]]:
    return [(east, north) for east, north in rows.values_list("easting", "northing") if east is not None and north is not None]
