"""A body's people as another list has them: which line puts whom on which seat, and what to do about the others."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from alongside.deciding.bodies.rules.columns import MEANINGS, MOST_WORDS, VACANT, SeatKnown, kinds_of, pieces, seats_named
from alongside.deciding.bodies.rules.holding import OtherSeat, Span, last_day, why_not_also, why_not_from
from alongside.ground.core.addresses import ANYBODYS, tidy_address, wrong_with_address
from alongside.ground.core.columns import LookedAt, ReadSheet, Remark, said_by
from alongside.ground.core.days import day_in
from alongside.ground.core.words import listed, plural, short_date
from alongside.ground.search.rules.writing import fold
from alongside.members.people.rules.bulk import is_no_name, may_be_one


@dataclass(frozen=True)
class TimeKnown:
    """That somebody holds, or held, a seat; their address where they sign in."""

    seat: str
    holder: str
    name: str
    email: str
    span: Span
    is_acting: bool = False
    has_account: bool = False


@dataclass(frozen=True)
class BodyKnown:
    """What the lines are held against: the seats in order, who holds them from when until when, what these have stated."""

    seats: Sequence[SeatKnown]
    held: Sequence[TimeKnown]
    entries: frozenset[tuple[str, str, str]]  # (holder, kind, words)
    today: date


@dataclass(frozen=True)
class PersonLine:
    """A line that is right: who (`holder`, where they are known), on which seat from when until when, with what they stated.
    `sits`: they are put there now, or are there already and only something is added; `adds_address`: they were here by name."""

    number: int
    name: str
    email: str
    holder: str
    seat: str
    title: str
    from_on: date
    until_on: date | None
    rests_on: str = ""
    sits: bool = True
    entries: tuple[tuple[str, str], ...] = ()
    is_over: bool = False
    keeps_address: bool = True
    adds_address: bool = False


class _Passed(str):
    """What is said of a line that needs nothing."""


@dataclass
class _Planned:
    """What the lines before have done: who holds what (with the line), and whom addresses mean."""

    times: dict[str, list[TimeKnown]] = field(default_factory=lambda: defaultdict(list))
    by_seat: dict[str, list[tuple[int, TimeKnown]]] = field(default_factory=lambda: defaultdict(list))
    called: dict[str, tuple[int, str]] = field(default_factory=dict)
    named: dict[str, list[SeatKnown]] = field(default_factory=dict)
    said: dict[tuple[str, str, date, date | None], int] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)  # by name until a line before


def look_at_people(sheet: ReadSheet, known: BodyKnown) -> LookedAt[PersonLine]:
    """Every line of a list puts somebody on a seat, changes nothing, or is named with its remedy; one that cannot be stops all.

    Source: issue 9, brought along; reliability.md section 2 (half-finished import).
    """
    looked, planned = LookedAt[PersonLine](wrong=list(sheet.wrong)), _Planned()
    addresses = _addresses(sheet)
    for number, cells in sheet.lines:
        made = _look_at(number, cells, known, planned, addresses)
        if isinstance(made, PersonLine):
            looked.ready.append(made)
        else:
            (looked.needless if isinstance(made, _Passed) else looked.wrong).append(Remark(number, said_by(cells), str(made)))
    looked.wrong.sort(key=lambda one: one.number)
    return looked


def _addresses(sheet: ReadSheet) -> dict[str, str]:
    """The one address that a name has anywhere in the sheet, so that who stands there twice is one person."""
    found = defaultdict[str, set[str]](set)
    for _, cells in sheet.lines:
        if email := tidy_address(cells.get("email", "")):
            found[fold(_name(cells))].add(email)
    return {name: emails.pop() for name, emails in found.items() if len(emails) == 1}


def _name(cells: Mapping[str, str]) -> str:
    parts = f"{cells.get('first_name', '')} {cells.get('last_name', '')}" if "last_name" in cells else ""
    return " ".join(parts.split()) or " ".join(cells.get("name", "").split())


def _look_at(
    number: int, cells: Mapping[str, str], known: BodyKnown, planned: _Planned, addresses: Mapping[str, str]
) -> PersonLine | str:
    name = _name(cells)
    email = tidy_address(cells.get("email", "")) or addresses.get(fold(name), "")
    if fold(name) in VACANT:
        return _Passed("A vacancy: nobody to bring")
    first, other = planned.called.setdefault(email, (number, name)) if email else (number, name)
    if not (why := _wrong_name(name, email) or _wrong_words(cells)) and not may_be_one(name, other):
        why = f"Line {first} gives {email} to {other[:40]}: enter an address of each person’s own"
    days, seats = _days(cells), planned.named.get(cells["seat"])
    if seats is None:
        seats = planned.named[cells["seat"]] = seats_named(cells["seat"], known.seats)
    if why or isinstance(days, str):
        return why or str(days)
    holder, unclear = _holder(name, email, known.held)
    if why := _wrong_seats(cells["seat"], seats, known) or unclear:
        return why
    made = _placed(number, holder or email or fold(name), name, days, seats, known, planned)
    if isinstance(made, str):
        return made
    seat, span, sits = made
    entries = [(kind, words) for kind in ("interest", "training") for words in pieces(cells.get(kind, ""))]
    is_over = span.until_on is not None and span.until_on < known.today
    new = () if is_over else tuple(one for one in entries if (holder, *one) not in known.entries)
    theirs = [one for one in known.held if one.holder == holder]
    lacks = bool(email and theirs) and not any(one.email for one in theirs)
    sits_on = not is_over or any(one.span.until_on is None or one.span.until_on >= known.today for one in theirs)
    adds = lacks and sits_on and holder not in planned.given and not any(one.has_account for one in theirs)
    if not sits and not new and not adds:
        return _Passed(f"{name} holds “{seat.title}” for the same days already")
    if adds:
        planned.given.add(holder)
    return PersonLine(
        number, name, email, holder, seat.key, seat.title, span.from_on, span.until_on, cells.get("rests_on", ""), sits, new,
        is_over, not lacks or holder in planned.given, adds,
    )  # fmt: skip


def _wrong_name(name: str, email: str) -> str:
    if not name:
        return "The name is missing: enter it, or take the line out"
    if len(name) > 120:
        return "Enter the person’s name, in at most 120 letters"
    if is_no_name(name):
        return f"“{name[:40]}” is not a name: enter the person’s, or take the line out"
    return wrong_with_address(email, ANYBODYS) if email else ""


def _wrong_words(cells: Mapping[str, str]) -> str:
    """What is too long to be kept, by its column."""
    titles = {one.key: one.title for one in MEANINGS}
    for kind, most in MOST_WORDS.items():
        longest = max(map(len, pieces(cells.get(kind, ""))), default=0)
        if longest > most:
            return f"{titles[kind]}: {longest:,} letters in one. Shorten it to {most}, or divide it by semicolons"
    return ""


def _days(cells: Mapping[str, str]) -> Span | str:
    """The days of a line, as they stand there; without a last day, the term says it later."""
    if not cells["from_on"]:
        return "First day: it is missing. Enter the day from which they hold the seat"
    first = day_in(cells["from_on"], "First day")
    text, what = (cells["left_on"], "Day they left") if cells.get("left_on") else (cells.get("until_on", ""), "Last day")
    last = day_in(text, what) if text else None
    if isinstance(first, str) or isinstance(last, str):
        return first if isinstance(first, str) else str(last)
    if last and last < first:
        return f"{what}: {short_date(last)} is before the first day, {short_date(first)}. Correct one of them"
    return Span(first, last)


def _wrong_seats(text: str, seats: Sequence[SeatKnown], known: BodyKnown) -> str:
    if not text:
        return "The seat is missing: enter what it is called"
    if not seats:
        kinds = ", ".join(f"“{one}”" for one in kinds_of(known.seats)[:20])
        return f"No seat here is called “{text[:60]}”: write it as one of {kinds}, or add the seat first"
    if len(set(kinds_of(seats))) > 1:
        return f"“{text[:60]}” may be {listed([f'“{one}”' for one in kinds_of(seats)], 'or')}: write which"
    if seats[0].is_by_post:
        return _Passed(f"Whoever holds the post sits on “{seats[0].title}” by that fact: nobody is brought there")
    return ""


def _holder(name: str, email: str, held: Sequence[TimeKnown]) -> tuple[str, str]:
    """Who is here already under that address, or that name (nothing: somebody new); and why that cannot be told."""
    if found := next((one.holder for one in held if email and one.email == email), ""):
        return found, ""
    same = {one.holder: one for one in held if fold(one.name) == fold(name)}
    if len(same) > 1:
        return "", f"Several people called {name} are here: enter the e-mail address of whom you mean"
    one = next(iter(same.values()), None)
    if one and email and one.email:
        way = "Leave the address out if it is the same person, or write the name with a second one"
        return "", f"Somebody called {name} is here with another e-mail address. {way}"
    return (one.holder if one else ""), ""


def _placed(
    number: int, who: str, name: str, days: Span, seats: Sequence[SeatKnown], known: BodyKnown, planned: _Planned
) -> tuple[SeatKnown, Span, bool] | str:
    """The seat and days that a line asks for, and whether somebody is put there now; or why it cannot be."""
    first, last = days.from_on, days.until_on
    spans = {one.key: Span(first, last_day(first, last, one.term_years, one.span.until_on)) for one in seats}
    for seat in seats:
        if any(one.seat == seat.key and one.holder == who and one.span == spans[seat.key] for one in known.held):
            return seat, spans[seat.key], False
    kind = kinds_of(seats)[0]
    if (before := planned.said.setdefault((who, kind, first, last), number)) != number:
        return f"The same as line {before}: take one of them out"
    whys = dict[str, str]()
    for seat in seats:
        whys[seat.key] = why = _why_not(seat, spans[seat.key], known, planned)
        if not why:
            if why := _why_not_also(who, name, seat, spans[seat.key], known, planned):
                return why
            time = TimeKnown(seat.key, who, name, "", spans[seat.key])
            planned.times[who].append(time)
            planned.by_seat[seat.key].append((number, time))
            return seat, spans[seat.key], True
    if len(seats) == 1:
        return whys[seats[0].key]
    return f"None of the {len(seats)} seats “{kind}” is free on all these days. {'. '.join(dict.fromkeys(whys.values()))}"


def _why_not(seat: SeatKnown, span: Span, known: BodyKnown, planned: _Planned) -> str:
    """Why nobody can be put on the seat on those days: who acts there makes way."""
    for number, one in planned.by_seat[seat.key]:
        if one.span.meets(span):
            return f"Line {number} gives “{seat.title}” to {one.name} on some of these days: correct the days of one, or its seat"
    stands = [one for one in known.held if one.seat == seat.key and not (one.is_acting and one.span.from_on < span.from_on)]
    clash = next((one for one in stands if one.span.meets(span)), None)
    if clash:
        until = f" until {short_date(clash.span.until_on)}" if clash.span.until_on else ""
        held = f"{clash.name} holds “{seat.title}” from {short_date(clash.span.from_on)}{until}"
        return f"{held}: correct the days in the sheet, or theirs on the page of the body"
    if span.from_on < seat.span.from_on:
        begins = f"“{seat.title}” is there from {short_date(seat.span.from_on)} on"
        return f"{begins}: enter that day as the first, or make the body from an earlier day"
    return why_not_from(span, seat.span, [], known.today)


def _why_not_also(who: str, name: str, seat: SeatKnown, span: Span, known: BodyKnown, planned: _Planned) -> str:
    """Why somebody who sits here by another seat cannot hold this one too."""
    by_key = {one.key: one for one in known.seats}
    times = [*(one for one in known.held if one.holder == who), *planned.times[who]]
    held = [
        OtherSeat(one.seat, by_key[one.seat].title, one.span, one.is_acting, not by_key[one.seat].is_place)
        for one in times if one.seat in by_key
    ]  # fmt: skip
    against = [by_key[one.seat] for one in held if seat.key in by_key[one.seat].others]
    why = seat.other_why or next((one.other_why for one in against), "")
    excluded = seat.others | {one.key for one in against}
    return why_not_also(name, seat.title, excluded, why, span, held, is_beside=not seat.is_place)


def words_of_people(looked: LookedAt[PersonLine]) -> str:
    """What the page says above its button: how many are put on a seat, how much is written down, who gets an address.

    Source: issue 9, brought along.
    """
    sits, entries = sum(one.sits for one in looked.ready), sum(len(one.entries) for one in looked.ready)
    said = [f"{plural(sits, 'seat')} would be filled"] if sits else []
    if entries:
        said.append(f"{plural(entries, 'interest or course', 'interests and courses')} written down")
    if addresses := sum(one.adds_address for one in looked.ready):
        said.append(f"{plural(addresses, 'address', 'addresses')} added")
    return ", ".join(said)
