"""Sealing what was recorded: one link for each event, after the last."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef

from alongside.ground.audit.models import Event, Seal
from alongside.ground.audit.queries.chain import deed_of
from alongside.ground.audit.rules import START, hash_of
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Refused

AT_A_TIME = 500
LATE = 100_000  # an event's number is given before its transaction is stored: so far back one may still arrive


def seal_events(*, everything: bool = False, by: Standing) -> int:
    """Chain every event that is not sealed yet; gives how many. Writers never wait for it.

    Of several that seal at once all but one lose, by the chain's own constraints, and seal nothing. Looks at late
    arrivals among the newest hundred thousand; at all with `everything`.
    """
    count = 0
    while True:
        try:
            with transaction.atomic():
                sealed = _seal_some(everything)
        except IntegrityError:
            return count  # somebody else seals
        count += sealed
        if sealed < AT_A_TIME:
            return count


def _seal_some(everything: bool) -> int:
    last = Seal.objects.order_by("-position").first()
    position, before = (last.position, last.hash) if last else (0, START)
    waiting = Event.objects.filter(~Exists(Seal.objects.filter(event=OuterRef("pk")))).order_by("pk")
    if not everything:
        waiting = waiting.filter(pk__gt=(Seal.objects.aggregate(last=Max("event"))["last"] or 0) - LATE)
    links = []
    for place, event in enumerate(waiting[:AT_A_TIME], position + 1):
        links.append(Seal(event=event.pk, position=place, before=before, hash=hash_of(place, before, deed_of(event))))
        before = links[-1].hash
    Seal.objects.bulk_create(links)
    return len(links)


@transaction.atomic
def start_chain_again(*, by: Standing) -> None:
    """Take the chain away, for a demonstration that starts again and takes its deeds away as well."""
    if not (settings.DEMO or settings.TESTING):
        raise Refused("Only a demonstration starts its log again.")
    seals = Seal.objects.all()
    seals._raw_delete(seals.db)
