"""Recording a deed."""

from typing import Any

from alongside.ground.audit.models import Event, Reason
from alongside.ground.audit.rules import can_be_sealed, hash_of_reason, new_salt
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Kept, once


def record(
    act: str,
    *,
    row: str = "",
    partnership: str = "",
    school: str = "",
    facts: dict[str, Any] | None = None,
    reason: str = "",
    by: Standing,
) -> None:
    """Write down a deed, in the transaction of the action that does it. `act` reads 'membership.sign'.

    `reason` is in somebody's words: it lies in a row of its own that can be erased, and the log keeps its salted hash.
    Raises ValueError for facts that cannot be sealed.
    """
    salt = new_salt() if reason else ""
    mark = hash_of_reason(reason, salt) if reason else ""
    event = _event(act, by, partnership, row=row, school=school, facts=facts or {}, reason=mark)
    event.save(force_insert=True)
    if reason:
        Reason.objects.create(event=event.pk, words=reason, salt=salt)


def record_many(act: str, rows: list[dict[str, Any]], *, partnership: str = "", by: Standing) -> None:
    """Write down the same deed on many rows at once; each row gives `row`, and may give `school` and `facts`."""
    Event.objects.bulk_create(_event(act, by, partnership, **one) for one in rows)


def keep_once(act: str, row: Kept, *, dated: str = "", by: Standing, **facts: Any) -> Kept:
    """Store the row once, however often the page's button is pressed, and with it the deed that made it, told by the row's own
    partnership and school. Gives the row that is stored, `row` itself when it is new. Raises as `once` does.
    """
    if (stored := once(row, dated=dated)) is row:
        partnership, school = (getattr(row, f"{owner}_id", None) or "" for owner in ("partnership", "school"))
        record(act, row=row.pk, partnership=partnership, school=school, facts=facts, by=by)
    return stored


def erase_reason(*, event: int, by: Standing) -> bool:
    """Erase the words of a reason; the deed and its place in the chain stay. False when there were none."""
    return bool(Reason.objects.filter(event=event).delete()[0])


def _event(act: str, by: Standing, partnership: str, **told: Any) -> Event:
    if not can_be_sealed(told.get("facts", {})):
        raise ValueError(f"the facts of {act} hold what is no plain JSON")
    person = by.person or by.on_behalf_of or ""
    if acting := by.for_whom(told.get("school") or None):
        told["facts"] = {**told.get("facts", {}), "acts_for": acting.acts_for}
    return Event(at=clock.now(), person=person, by_system=by.is_system, act=act, partnership=partnership, **told)
