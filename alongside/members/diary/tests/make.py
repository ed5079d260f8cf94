"""Dates of a head, what was sent of them, and what the programs of schools answer."""

import base64
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from icalendar import Calendar

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.web.mail import message_id
from alongside.members.diary import actions
from alongside.members.membership.actions import answering as membership
from alongside.members.membership.rules.answers import SubjectTo
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.tags import tagged
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.schools.models import School

SYSTEM = Standing.system()
REPLIES = Path(__file__).parent / "data" / "replies"
DECIDES = date(2022, 3, 16)
CALENDAR = re.compile(rb"(BEGIN:VCALENDAR\r\n.*?END:VCALENDAR\r\n)", re.DOTALL)


def decides(place: Partnership, school: School, by: Standing, on: date = DECIDES) -> None:
    """A school's governors decide on a day: a date of its head."""
    membership.say_subject(partnership=place, school=school, to=SubjectTo.GOVERNORS, on=on, by=by)


def head(place: Partnership, urn: int = 990_001, on: date = DECIDES, named: str = "") -> tuple[Person, School]:
    """The head of a school whose governors decide on a day."""
    school = make.school(urn, named)
    make.asking.ask_schools(partnership=place, schools=[school], by=SYSTEM)
    who = make.person(f"Ann {urn}", Post.HEAD, school=school)
    decides(place, school, who, on)
    return Person.objects.get(pk=who.person), school


def sent(person: Person, at: datetime | None = None) -> int:
    """What goes out to somebody's diary, on the day on which the test lives or at a moment."""
    if at is None:
        return actions.send_dates(person=person, by=SYSTEM)
    with clock.at(at):
        return actions.send_dates(person=person, by=SYSTEM)


def mails(person: Person) -> list[Notice]:
    """The messages to somebody's diary, in order."""
    return list(Notice.objects.filter(person=person.pk, kind__startswith="diary.").order_by("written_at"))


def parts(person: Person) -> list[Any]:
    """The calendars in them."""
    return [Calendar.from_ical(one.calendar) for one in mails(person)]


def reply(file: str, notice: Notice, **facts: object) -> bytes:
    """What a program answers to an invitation of ours, as it is in the file: encoded as the file says."""
    event = Calendar.from_ical(notice.calendar).walk("VEVENT")[0]
    said = {
        "FROM": notice.to, "UID": event["uid"], "SEQUENCE": event["sequence"], "STAMP": "20220308T101500Z",
        "TO": str(event["organizer"]).removeprefix("mailto:"), "ABOUT": message_id(notice.pk).strip("<>"), **facts,
    }  # fmt: skip
    raw = (REPLIES / file).read_bytes()
    for name, value in said.items():
        raw = raw.replace(f"@{name}@".encode(), str(value).encode())
    pieces = CALENDAR.split(raw)
    for at in range(1, len(pieces), 2):
        if b"base64" in pieces[at - 1].rpartition(b"\r\n--")[2]:
            pieces[at] = base64.encodebytes(pieces[at]).replace(b"\n", b"\r\n")
    return b"".join(pieces)


def door(notice: Notice) -> str:
    """The address to which answers to an invitation go."""
    return tagged(settings.ANSWERS_TO, notice.pk, settings.SECRET_KEY)


def answering(notice: Notice, comment: str, at: datetime) -> str:
    """The plainest calendar in which somebody declines."""
    event = Calendar.from_ical(notice.calendar).walk("VEVENT")[0]
    inside = [
        f"UID:{event['uid']}", f"SEQUENCE:{event['sequence']}", f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}", f"COMMENT:{comment}",
        f"ATTENDEE;PARTSTAT=DECLINED:mailto:{notice.to}",
    ]  # fmt: skip
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "METHOD:REPLY", "BEGIN:VEVENT", *inside, "END:VEVENT", "END:VCALENDAR"]
    return "\r\n".join([*parts, ""])
