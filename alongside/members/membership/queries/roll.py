"""The roll, and who signed after it."""

from typing import Any

from alongside.ground.core.standing import Standing
from alongside.members.membership.models import Roll, RollEntry, Signature
from alongside.members.partnerships.models import Partnership


def standing_signatures(partnership: Partnership) -> list[RollEntry]:
    """A line of the roll, not yet of any, for every signature that stands now, by URN."""
    signatures: Any = Signature.objects.filter(partnership=partnership, withdrawn_at=None).select_related("school__current")
    return [
        RollEntry(
            school_id=one.school_id,
            signature_id=one.pk,
            urn=one.school.urn,
            name=one.school.name,
            constituency=one.school.constituency.label,
            signed_at=one.signed_at,
            text_hash=one.text_hash,
            is_late=one.is_late,
        )
        for one in signatures.order_by("school__current__urn")
    ]


def roll_of(partnership: Partnership, *, viewer: Standing | None = None) -> Roll | None:
    """The frozen roll, or none yet. Parts above pass no viewer: that it exists is no secret."""
    return Roll.objects.filter(partnership=partnership).first()


def roll_entries(roll: Roll | None, partnership: Partnership, *, viewer: Standing) -> list[RollEntry]:
    """The roll's lines in the order of URNs; before it is frozen, for the office, what it would hold if it were frozen now."""
    if roll is None:
        return standing_signatures(partnership) if viewer.runs(partnership.pk) else []
    rows: Any = RollEntry.objects.visible_to(viewer).filter(roll=roll).order_by("urn")
    return list(rows)


def late_signers(partnership: Partnership, roll: Roll | None, *, viewer: Standing) -> list[Signature]:
    """The signatures of those who signed after the roll was frozen, and stand."""
    rows: Any = Signature.objects.visible_to(viewer).filter(partnership=partnership, withdrawn_at=None)
    rows = rows.exclude(school__in=RollEntry.objects.filter(roll=roll).values("school")).select_related("school__current")
    return list(rows.order_by("signed_at")) if roll else []
