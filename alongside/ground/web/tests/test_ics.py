"""What we write, calendar programs read: through icalendar, through dateutil's own reader of zones, and line by line."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from alongside.ground.core.clock import LONDON
from alongside.ground.core.dated import Dated
from alongside.ground.web import ics

AT = datetime(2022, 3, 8, 12, tzinfo=UTC)
WORDS = "Café; “heads, chairs” and everybody else who has ever asked for it\nin two lines, so that the line is folded"
GUEST = ("Ann O’Koro: head, “acting”", "head@oak.example")


def written(starts_at: datetime | None = None, days: int = 1, **facts: Any) -> str:
    first = starts_at.astimezone(LONDON).date() if starts_at else date(2022, 3, 18)
    until = starts_at + timedelta(minutes=90) if starts_at else None
    thing = Dated(
        "x/y/z", "x.y", WORDS, "/p/elm/", "blue", "elm", "Elm", first, first + timedelta(days=days - 1), starts_at, until
    )
    event = ics.event(thing.uid, thing, told_at=AT, sequence=3)
    ics.describe(event, thing, "https://elm.example")
    said = {
        "organiser": ("Elm: the partnership", "answers+k@elm.example"),
        "guest": GUEST,
        "says": "NEEDS-ACTION",
        "is_asked": True,
    }
    ics.invite(event, **{**said, **facts})
    calendar = ics.calendar("REQUEST", with_zone=starts_at is not None)
    calendar.add_component(event)
    return calendar.to_ical().decode()


def lines(text: str) -> dict[str, str]:
    """Its lines without a library: unfolded, by name; of a line twice the last."""
    assert "\n" not in text.replace("\r\n", "") and all(len(one.encode()) <= 75 for one in text.split("\r\n"))
    found = {}
    for line in text.replace("\r\n ", "").split("\r\n"):
        quoted = "".join("_" if '"' in line[:at] and line[:at].count('"') % 2 else sign for at, sign in enumerate(line))
        at = quoted.find(":")
        found[quoted[:at].partition(";")[0]] = line[at + 1 :]
    return found


def test_a_whole_day_reads_back_the_same_both_ways() -> None:
    text = written(days=3)
    [event], plain = Calendar.from_ical(text).walk("VEVENT"), lines(text)
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2022, 3, 18), date(2022, 3, 21))
    assert (plain["DTSTART"], plain["DTEND"]) == ("20220318", "20220321") and "DTSTART;VALUE=DATE:" in text
    assert str(event["summary"]) == WORDS
    assert plain["SUMMARY"].replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";") == WORDS
    assert (plain["UID"], plain["SEQUENCE"], plain["DTSTAMP"]) == (str(event["uid"]), "3", "20220308T120000Z")
    assert (plain["METHOD"], plain["TRANSP"], plain["X-MICROSOFT-CDO-BUSYSTATUS"]) == ("REQUEST", "TRANSPARENT", "FREE")
    assert (plain["ATTENDEE"], plain["ORGANIZER"]) == ("mailto:head@oak.example", "mailto:answers+k@elm.example")
    assert event["attendee"].params["RSVP"] == "TRUE" and "O’Koro" in event["attendee"].params["CN"]
    assert "VTIMEZONE" not in text


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2022, 1, 10, 16, tzinfo=UTC),
        datetime(2022, 7, 4, 15, tzinfo=UTC),
        datetime(2022, 3, 27, 0, 30, tzinfo=UTC),  # until after the clocks go forward
        datetime(2022, 3, 27, 1, 0, tzinfo=UTC),
        datetime(2022, 10, 29, 23, 0, tzinfo=UTC),
        datetime(2022, 10, 30, 0, 30, tzinfo=UTC),  # until into the hour that comes twice
        datetime(2022, 10, 30, 1, 30, tzinfo=UTC),
        datetime(2022, 12, 31, 23, 30, tzinfo=UTC),
    ],
)
def test_a_time_of_day_is_the_same_moment_in_two_readers(starts_at: datetime) -> None:
    """dateutil reads the zone that we send with it, and knows nothing of London otherwise."""
    text = written(starts_at)
    [event], plain = Calendar.from_ical(text).walk("VEVENT"), lines(text)
    assert event["dtstart"].dt.astimezone(UTC) == starts_at
    assert event["dtend"].dt.astimezone(UTC) == starts_at + timedelta(minutes=90)
    zone = tzical(io.StringIO(text.replace("\r\n ", ""))).get("Europe/London")
    for name, moment in (("DTSTART", starts_at), ("DTEND", starts_at + timedelta(minutes=90))):
        told = plain[name]
        if told.endswith("Z"):
            read = datetime.strptime(told, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        else:
            assert f"{name};TZID=Europe/London:" in text
            read = datetime.strptime(told, "%Y%m%dT%H%M%S").replace(tzinfo=zone)
        assert read.astimezone(UTC) == moment
    assert "X-MICROSOFT-CDO-ALLDAYEVENT" not in text


def test_who_is_not_asked_and_who_has_answered() -> None:
    [event] = Calendar.from_ical(written(says="ACCEPTED", is_asked=False)).walk("VEVENT")
    assert (event["attendee"].params["PARTSTAT"], event["attendee"].params["RSVP"]) == ("ACCEPTED", "FALSE")
