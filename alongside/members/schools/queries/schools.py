"""Finding schools: by URN, by words, by authority, trust or place."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, Count, F, Max, Q, QuerySet, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Replace

from alongside.ground.core.standing import Standing
from alongside.ground.search import queries as search
from alongside.members.schools import rules
from alongside.members.schools.models import Establishment, Group, School

TRUSTS = ("Multi-academy trust", "Single-academy trust", "Secure single-academy trust", "Trust")
MOST_NEAR, LIKE_A_NAME = 300, 200
MOST_OF_A_PLACE = 6  # words after a name: 'Bath and North East Somerset' has five


def school_with_urn(urn: int, *, viewer: Standing) -> School | None:
    """The school that has this URN or had it once, or None."""
    if not 0 < urn < 10_000_000:
        return None
    return School.objects.visible_to(viewer).filter(establishments__urn=urn).first()


def find_schools(words: str, *, viewer: Standing, limit: int = 20, invented: bool = False) -> list[School]:
    """Schools by name, town, postcode or URN, spelling forgiven: open ones first, then those whose name begins so."""
    asked = search.understand("school", rules.search_words(words))
    if not asked.groups:
        return []
    rows = School.objects.visible_to(viewer).filter(current__is_invented=invented)
    found = ranked(search.narrowed(rows, asked), words, "current__name")
    return list(found.order_by("-current__is_open", "rank", "current__name", "pk")[:limit])


def schools_called(words: str, *, viewer: Standing, invented: bool = False) -> list[School]:
    """The open schools that are meant by those words: of that name, alone or followed by town, authority or postcode."""
    like = find_schools(words, viewer=viewer, limit=LIKE_A_NAME, invented=invented)
    return _meant(words, like) or _called_in_place(words, viewer, invented)


def _meant(words: str, found: Iterable[School]) -> list[School]:
    return [one for one in found if one.is_open and rules.is_meant(words, one.name, (one.la_name, one.town, one.postcode))]


def _called_in_place(words: str, viewer: Standing, invented: bool) -> list[School]:
    """The last words are a place, which not every name is indexed with: an authority, or what comes after a long name."""
    parts = words.replace(",", " ").split()
    for end in range(len(parts) - 1, max(0, len(parts) - MOST_OF_A_PLACE), -1):
        name, place, postcode = " ".join(parts[:end]), parts[end], rules.postcode_of("".join(parts[end:]))
        asked = search.understand("school", name)
        if asked.guessed or asked.keys == ():
            continue
        where = Q(current__la_name__icontains=place) | Q(current__town__icontains=place)
        rows = _of(viewer, True, invented).filter(where | Q(current__postcode=postcode) if postcode else where)
        near = ranked(search.narrowed(rows, asked), name, "current__name").order_by("rank", "current__name", "pk")
        if found := _meant(words, near.select_related("current")[:LIKE_A_NAME]):
            return found
    return []


def schools_named(names: Sequence[str], *, viewer: Standing, invented: bool = False) -> dict[str, list[School]]:
    """What each name leads to: the schools meant by it (a place that was typed after a comma belongs to the name before it),
    else those that are called something like it."""
    like = {name: find_schools(name, viewer=viewer, limit=LIKE_A_NAME, invented=invented) for name in names}
    meant = {name: _meant(name, there) for name, there in like.items()}
    found: dict[str, list[School]] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        place = waiting[0] if waiting else ""
        is_place = bool(place) and not meant[place]
        if is_place and (there := schools_called(f"{name} {place}", viewer=viewer, invented=invented)):
            found[f"{name}, {waiting.pop(0)}"] = there
        else:
            found[name] = meant[name] or _called_in_place(name, viewer, invented) or like[name]
    return found


def ranked(rows: QuerySet[Any], words: str, name: str = "name") -> QuerySet[Any]:
    """With words, a `rank`: 0 where the name begins with them, 1 where it holds them, 2 where something else does.

    Apostrophes and full stops do not count: 'st marys' begins 'St. Mary’s'.
    """
    if not words:
        return rows
    plain: Any = F(name)
    for sign in "'’.":
        plain = Replace(plain, Value(sign), Value(""))
    said = " ".join(words.translate(str.maketrans("", "", "'’.\0")).split())
    begins, holds = When(said_name__istartswith=said, then=0), When(said_name__icontains=said, then=1)
    return rows.alias(said_name=plain).annotate(rank=Case(begins, holds, default=2))


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
    """Every local authority that has open schools (la_code, name, schools), by name."""
    rows = Establishment.objects.visible_to(viewer).filter(is_current=True, is_open=True, is_invented=invented)
    named = rows.exclude(la_code="").values("la_code").annotate(name=Max("la_name"), schools=Count("pk"))
    return list(named.order_by("name").values_list("la_code", "name", "schools", named=True))


class TrustFound(NamedTuple):
    """A trust and how many open schools it has."""

    uid: int
    name: str
    schools: int


def trusts_matching(words: str, *, viewer: Standing, limit: int = 20, invented: bool = False) -> list[TrustFound]:
    """The trusts with those words in their names; those with most schools first."""
    wanted = words.split()[:6]
    if not wanted:
        return []
    rows = Group.objects.visible_to(viewer).filter(kind__in=TRUSTS, is_invented=invented)
    for word in wanted:
        rows = rows.filter(name__icontains=word)
    names = dict(rows.values_list("uid", "name"))
    open_now = Establishment.objects.visible_to(viewer).filter(is_current=True, is_open=True, trust_uid__in=list(names)[:2_000])
    counts = open_now.values("trust_uid").annotate(schools=Count("pk")).order_by("-schools", "trust_uid")
    rows_found = counts.values_list("trust_uid", "schools")[:limit]
    return [TrustFound(uid, names[uid], count) for uid, count in rows_found if uid is not None]


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
