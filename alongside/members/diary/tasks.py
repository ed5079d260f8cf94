"""What comes again, and what follows a choice."""

from datetime import timedelta

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, one_by_one
from alongside.members.diary import actions, queries
from alongside.members.diary.rules import is_time
from alongside.members.people.models import Person

PERIODIC = (Periodic("send_due", every=timedelta(minutes=5)),)
AT_A_TIME = 2_000


def send_due() -> None:
    """Look whose dates have to go out, on weekdays from morning to evening: each person's once an hour."""
    if is_time(clock.now()):
        people = queries.to_look_at(AT_A_TIME, viewer=Standing.system())
        one_by_one(people, lambda person: actions.send_dates(person=person, by=Standing.system()))


def look_at(person_id: str) -> None:
    """Somebody has said how dates come to them: what follows goes out at once."""
    if person := Person.objects.filter(pk=person_id).first():
        actions.send_dates(person=person, by=Standing.system())
