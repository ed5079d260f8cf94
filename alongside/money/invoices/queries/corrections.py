"""What corrected an invoice, and on which decision it may rest."""

from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from alongside.ground.core.standing import Standing
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.money.invoices.models.corrections import CreditNote, LetOffDebt
from alongside.money.invoices.models.invoices import Invoice


def opened_credit_note(invoice: Invoice, reference: str, *, viewer: Standing) -> CreditNote | None:
    """A credit note of an invoice that somebody has opened with its code."""
    return CreditNote.objects.select_related("invoice").filter(invoice=invoice, reference=reference.upper()).first()


def decisions_for(invoice: Invoice, kinds: tuple[str, ...], chosen: str = "", *, viewer: Standing) -> QuerySet[Authority]:
    """Recorded decisions of those kinds about this school or about all, newest first, of which something is left.

    What a later one replaced, or what has been used to its last penny, is not offered again; one that was chosen on the
    page stays, so that a second press hears what became of the first.
    """
    found = Authority.objects.visible_to(viewer).filter(partnership=invoice.partnership_id, kind__in=kinds, superseded_by=None)
    about = found.filter(Q(school=None) | Q(school=invoice.school_id)).annotate(
        used=_used(LetOffDebt.objects.filter(decision=OuterRef("pk")), "amount")
        + _used(CreditNote.objects.filter(decision=OuterRef("pk")), "total")
    )
    left = Q(amount=None) | Q(kind=DecisionKind.REDUCTION) | Q(used__lt=F("amount")) | Q(pk=chosen)
    return about.filter(left).order_by("-decided_on", "-entered_at")


def _used(rows: QuerySet[Any], amount: str) -> Coalesce:
    sums = rows.order_by().values("decision").annotate(sum_of=Sum(amount)).values("sum_of")
    return Coalesce(Subquery(sums, output_field=IntegerField()), 0)
