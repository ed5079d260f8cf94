"""Heads who vote, each school's press twice at once, for the test that kills them: `live` is called by tests.kills.

What was answered "in the box" is written to a file; a life that was cut short begins again with every school.
"""

import os
import random

from django.db import OperationalError, transaction

from alongside.deciding.elections.actions import voting
from alongside.deciding.elections.models import SchoolVote
from alongside.deciding.elections.tests.make import OPENS
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from tests.kills import Say


def live(say: Say, election: str, answered: str) -> None:
    """Vote for every school that has not voted, as far as this life goes."""
    with clock.at(clock.start_of(OPENS, 12)):
        left = list(SchoolVote.objects.filter(election=election, voted=False).select_related("election", "partnership"))
        random.shuffle(left)
        for vote in left:
            say()
            if press(vote, standing_of(Person.objects.get(pk=vote.person))):
                with open(answered, "a", encoding="utf-8") as file:
                    file.write(f"{vote.pk}\n")
                    file.flush()
                    os.fsync(file.fileno())


def press(vote: SchoolVote, by: Standing) -> bool:
    """One press, again while the database is busy; whether it was the one that counted."""
    while True:
        try:
            voting.cast_ballot(vote=vote, tracker=keys.new_key(), choices=[[random.randrange(4)]], by=by)
        except Conflict:
            return False
        except (OperationalError, transaction.TransactionManagementError):
            continue
        return True
