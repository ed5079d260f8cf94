"""The chain as it stands, for whoever checks it."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import Exists, OuterRef

from alongside.ground.audit.models import Event, Reason, Seal
from alongside.ground.audit.rules import Sealed, first_break, hash_of_reason
from alongside.ground.core.standing import Standing

CHUNK = 2_000
# these and the moment, for ever: one more, and no link of before would hold
SEALED = ("id", "person", "by_system", "act", "row", "partnership", "school", "facts", "reason")


def deed_of(event: Event) -> dict[str, Any]:
    """What of an event is sealed: all of it, in one form on every database."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {"at": at, **{name: getattr(event, name) for name in SEALED}}


def chain(*, viewer: Standing) -> Iterator[Sealed]:
    """Every link in its order, with its event as it stands now."""
    last = 0
    while some := list(Seal.objects.visible_to(viewer).filter(position__gt=last).order_by("position")[:CHUNK]):
        events = Event.objects.visible_to(viewer).in_bulk([one.event for one in some])
        for one in some:
            event = events.get(one.event)
            yield Sealed(one.position, one.event, one.before, one.hash, deed_of(event) if event else None)
        last = some[-1].position


def head(*, viewer: Standing) -> tuple[int, str]:
    """(how many links, the last hash): what a backup notes."""
    last = Seal.objects.visible_to(viewer).order_by("-position").first()
    return (last.position, last.hash) if last else (0, "")


def state_of_chain(*, head: str = "", viewer: Standing) -> tuple[list[str], str, int, int]:
    """(what is wrong, the head, links that hold, events not sealed yet)."""
    count, last, broken = first_break(chain(viewer=viewer), head)
    found = [f"The log was changed: link {broken.position}, event {broken.event}. {broken.words}"] if broken else []
    found += [f"The reason of event {event} was changed." for event in _changed_reasons(viewer)]
    waiting = Event.objects.visible_to(viewer).filter(~Exists(Seal.objects.filter(event=OuterRef("pk")))).count()
    return found, last, count, waiting


def _changed_reasons(viewer: Standing) -> list[int]:
    """Reasons whose words no longer fit the log's hash; an erased one is not there at all."""
    kept = dict(Event.objects.visible_to(viewer).exclude(reason="").values_list("pk", "reason"))
    return [
        one.pk
        for one in Reason.objects.visible_to(viewer).order_by("pk").iterator()
        if kept.get(one.pk) != hash_of_reason(one.words, one.salt)
    ]
