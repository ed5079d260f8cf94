"""Work that comes again."""

from datetime import timedelta

from alongside.across.monday import actions, queries
from alongside.across.monday.rules import is_time
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, later, one_by_one

PERIODIC = (Periodic("write_due", every=timedelta(minutes=10)),)
AT_A_TIME = 250


def write_due() -> None:
    """While it is time, have the mails written of those whose day it is and that are not written yet."""
    if is_time(clock.now()):
        whose = queries.whose_mail_goes(clock.today(), viewer=Standing.system())
        for first in range(0, len(whose), AT_A_TIME):
            later("monday.write_mails", *whose[first : first + AT_A_TIME])


def write_mails(*people: str) -> None:
    """Write the mails of some people, each by itself."""
    one_by_one(people, lambda one: actions.write_mail(person=one, by=Standing.system()))
