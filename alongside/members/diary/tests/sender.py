"""A worker that sends dates, for the test that kills it; `planted`, the fault to be caught, sends first and notes then."""

import time

from alongside.ground.core import clock
from alongside.members.diary import actions
from alongside.members.diary.models import Diary
from alongside.members.diary.tests.make import DECIDES, SYSTEM
from alongside.members.notices.actions import sending
from alongside.members.people.models import Person
from tests.kills import Say

WORDS = {"what": "A date", "when": "16 March", "until": "16 March", "partnership": "Elm", "choices": "/", "asks": True}
WORDS |= {"has_changed": False, "place": "", "video": "", "page": ""}


def ours(person: Person) -> None:
    """As the product does."""
    actions.send_dates(person=person, by=SYSTEM)


def planted(person: Person) -> None:
    """As many a program does."""
    sending.send(template="diary/invitation.txt", to=person.email or "", person=person.pk, words=WORDS, by=SYSTEM)
    time.sleep(0.01)
    Diary.objects.update_or_create(person=person, defaults={"looked_at": clock.now()})


def live(say: Say, kind: str) -> None:
    """Look at everybody until each was looked at; two workers at once, over the same people."""
    act = {"ours": ours, "planted": planted}[kind]
    with clock.at(clock.start_of(DECIDES.replace(day=8), 9)):
        while people := list(Person.objects.exclude(diary__looked_at__isnull=False).order_by("pk")[:10]):
            for person in people:
                say()
                act(person)
