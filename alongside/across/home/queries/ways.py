"""The way about: the doors of a partnership for one person, and what stands behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.urls import resolve, reverse

from alongside.ground.core.audience import IN_OFFICE, Audience
from alongside.ground.core.declaration import Door, Figures, Place
from alongside.ground.core.standing import Power, Standing
from alongside.ground.web import declared
from alongside.ground.web.addresses import audience_of
from alongside.members.partnerships.models import Partnership

ANY = "a-partnership"  # stands for a partnership's slug in the patterns that are kept
WITHHELD = "Shown after your second factor"


@dataclass(frozen=True)
class Shown:
    """One place behind a door: its name and address, what is done there, and what stands in it now."""

    label: str
    href: str
    about: str
    stands: str


@dataclass(frozen=True)
class Way:
    """A door as the bar of a page shows it, and whether the page is behind it."""

    label: str
    href: str
    is_here: bool


class Back(NamedTuple):
    """One step back: where it leads, in words."""

    label: str
    href: str


def places_for(door: Door, *, partnership: str, viewer: Standing) -> list[Place]:
    """What stands behind a door for this person."""
    return [place for place in declared.places(door) if is_for(place.page, partnership, viewer)]


def is_for(page: str, partnership: str, viewer: Standing) -> bool:
    """Whether a page of a partnership is meant for the viewer, as its address says; the page itself decides who comes in."""
    audience = audience_at(page)
    if audience is Audience.MANAGER:
        return viewer.can(Power.RUN, partnership=partnership)
    return audience not in IN_OFFICE or viewer.runs(partnership)


@cache
def audience_at(page: str) -> Audience | None:
    """For whom the page of that name is, whose address takes nothing but a partnership's slug."""
    return audience_of(resolve(_pattern(page)).func)


@cache
def _pattern(page: str, *rest: str) -> str:
    return reverse(page, args=[ANY, *rest])


def ways(slug: str, path: str, *, partnership: str, viewer: Standing) -> list[Way]:
    """The doors behind which something stands for this person, and through which of them the page at `path` is."""
    found = {door: places_for(door, partnership=partnership, viewer=viewer) for door in Door}
    here = _door_of(path, slug)
    return [Way(door.label, address_of(door, slug), door is here) for door, places in found.items() if places]


def way_back(slug: str, path: str, *, partnership: str, viewer: Standing) -> Back | None:
    """One step back from the page at `path`: from what a door lists to the door, from any other page of a room to what the door
    lists of that room; nothing where the viewer has neither."""
    if path in {address_of(door, slug) for door in Door}:
        return None
    known = {
        _address_at(place.page, slug): (door, place)
        for door in Door
        for place in places_for(door, partnership=partnership, viewer=viewer)
    }
    if path in known:
        door, _ = known[path]
        return Back(door.label, address_of(door, slug))
    root = _address_at("membership:prospectus", slug)
    above = [address for address in known if address != root and path.startswith(address)]
    room = path.removeprefix(root).partition("/")[0]
    beside = [address for address in known if room and address.startswith(f"{root}{room}/")]
    found = max(above, key=len) if above else next(iter(beside), None)
    return Back(known[found][1].label, found) if found else None


def address_of(door: Door, slug: str) -> str:
    """Our year is a page of its own; every other door leads to the list of what stands behind it."""
    found = _pattern("home:overview") if door is Door.OUR_YEAR else _pattern("home:door", door)
    return found.replace(ANY, slug)


def _address_at(page: str, slug: str) -> str:
    return _pattern(page).replace(ANY, slug)


def _door_of(path: str, slug: str) -> Door | None:
    """The door of the place whose address begins the page's own; else of the first place of the same room, as for an invoice."""
    known = {address_of(door, slug): door for door in Door}
    for door in Door:
        known |= {_address_at(place.page, slug): door for place in declared.places(door)}
    root = _address_at("membership:prospectus", slug)  # every page of the partnership begins with it
    begun = [address for address in known if path == address or (address != root and path.startswith(address))]
    if begun:
        return known[max(begun, key=len)]
    room = path.removeprefix(root).partition("/")[0]
    return next((door for address, door in known.items() if room and address.startswith(f"{root}{room}/")), None)


def _is_about_money(place: Place) -> bool:
    return declared.is_sensitive(place.page)


def door_page(door: Door, partnership: Partnership, *, viewer: Standing) -> Sequence[Shown]:
    """Behind one door: each place with what stands in it now, its figures read in one query for all places."""
    for_them = places_for(door, partnership=partnership.pk, viewer=viewer)
    shows = viewer.sees_money_of(partnership.pk)
    there = [
        (one, one.stands(partnership=partnership, viewer=viewer) if shows or not _is_about_money(one) else WITHHELD)
        for one in for_them
    ]
    places, stands = [one for one, now in there if now is not None], [now for _, now in there if now is not None]
    parts = {f"n{n}_{name}": part for n, one in enumerate(stands) if isinstance(one, Figures) for name, part in one.parts.items()}
    read: dict[str, Any] = Partnership.objects.filter(pk=partnership.pk).annotate(**parts).values(*parts).get() if parts else {}
    words = [
        one.words(**{name: read[f"n{n}_{name}"] for name in one.parts}) if isinstance(one, Figures) else one
        for n, one in enumerate(stands)
    ]
    return [
        Shown(place.label, _address_at(place.page, partnership.slug), place.about, now)
        for place, now in zip(places, words, strict=True)
    ]
