"""Writing the mails of the week."""

from datetime import timedelta

from django.db import transaction

from alongside.across.monday.models import WeekMail
from alongside.across.monday.queries import week_of
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.calendar.rules.days import MORNING
from alongside.members.notices.actions.gathering import write_week
from alongside.members.notices.models import Notice
from alongside.members.notices.queries.returned import mail_that_came_back
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of


@transaction.atomic
def write_mail(*, person: str, by: Standing) -> Notice | None:
    """Write somebody's mail of this week, to go at seven: once, whoever asks how often. None where it is written already, they
    may not sign in any more, or mail to them came back.

    It says what they see themselves: in an office that has not shown a second factor here, no sums.
    """
    today = clock.today()
    found = Person.objects.filter(pk=person, is_active=True, email__isnull=False).first()
    if found is None or not _claim(found) or found.email in mail_that_came_back([str(found.email)], viewer=by):
        return None
    who = standing_of(found)
    words = week_of(viewer=who).words | {"addressee": found.name}
    at = clock.start_of(today, MORNING.hour)
    return write_week(person=found.pk, to=str(found.email), words=words, tells_of=who.partnerships, at=at, by=by)


def _claim(person: Person) -> bool:
    """Whether this week's was not written yet: it is ours from here on, or nobody's should this be rolled back."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    if WeekMail.objects.filter(person=person, last_on__lt=monday).update(last_on=today):
        return True
    return WeekMail.objects.get_or_create(person=person, defaults={"last_on": today})[1]
