"""What goes out by itself, and what is written anew."""

from datetime import timedelta

from alongside.deciding.elections.actions import calling, opening, voting
from alongside.deciding.elections.models import Election
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


def tell_open() -> None:
    """Ballots that have opened since."""
    for one in Election.objects.filter(state=ElectionState.BALLOT, opens_at__lte=clock.now(), closes_at__gt=clock.now()):
        tell_voters(one.pk)


def rewrite() -> None:
    """What was deleted with the box leaves the files too."""
    opening.rewrite(by=SYSTEM)
