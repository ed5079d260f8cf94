"""Recording a deed."""

from typing import Any

from alongside.audit.models import Event
from alongside.core import clock
from alongside.core.standing import Standing


def record(
    act: str, *, row: str = "", partnership: str = "", school: str = "", facts: dict[str, Any] | None = None, by: Standing
) -> None:
    """Write down a deed, in the transaction of the action that does it. `act` reads 'membership.sign'."""
    Event.objects.create(
        at=clock.now(),
        person=by.person or by.on_behalf_of or "",
        by_system=by.is_system,
        act=act,
        row=row,
        partnership=partnership,
        school=school,
        facts=facts or {},
    )


def record_many(act: str, rows: list[dict[str, Any]], *, partnership: str = "", by: Standing) -> None:
    """Write down the same deed on many rows at once; each row gives `row`, and may give `school` and `facts`."""
    at = clock.now()
    Event.objects.bulk_create(
        Event(
            at=at,
            person=by.person or by.on_behalf_of or "",
            by_system=by.is_system,
            act=act,
            row=one["row"],
            partnership=partnership,
            school=one.get("school", ""),
            facts=one.get("facts", {}),
        )
        for one in rows
    )
