"""What goes out by itself, and what is written anew."""

from datetime import timedelta

from django.db import connection

from alongside.deciding.elections.actions import calling, declaring, voting
from alongside.deciding.elections.models import Election, KeyEnvelope, Scrutineer, SealedBallot
from alongside.deciding.elections.rules.standing import ElectionState
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import Periodic

PERIODIC = (Periodic("tell_open", every=timedelta(minutes=15)),)
SYSTEM = Standing.system()


def tell_nominations(election_id: str) -> None:
    """Heads hear that nominations are open: a hundred mails are no part of a press."""
    calling.tell_nominations(election=Election.objects.select_related("partnership", "body").get(pk=election_id), by=SYSTEM)


def tell_voters(election_id: str) -> None:
    """Who holds a vote hears of it, once the ballot is open."""
    election = Election.objects.select_related("partnership", "body").get(pk=election_id)
    if election.is_polling(clock.now()):
        voting.tell_voters(election=election, by=SYSTEM)


def tell_result(election_id: str) -> None:
    """Heads, whoever holds a vote and whoever stood hear who is elected."""
    election = Election.objects.select_related("partnership", "body").get(pk=election_id)
    if election.state == ElectionState.DECLARED:
        declaring.tell_result(election=election, by=SYSTEM)


def tell_open() -> None:
    """Ballots that have opened since."""
    for one in Election.objects.filter(state=ElectionState.BALLOT, opens_at__lte=clock.now(), closes_at__gt=clock.now()):
        tell_voters(one.pk)


def rewrite() -> None:
    """Write the tables anew on which sealed ballots and their key lay, so that nothing of them is left in the files."""
    if connection.in_atomic_block:
        return  # a test: the next process does it
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for model in (SealedBallot, KeyEnvelope, Scrutineer):
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
