"""Dates as calendar programs read them: iCalendar, in London's time with its zone. Imported only where used, with its library."""

from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from alongside.ground.core.clock import LONDON
from alongside.ground.core.dated import Dated

FORWARD, BACK = datetime.fromisoformat("1996-03-31T01:00"), datetime.fromisoformat("1996-10-27T02:00")
HOST = "alongside.invalid"  # UIDs stay the same when an installation moves to another address


def calendar(method: str, *, with_zone: bool) -> Calendar:
    """A calendar without events yet. `method` says what the reader is to do with it: RFC 5546."""
    made = Calendar()
    made.add("prodid", "-//Alongside//Our year//EN")
    made.add("version", "2.0")
    made.add("method", method)
    made.add("calscale", "GREGORIAN")
    if with_zone:
        made.add_component(_zone())
    return made


def event(uid: str, when: Any, *, told_at: datetime, sequence: int) -> Event:
    """An event without words yet: what it is known by, how often it changed, and its days or hours.

    `when` is the thing itself, or what is remembered of it.
    """
    made = Event()
    made.add("uid", f"{uid}@{HOST}")
    made.add("dtstamp", told_at.astimezone(UTC).replace(microsecond=0))
    made.add("last-modified", told_at.astimezone(UTC).replace(microsecond=0))
    made.add("sequence", sequence)
    if when.starts_at is not None:
        start, end = _local(when.starts_at, when.ends_at or when.starts_at + timedelta(hours=1))
        made.add("dtstart", start)
        made.add("dtend", end)
    else:
        made.add("dtstart", when.first_on)
        made.add("dtend", when.last_on + timedelta(days=1))  # iCalendar's end is the day after
        made.add("transp", "TRANSPARENT")
    return made


def describe(made: Event, thing: Dated, address: str) -> None:
    """Say in the event what it is, whose, where people meet or how they join, and where its page is."""
    made.add("summary", thing.words)
    made.add("status", "CANCELLED" if thing.is_cancelled else "CONFIRMED")
    if where := thing.place or thing.video:
        made.add("location", where)
    video = f"By video: {thing.video}" if thing.video else ""
    lines = [thing.partnership, video, address + thing.href if thing.href else ""]
    if text := "\n".join(line for line in lines if line):
        made.add("description", text)
    if thing.href:
        made.add("url", address + thing.href)
    if thing.partnership:
        made.add("categories", [thing.partnership])


def publish(made: Event, *, organiser: tuple[str, str]) -> None:
    """Say in the event whose it is (name, address): to be put into a calendar, and answered by nobody. RFC 5546 section 3.2.1.

    Outlook shows a whole day as free; Google and Apple read past what begins with X-.
    """
    made.add("organizer", vCalAddress(f"mailto:{organiser[1]}"), parameters={"CN": organiser[0]})
    if "transp" in made:  # of whole days
        made.add("x-microsoft-cdo-alldayevent", "TRUE")
        made.add("x-microsoft-cdo-busystatus", "FREE")


def invite(made: Event, *, organiser: tuple[str, str], guest: tuple[str, str], says: str, is_asked: bool) -> None:
    """Say in the event who invites and who is invited (name, address of each), how the guest stands (`says`: PARTSTAT), and
    whether an answer is asked for. Outlook proposes no other time.
    """
    publish(made, organiser=organiser)
    about = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": says, "RSVP": "TRUE" if is_asked else "FALSE"}
    made.add("attendee", vCalAddress(f"mailto:{guest[1]}"), parameters={**about, "CN": guest[0]})
    made.add("x-microsoft-disallow-counter", "TRUE")


def _local(start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Both in London's time; in UTC when one lies in the hour that the clocks repeat, which no local time can tell apart."""
    local = start.astimezone(LONDON), end.astimezone(LONDON)
    return (start.astimezone(UTC), end.astimezone(UTC)) if any(one.fold for one in local) else local


def _zone() -> Timezone:
    """London's clocks since 1996: forward on the last Sunday of March at 1 o'clock, back on the last of October at 2."""
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    for part, onset, month, before, after, name in (
        (TimezoneDaylight(), FORWARD, 3, timedelta(), timedelta(hours=1), "BST"),
        (TimezoneStandard(), BACK, 10, timedelta(hours=1), timedelta(), "GMT"),
    ):
        part.add("dtstart", onset)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
