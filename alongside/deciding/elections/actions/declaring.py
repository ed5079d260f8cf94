"""Telling who is elected."""

from django.db import transaction

from alongside.deciding.elections.actions.telling import write
from alongside.deciding.elections.models import Election
from alongside.deciding.elections.permissions import may_tell_voters
from alongside.deciding.elections.queries.internal import result_words, who_heard, who_hears_result
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require


@transaction.atomic
def tell_result(*, election: Election, by: Standing) -> int:
    """Once the result is declared, let heads, whoever holds a vote and whoever stood hear who is elected, each once. Gives how
    many."""
    require(may_tell_voters(by))
    hearing, words = who_hears_result(election), result_words(election)
    had = {person for one in set(hearing.values()) for person in who_heard(one, election.partnership, "election", election.pk)}
    left = {person: template for person, template in hearing.items() if person not in had}
    for person, template in sorted(left.items()):
        write(template, person, election.partnership, "election", election.pk, by, **words)
    return len(left)
