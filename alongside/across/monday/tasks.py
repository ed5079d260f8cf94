"""Work that comes again."""

from datetime import timedelta

from alongside.across.monday import actions, queries
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, later, one_by_one
from alongside.members.notices.rules.waiting import DIGEST_AT, READY_BY

PERIODIC = (Periodic("write_due", every=timedelta(minutes=10)),)
UNTIL = 18  # o'clock: a worker that was down in the morning still writes them that day
AT_A_TIME = 250


def write_due() -> None:
    """From half an hour before seven, have the mails written of those whose day it is and that are not written yet."""
    now = clock.now()
    today = clock.today()
    if clock.start_of(today, DIGEST_AT.hour) - READY_BY <= now < clock.start_of(today, UNTIL):
        whose = queries.whose_mail_goes(today, viewer=Standing.system())
        for first in range(0, len(whose), AT_A_TIME):
            later("monday.write_mails", *whose[first : first + AT_A_TIME])


def write_mails(*people: str) -> None:
    """Write the mails of some people, each by itself."""
    one_by_one(people, lambda one: actions.write_mail(person=one, by=Standing.system()))
