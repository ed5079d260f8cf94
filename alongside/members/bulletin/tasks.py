"""What comes again."""

from datetime import timedelta

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic, one_by_one
from alongside.members.bulletin import actions, queries
from alongside.members.calendar.rules.days import has_morning_come

PERIODIC = (Periodic("send_due", every=timedelta(minutes=15)),)


def send_due() -> None:
    """Send the bulletins whose day it is, from seven in the morning."""
    if has_morning_come(clock.now()):
        system = Standing.system()
        one_by_one(queries.with_items_to_go(viewer=system), lambda one: actions.send_bulletin(partnership=one, by=system))
