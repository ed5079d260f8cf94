"""Heads who vote, each school's press twice at once, for the test that kills them: `live` is called by tests.kills.

What was answered "in the box" is written to a file; a life that was cut short begins again with every school.
"""

import os
import random
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction

from alongside.deciding.elections.actions import voting
from alongside.deciding.elections.models import SchoolVote
from alongside.deciding.elections.tests.make import OPENS
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.people.queries.roles import standing_by_id
from tests.kills import Say

Found = TypeVar("Found")


def live(say: Say, election: str, answered: str) -> None:
    """Vote for every school that has not voted, as far as this life goes."""
    rows = SchoolVote.objects.select_related("election", "partnership")
    with clock.at(clock.start_of(OPENS, 12)):
        left = again(lambda: list(rows.filter(election=election, voted=False)))
        random.shuffle(left)
        for vote in left:
            say()
            if press(vote, again(partial(standing_by_id, vote.person)) or Standing()):
                with open(answered, "a", encoding="utf-8") as file:
                    file.write(f"{vote.pk}\n")
                    file.flush()
                    os.fsync(file.fileno())


def again(ask: Callable[[], Found]) -> Found:
    """What was asked, asked again while the database is busy or gone."""
    while True:
        try:
            return ask()
        except (OperationalError, InterfaceError, transaction.TransactionManagementError):
            connection.close_if_unusable_or_obsolete()  # as the end of a request does


def press(vote: SchoolVote, by: Standing) -> bool:
    """One press, again while the database is busy or gone; whether it was the one that counted."""
    try:
        again(lambda: voting.cast_ballot(vote=vote, tracker=keys.new_key(), choices=[[random.randrange(4)]], by=by))
    except Conflict:
        return False
    return True
