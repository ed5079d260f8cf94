"""The roll, and who signed after it."""

import csv
import io
from typing import Any

from alongside.ground.core import clock
from alongside.ground.core.cells import safe_cell
from alongside.ground.core.standing import Standing
from alongside.members.membership.models import Roll, RollEntry, Signature
from alongside.members.membership.rules.roll import OnRoll
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.rules import constituency

SIGNED = (
    "school_id",
    "pk",
    "school__current__urn",
    "school__current__name",
    "school__current__phase",
    "school__current__type",
    "school__current__low_age",
    "school__current__high_age",
    "signed_at",
    "text_hash",
    "is_late",
)


def standing_signatures(partnership: Partnership) -> list[tuple[str, str, OnRoll]]:
    """(school's id, signature's id, line of the roll) of every signature that stands now, by URN."""
    rows = Signature.objects.filter(partnership=partnership, withdrawn_at=None).order_by("school__current__urn")
    return [
        (school, signature, OnRoll(urn, name, constituency(phase, kind, low, high).label, signed_at, text_hash, late))
        for school, signature, urn, name, phase, kind, low, high, signed_at, text_hash, late in rows.values_list(*SIGNED)
    ]


def roll_of(partnership: Partnership, *, viewer: Standing | None = None) -> Roll | None:
    """The frozen roll, or none yet. Parts above pass no viewer: that it exists is no secret."""
    return Roll.objects.filter(partnership=partnership).first()


def roll_entries(roll: Roll, *, viewer: Standing) -> list[OnRoll]:
    """The roll's lines in the order of URNs."""
    rows: Any = RollEntry.objects.visible_to(viewer).filter(roll=roll).order_by("urn")
    return [OnRoll(*row) for row in rows.values_list("urn", "name", "constituency", "signed_at", "text_hash", "is_late")]


def roll_preview(partnership: Partnership, *, viewer: Standing) -> list[OnRoll]:
    """What the roll would hold if it were frozen now."""
    return [entry for _, _, entry in standing_signatures(partnership)] if viewer.runs(partnership.pk) else []


def late_signers(partnership: Partnership, roll: Roll, *, viewer: Standing) -> list[tuple[int, str, Any]]:
    """(URN, school, signed at) of those who signed after the roll was frozen, and stand."""
    rows: Any = Signature.objects.visible_to(viewer).filter(partnership=partnership, withdrawn_at=None)
    rows = rows.exclude(school__in=RollEntry.objects.filter(roll=roll).values("school")).order_by("signed_at")
    return list(rows.values_list("school__current__urn", "school__current__name", "signed_at"))


def roll_csv(entries: list[OnRoll], *, viewer: Standing) -> str:
    """The roll as a table for a spreadsheet; a name that looks like a formula stays text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["URN", "School", "Constituency", "Signed at", "Text signed (SHA-256)", "Late"])
    for one in entries:
        signed = one.signed_at.astimezone(clock.LONDON).strftime("%Y-%m-%d %H:%M:%S")
        late = "late" if one.is_late else ""
        writer.writerow([one.urn, safe_cell(one.name), one.constituency, signed, one.text_hash, late])
    return out.getvalue()
