"""What comes again."""

from datetime import timedelta

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, one_by_one
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.calendar.rules.days import has_morning_come
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions.september import ask_in_september
from alongside.members.people.queries.schools import with_schools_unconfirmed

PERIODIC = (Periodic("ask_schools_in_september", every=timedelta(hours=1)),)


def ask_schools_in_september() -> None:
    """Ask the schools, from seven in the morning of the first school day of September."""
    if has_morning_come(clock.now()):
        one_by_one(with_schools_unconfirmed(viewer=Standing.system()), _ask)


def _ask(partnership: Partnership) -> None:
    if school_days_of(partnership).is_open(clock.today()):
        ask_in_september(partnership=partnership, by=Standing.system())
