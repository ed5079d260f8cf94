"""The part of a mail that calendar programs read."""

from email.utils import parseaddr

from django.conf import settings

from alongside.ground.core import clock
from alongside.ground.web import ics
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.rules import Outgoing
from alongside.members.notices.rules.tags import tagged
from alongside.members.people.models import Person


def written(row: DiaryDate, mail: Outgoing, person: Person) -> str:
    """An invitation to a date, an entry of a day by which something is wanted, or that it is taken out; where this installation
    takes answers, the organiser is the address made of the key of the message that the date was first sent with."""
    made = ics.event(row.uid, row, told_at=clock.now(), sequence=row.sequence)
    if mail.is_off:
        made.add("summary", mail.thing.words if mail.thing else "No longer in your calendar")
        made.add("status", "CANCELLED")
    elif mail.thing:
        ics.describe(made, mail.thing, settings.ADDRESS)
    door = settings.ANSWERS_TO
    address = tagged(door, row.organiser, settings.SECRET_KEY) if door else parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    says = str(row.attending) if row.attending else "NEEDS-ACTION"
    organiser, guest, asked = (row.partnership.name, address), (person.name, person.email or ""), bool(door) and not mail.is_off
    if row.is_attended:
        ics.invite(made, organiser=organiser, guest=guest, says=says, is_asked=asked)
    else:
        ics.publish(made, organiser=organiser)
    method = "CANCEL" if mail.is_off else "REQUEST" if row.is_attended else "PUBLISH"
    calendar = ics.calendar(method, with_zone=row.starts_at is not None)
    calendar.add_component(made)
    return bytes(calendar.to_ical()).decode()
