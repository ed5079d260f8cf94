"""A process that writes the mails of the week, for the test that kills it. `planted` is the fault that must be caught: it writes
first and notes then that it has."""

from datetime import date

from alongside.across.monday import actions, queries
from alongside.across.monday.models import WeekMail
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.notices.actions.gathering import write_week
from alongside.members.people.models import Person
from tests.kills import Say

SYSTEM, MONDAY = Standing.system(), date(2022, 3, 14)


def ours(person: str) -> None:
    """As the product does."""
    actions.write_mail(person=person, by=SYSTEM)


def planted(person: str) -> None:
    """As many a program does."""
    found = Person.objects.get(pk=person)
    words = queries.week_of(viewer=Standing(person=person)).words | {"addressee": found.name}
    write_week(person=person, to=str(found.email), words=words, tells_of=[], at=clock.now(), by=SYSTEM)
    WeekMail.objects.update_or_create(person=found, defaults={"last_on": clock.today()})


def live(say: Say, kind: str) -> None:
    """Write until nobody's is left."""
    act = {"ours": ours, "planted": planted}[kind]
    with clock.at(clock.start_of(MONDAY, 7)):
        while left := queries.whose_mail_goes(MONDAY, viewer=SYSTEM):
            for one in left[:20]:
                say()
                act(one)
