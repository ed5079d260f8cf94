"""Dates as calendar programs read them: iCalendar, in London's time with its zone."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDuration

from alongside.across.home.rules.feeds import FeedLine
from alongside.ground.core.clock import LONDON

HOST = "alongside.invalid"  # UIDs stay the same when an installation moves to another address
FORWARD, BACK = datetime.fromisoformat("1996-03-31T01:00"), datetime.fromisoformat("1996-10-27T02:00")


def written(entries: Iterable[FeedLine], *, name: str, address: str) -> bytes:
    """The calendar as text; the same entries always give the same text."""
    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//Our year//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", vDuration(timedelta(hours=4)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(_event(entry, address))
    return bytes(calendar.to_ical())


def _event(entry: FeedLine, address: str) -> Event:
    known, thing = entry.of, entry.thing
    event = Event()
    event.add("uid", f"{known.uid}@{HOST}")
    event.add("dtstamp", known.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", known.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", known.sequence)
    if known.starts_at is not None:
        start, end = _local(known.starts_at, known.ends_at or known.starts_at + timedelta(hours=1))
        event.add("dtstart", start)
        event.add("dtend", end)
    else:
        event.add("dtstart", known.first_on)
        event.add("dtend", known.last_on + timedelta(days=1))  # iCalendar's end is the day after
        event.add("transp", "TRANSPARENT")
    if thing is None:
        event.add("summary", "No longer in your calendar")
        event.add("status", "CANCELLED")
        return event
    event.add("summary", thing.words)
    event.add("status", "CANCELLED" if thing.is_cancelled else "CONFIRMED")
    lines = [thing.partnership, address + thing.href if thing.href else ""]
    if text := "\n".join(line for line in lines if line):
        event.add("description", text)
    if thing.href:
        event.add("url", address + thing.href)
    if thing.partnership:
        event.add("categories", [thing.partnership])
    return event


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
