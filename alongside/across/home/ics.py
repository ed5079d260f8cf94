"""A calendar link's text, and the dates of an export."""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Event, vDuration

from alongside.across.home.rules.feeds import FeedLine
from alongside.ground.web import ics


def written(entries: Iterable[FeedLine], *, name: str, address: str) -> bytes:
    """The calendar as text; the same entries always give the same text."""
    calendar = ics.calendar("PUBLISH", with_zone=True)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/London")
    calendar.add("refresh-interval", vDuration(timedelta(hours=4)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for entry in entries:
        calendar.add_component(_event(entry, address))
    return bytes(calendar.to_ical())


def _event(entry: FeedLine, address: str) -> Event:
    known = entry.of
    event = ics.event(known.uid, known, told_at=known.changed_at, sequence=known.sequence)
    if entry.thing is None:
        event.add("summary", "No longer in your calendar")
        event.add("status", "CANCELLED")
    else:
        ics.describe(event, entry.thing, address)
    return event
