"""Who may hold a seat, from when until when."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.deciding.bodies.rules.kinds import BodyKind, BodySettings, SeatFor
from alongside.ground.core.choice import Choice
from alongside.ground.core.periods import years_later
from alongside.ground.core.words import in_a_sentence, listed, plural, short_date
from alongside.members.partnerships.rules import Belonging, Template

ENDS_SOON = timedelta(days=120)
LONG_SERVICE = 9  # years
MAINTAINED_YEARS = 4


class SeatState(Choice):
    """How a seat stands on a day."""

    FILLED = "filled", "Filled", "green"
    ACTING = "acting", "Acting", "amber"
    VACANT = "vacant", "Vacant", "blue"


@dataclass(frozen=True)
class Span:
    """From a day until a day, both included; nothing: it lasts."""

    from_on: date
    until_on: date | None

    def meets(self, other: "Span") -> bool:
        """Whether both have a day in common."""
        return (other.until_on is None or self.from_on <= other.until_on) and (
            self.until_on is None or other.from_on <= self.until_on
        )


@dataclass(frozen=True)
class OtherSeat:
    """A seat that somebody holds in the same body: its key and name, whether only for the time being."""

    seat: str
    title: str
    span: Span
    is_acting: bool = False
    is_beside: bool = False


def term_end(from_on: date, years: int | None) -> date | None:
    """A term of four years from 21 March 2022 ends on 20 March 2026; without a term the seat is held until it is given up.

    Source: evidence, section 4 (term of office).
    """
    return years_later(from_on, years) - timedelta(days=1) if years else None


def last_day(from_on: date, until_on: date | None, years: int | None, seat_until: date | None) -> date | None:
    """Somebody holds a seat until the day that was said, else until the end of its term, and not after the seat has ended.

    Source: evidence, section 4 (term of office).
    """
    term = term_end(from_on, years)
    return until_on or (min(term, seat_until or term) if term else seat_until)


def why_not_so_long(kind: BodyKind, from_on: date, until_on: date | None) -> str:
    """A governor of a maintained school serves four years at a time, at most.

    Source: SI 2012/1034 reg 18 (term of office of four years; the instrument may set a shorter one). Empty when it may be.
    """
    most = years_later(from_on, MAINTAINED_YEARS) - timedelta(days=1)
    if kind is not BodyKind.MAINTAINED or until_on is None or until_on <= most:
        return ""
    return f"A governor of a maintained school serves at most four years at a time: enter {short_date(most)} or an earlier day"


def why_not_from(span: Span, seat: Span, others: Iterable[Span], today: date) -> str:
    """A seat has one holder on every day, and none before it is there or after it has ended.

    `others` are the tenures of the seat that stand. Source: evidence H11 (no gap and no overlap). Empty when it may be.
    """
    if span.until_on and span.until_on < span.from_on:
        return "The last day cannot be before the first"
    if span.from_on > years_later(today, 2):
        return "Enter a first day within the next two years"
    if span.from_on < seat.from_on:
        return f"This seat is there from {short_date(seat.from_on)} on"
    if seat.until_on and (span.until_on is None or span.until_on > seat.until_on):
        return f"This seat ends on {short_date(seat.until_on)}: enter a last day until then"
    for other in others:
        if span.meets(other):
            until = f" until {short_date(other.until_on)}" if other.until_on else ""
            return f"Somebody holds this seat from {short_date(other.from_on)}{until}: replace them, or choose other days"
    return ""


def why_not_also(
    name: str, title: str, excluded: Collection[str], why: str, span: Span, held: Sequence[OtherSeat], *, is_beside: bool
) -> str:
    """Nobody sits on a body twice: “three other primary heads” are other than the Primary Forum's representative. Who acts as
    chair, or is chosen to chair from among the members, keeps their own seat.

    `excluded` are the seats whose holder this one must not be even then; `is_beside`: it is held beside another seat. Source:
    evidence H8 and R9 (not already on the board by another seat). Empty when they may hold it.
    """
    for other in held:
        if not span.meets(other.span):
            continue
        if other.seat in excluded:
            return f"{name} holds the seat “{other.title}”, and “{title}” is for somebody other{f': {why}' if why else ''}"
        if not (is_beside or other.is_beside or other.is_acting):
            return f"{name} sits here already, on the seat “{other.title}”: nobody sits on a body twice"
    return ""


def why_not_qualified(seat_for: SeatFor, heads_of: Collection[str] | None, settings: BodySettings) -> str:
    """A seat for primary heads is held by whoever is head of a primary school of the partnership today; whoever moves on has lost
    what the seat asks for, and stays on it until the body says otherwise.

    `heads_of` are the constituencies of the member schools of which somebody is head; nothing where that cannot be known (a name
    without an account). Source: evidence H8 (a holder who stops being a head; nursery and others fit no seat until a rule says
    so). Empty when qualified.
    """
    if not seat_for.needs_head or heads_of is None:
        return ""
    if not heads_of:
        return "Is not head of a member school"
    wanted = settings.counted(seat_for)
    if wanted and not set(wanted) & set(heads_of):
        return f"Is head of {listed(sorted(heads_of))}: the seat is for {in_a_sentence(seat_for.label)}"
    return ""


def why_address_stays(has_account: bool, has_signed_in: bool, holds_post: bool) -> str:
    """Whoever is on a body by name alone is given an address; one that was mistyped is corrected until somebody has signed in
    with it, and from then on by themselves. That of somebody with a post is the address of that post.

    Source: R2 (an address is proven by who signs in); product default. Empty when it may be entered.
    """
    if not has_account:
        return ""
    if has_signed_in:
        return "They have signed in with their address: they change it themselves, under “Signing in and security”."
    return "They hold a post here, with the address of that post: it is corrected where that is kept." if holds_post else ""


def who_comes_by_post(belongs: Belonging, template: Template, schools: int, heads: int) -> str:
    """Where heads sit by their post nobody is entered: the seat says whose heads they are, and why none is there yet.

    Source: evidence H9 and R9 (a Headboard of all heads); decision of the office about who joins: signing, or admitting a school.
    """
    signs = belongs is Belonging.MEMBER and template is Template.LEARNING
    kind = "school that has signed" if signs else f"{belongs} school"
    came = "has signed" if signs else "is there"
    if heads:
        why = ""
    elif schools:
        why = f"; of {plural(schools, 'such school')} no head is here yet"
    else:
        why = f"; no school {came} yet" if signs else f"; no {kind} {came} yet"
    return f"Each head of {'an' if kind[0] in 'aeiou' else 'a'} {kind} sits here by itself{why}"


def ends_soon(until_on: date | None, on: date) -> bool:
    """A term that ends within four months is shown, so that there is time to fill the seat.

    Source: R8, terms ending are visible at once; product default.
    """
    return until_on is not None and on <= until_on <= on + ENDS_SOON


def long_served(tenures: Iterable[tuple[str, Span]], on: date) -> list[tuple[str, date]]:
    """After nine years on a body it is time to think of a successor: who sits there on the day, and has for so long without a
    year's break.

    `tenures` are (name, from when until when) of everybody who ever sat there. Source: evidence, section 4 (Charity Governance
    Code, nine years).
    """
    spans: dict[str, list[Span]] = {}
    for name, span in tenures:
        spans.setdefault(name, []).append(span)
    now = {name: _without_gap(held, on) for name, held in spans.items() if any(map(Span(on, on).meets, held))}
    return sorted((name, first) for name, first in now.items() if years_later(first, LONG_SERVICE) <= on)


def _without_gap(held: Iterable[Span], on: date) -> date:
    """The first day of a stretch that reaches to the day."""
    first = on
    for one in sorted(held, key=lambda each: each.until_on or date.max, reverse=True):
        if one.until_on is None or years_later(one.until_on, 1) >= first:
            first = min(first, one.from_on)
    return first
