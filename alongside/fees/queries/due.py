"""From which schools a fee is due today, and from which not and why."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, FilteredRelation, Q, QuerySet

from alongside.core import clock
from alongside.core.standing import Post, Standing
from alongside.fees.models import FeeYear
from alongside.fees.queries.years import FeesNow, standing_of_fees
from alongside.fees.rules import Issuer, NotDue, Party, Preview, Ready, VatCode, fee_line, reference, why_no_invoice
from alongside.partnerships.models import Membership, Partnership
from alongside.partnerships.rules import Kind, Template
from alongside.people.models import Role

ACCOUNTS = (Post.BUSINESS_MANAGER, Post.SCHOOL_ADMIN, Post.HEAD)
PLACE = ("street", "locality", "address3", "town", "county", "postcode")
FIELDS = (
    "school_id",
    "kind",
    "until_on",
    "school__current__name",
    "school__current__urn",
    "invoiced__reference",
    "signed__id",
    "paying__name",
    "paying__address",
    "paying__email",
    "paying__purchase_order",
    *(f"school__current__{one}" for one in PLACE),
)


def _memberships(year: FeeYear, on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(partnership=year.partnership_id, from_on__lte=on).annotate(
        invoiced=FilteredRelation("school__invoices", condition=Q(school__invoices__fee_year=year.pk)),
        paying=FilteredRelation("school__payers", condition=Q(school__payers__partnership=year.partnership_id)),
        signed=FilteredRelation(
            "school__signatures",
            condition=Q(school__signatures__partnership=year.partnership_id, school__signatures__withdrawn_at=None),
        ),
    )


def _nobody_signs(year: FeeYear) -> bool:
    return year.partnership.template_kind == Template.TRUST  # an academy belongs to its trust without signing


def count_due(year: FeeYear, *, viewer: Standing) -> int:
    """From how many schools the year's fee is due today and has not been asked for: one query."""
    on = clock.today()
    owing = Q(kind=Kind.MEMBER, invoiced__id=None) & (Q(until_on=None) | Q(until_on__gte=on))
    signed = Q() if _nobody_signs(year) else Q(signed__id__isnull=False)
    return _memberships(year, on).filter(owing, signed).count() if viewer.runs(year.partnership_id) else 0


def schools_due(year: FeeYear, on: date) -> tuple[list[Ready], list[NotDue]]:
    """From whom this year's fee is due on the day and has not been asked for, by name; and from whom not."""
    found = _memberships(year, on).order_by(F("until_on").asc(nulls_last=True), "from_on")
    latest = {row[0]: row for row in found.values_list(*FIELDS)}
    emails = accounts_addresses(latest, year.partnership, on)
    ready, not_due = [], []
    for school, kind, until_on, name, urn, invoiced, signature, *rest in sorted(
        latest.values(), key=lambda row: (row[3], row[4])
    ):
        ended = until_on is not None and until_on < on
        why = why_no_invoice(
            kind=kind, ended=ended, signed=_nobody_signs(year) or signature is not None, invoiced_as=invoiced or ""
        )
        if why:
            not_due.append(NotDue(name, urn, why))
            continue
        payer_name, payer_address, payer_email, order, *place = rest
        party = Party(payer_name or name, payer_address or "\n".join(one for one in place if one))
        ready.append(Ready(school, name, urn, party, payer_email or emails.get(school, ""), order or ""))
    return ready, not_due


def accounts_addresses(schools: Iterable[str], partnership: Partnership, on: date) -> dict[str, str]:
    """Where a school's invoices go when it has said nothing: its business manager, administrator or head."""
    held = (
        Role.objects.held(on)
        .filter(Q(through=None) | Q(through=partnership), school__in=list(schools), post__in=ACCOUNTS)
        .exclude(Q(person__email=None) | Q(person__email=""))
    )
    best = sorted(held.values_list("school_id", "post", "person__email"), key=lambda row: -ACCOUNTS.index(Post(row[1])))
    return {school: email for school, _, email in best if email}


def preview_issue(partnership: Partnership, *, viewer: Standing) -> tuple[FeesNow, Preview]:
    """What issuing today would do, and how the fees stand; nothing happens."""
    now = standing_of_fees(partnership, viewer=viewer)
    ready, not_due = schools_due(now.year, clock.today()) if now.year else ([], [])
    amount = now.year.amount if now.year else now.settings.year_one_fee
    line = fee_line(
        partnership.name,
        now.year.number if now.year else 1,
        amount,
        now.year.support_words if now.year else "",
        now.settings.vat_code,
    )
    notes = []
    if now.settings.issuer == Issuer.PARTNERSHIP and now.settings.vat_code == VatCode.ASK_FINANCE:
        notes.append(
            "The VAT code is still “ask finance”. The invoices will say that no VAT is charged and that it is being confirmed."
        )
    return now, Preview(
        ready,
        not_due,
        now.missing,
        line,
        first=reference(now.prefix, now.last + 1) if ready else "",
        last=reference(now.prefix, now.last + len(ready)) if ready else "",
        document=now.document,
        notes=notes,
    )
