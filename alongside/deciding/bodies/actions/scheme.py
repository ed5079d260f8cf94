"""The scheme of delegation."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from alongside.deciding.bodies.models import Delegated
from alongside.deciding.bodies.permissions import may_make_body
from alongside.deciding.bodies.rules.scheme import Say
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import save_if_unchanged
from alongside.members.partnerships.models import Partnership


@transaction.atomic
def delegate(
    *, partnership: Partnership, decision: str, parts: Mapping[str, str], from_on: date, key: str, by: Standing
) -> Delegated:
    """Say who decides something, from a day on, once. Raises Invalid where nobody decides it."""
    require(may_make_body(by, partnership.pk))
    line = Delegated(pk=key, partnership=partnership, decision=decision.strip(), parts=_parts(parts), from_on=from_on)
    return audit.keep_once("bodies.delegate", line, by=by)


@transaction.atomic
def change_delegation(
    *, line: Delegated, decision: str, parts: Mapping[str, str], from_on: date, version: int, by: Standing
) -> Delegated:
    """Let somebody else decide from a day on: the line before ends the day before, and stays what authorities rest on.

    Raises Stale when somebody has changed it, Conflict when it has ended, Invalid where nobody decides.
    """
    require(may_make_body(by, line.partnership_id))
    if line.until_on:
        raise Conflict("This line has ended. Open the scheme as it is today.")
    if from_on > line.from_on:
        line.until_on = from_on - timedelta(days=1)
        save_if_unchanged(line, version, "until_on")
        said = {"partnership_id": line.partnership_id, "decision": decision.strip(), "parts": _parts(parts)}
        line = Delegated.objects.create(from_on=from_on, **said)
    else:
        line.decision, line.parts = decision.strip(), _parts(parts)
        save_if_unchanged(line, version, "decision", "parts")
    audit.record("bodies.change_delegation", row=line.pk, partnership=line.partnership_id, by=by)
    return line


@transaction.atomic
def end_delegation(*, line: Delegated, until_on: date, by: Standing) -> Delegated:
    """End a line of the scheme at the close of a day. Raises Invalid for a day before it began, Conflict when it has ended."""
    require(may_make_body(by, line.partnership_id))
    if until_on < line.from_on:
        raise Invalid(until_on="Enter the day on which it began, or a later one")
    if not Delegated.objects.filter(pk=line.pk, until_on=None).update(until_on=until_on):
        raise Conflict("This line has ended already.")
    audit.record("bodies.end_delegation", row=line.pk, partnership=line.partnership_id, by=by)
    return line


def _parts(parts: Mapping[str, str]) -> dict[str, str]:
    """Who does something about it. Raises Invalid where nobody decides."""
    found = {who: str(Say(part)) for who, part in parts.items() if part}
    if Say.DECIDES not in found.values():
        raise Invalid(decision="Say who decides this")
    return found
