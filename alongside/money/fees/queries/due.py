"""From which schools a fee is due today, and from which not and why."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from alongside.ground.core import clock
from alongside.ground.core.declaration import Figures
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.words import plural, short_date
from alongside.ground.documents.rules import reference
from alongside.ground.documents.typesetting import typeset
from alongside.ground.web.needs import figure
from alongside.members.authority.rules import DecisionKind, rests_on
from alongside.members.calendar.rules.settings import CalendarSettings, Nation
from alongside.members.membership.models import Roll, Signature
from alongside.members.membership.rules.costs import most_said
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.partnerships.models import Membership, Partnership, Setting
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging, Template
from alongside.members.people.models import Role
from alongside.members.schools.models import Succession
from alongside.members.schools.rules import SuccessionOutcome as Succeeded
from alongside.money.budget.models import FeeYear
from alongside.money.fees.models import Settled
from alongside.money.fees.queries.signed import texts_of
from alongside.money.fees.queries.terms import FeesNow, Terms, settings_in_force, standing_of_fees, terms_of
from alongside.money.fees.rules.charges import why_no_charge
from alongside.money.fees.rules.issuing import NotDue, Preview, fee_line, shown_in_run, why_no_invoice
from alongside.money.fees.rules.liability import Fate, Outcome, fate_of, why_still_asked
from alongside.money.fees.rules.settings import FeeSettings
from alongside.money.invoices.models.corrections import CreditNote
from alongside.money.invoices.models.invoices import STANDS, Invoice
from alongside.money.invoices.queries.invoices import OPEN, invoices_stand
from alongside.money.invoices.rules.invoices import Facts, Party, Ready, VatCode, due_on, why_due_later
from alongside.money.invoices.rules.papers import paper
from alongside.money.invoices.rules.settings import Issuer, missing_details

ACCOUNTS = (Post.BUSINESS_MANAGER, Post.SCHOOL_ADMIN, Post.HEAD)
PLACE = ("street", "locality", "address3", "town", "county", "postcode")
NAMES = {  # what a row of `_memberships` calls its columns, beside those of the membership itself
    "name": "school__current__name",
    "urn": "school__current__urn",
    "is_open": "school__current__is_open",
    "closed_on": "school__current__closed_on",
    "trust": "school__current__trust_name",
    "signature": "signed__id",
    "signed_late": "signed__is_late",
    "version": "signed__prospectus__number",
    "costs": "signed__prospectus__costs",
    "outcome": "settled__outcome",
    "taken_by": "settled__payer_name",
    "taken_at": "settled__payer_address",
    "taken_email": "settled__payer_email",
    "decided_by": "settled__decision__body",
    "decided_on": "settled__decision__decided_on",
    "minute": "settled__decision__reference",
    "payer": "paying__name",
    "payer_address": "paying__address",
    "payer_email": "paying__email",
    "order": "paying__purchase_order",
    **{one: f"school__current__{one}" for one in PLACE},
}
STOOD = Q(withdrawn_at=None) | ~Q(withdrawn_by_decision="")  # who left after the roll had signed for the whole term


def asked_for(**of: Any) -> QuerySet[Invoice]:
    """The invoice by which a school was asked for a claim, while it stands: what was credited in full can be asked anew, but
    not what the board itself cut to nothing."""
    cut = CreditNote.objects.filter(invoice=OuterRef("pk"), decision__kind=DecisionKind.REDUCTION)
    return Invoice.objects.filter(STANDS | Exists(cut), **of)


def has_merged() -> Exists:
    """Whether the register, or the office, says that a membership's school went into another one."""
    found = Succession.objects.exclude(outcome=Succeeded.SAME).filter(predecessor_urn=OuterRef("school__current__urn"))
    return Exists(found)


def _memberships(year: FeeYear, before: FeeYear | None, on: date) -> QuerySet[Membership]:
    of = year.partnership_id
    last_year = asked_for(school=OuterRef("school"), claim=before.claim_id if before else "")
    credited = Invoice.objects.exclude(STANDS).filter(school=OuterRef("school"), claim=year.claim_id)
    stood = Q(school__signatures__withdrawn_at=None) | ~Q(school__signatures__withdrawn_by_decision="")
    return Membership.objects.filter(partnership=of, from_on__lte=on).annotate(
        merged=has_merged(),
        invoice=Subquery(asked_for(school=OuterRef("school"), claim=year.claim_id).values("reference")[:1]),
        charged_before=Subquery(last_year.values("lines__net")[:1]),
        credited=Subquery(credited.order_by("-number").values("reference")[:1]),
        paying=FilteredRelation("school__payers", condition=Q(school__payers__partnership=of)),
        signed=FilteredRelation("school__signatures", condition=Q(school__signatures__partnership=of) & stood),
        settled=FilteredRelation(
            "school__settled_liabilities",
            condition=Q(
                school__settled_liabilities__partnership=of,
                school__settled_liabilities__year=year.number,
                school__settled_liabilities__replaced_at=None,
            ),
        ),
    )


def _nobody_signs(year: FeeYear) -> bool:
    return year.partnership.template_kind == Template.TRUST  # an academy belongs to its trust without signing


def still_to_ask(viewer: Standing, on: date) -> QuerySet[Any]:
    """Every member from which a year's fee is due on the day and has not been asked for, with that `year` and its `claim`: of the
    partnerships whose office the viewer is.
    """
    of, school = {"partnership": OuterRef("partnership")}, {"school": OuterRef("school")}
    belongs, is_trust = Q(until_on=None) | Q(until_on__gte=on), Q(partnership__template=Template.TRUST)
    signed = Signature.objects.filter(STOOD, **of, **school)
    later = FeeYear.objects.filter(**of, number__gt=OuterRef("year"), opened_at__date__lt=OuterRef("from_on"))
    asked = asked_for(**school, claim=OuterRef("claim"))
    waived = Settled.objects.filter(**of, **school, year=OuterRef("year"), outcome=Outcome.WAIVED, replaced_at=None)
    terms = Setting.objects.filter(**of, app=MembershipSettings.app, from_on__lte=on, values__has_key="term_years")
    term = Cast(Subquery(terms.order_by("-from_on").values("values__term_years")[:1]), IntegerField())
    owing = Membership.objects.filter(partnership__in=viewer.offices, from_on__lte=on, kind=Belonging.MEMBER).annotate(
        year=F("partnership__fee_years__number"),
        claim=F("partnership__fee_years__claim"),
        term=Coalesce(term, Value(MembershipSettings.term_years)),
    )
    inside = (is_trust & belongs) | (~is_trust & Exists(signed) & (Q(year__lte=F("term")) | belongs))
    return owing.filter(inside, ~Exists(later), ~Exists(asked), ~Exists(waived), year__isnull=False)


def count_due(partnership: Partnership, *, viewer: Standing) -> dict[int, int]:
    """From how many schools each year's fee is due today and has not been asked for, years without one left out: one query."""
    found = still_to_ask(viewer, clock.today()).filter(partnership=partnership).order_by("year").values_list("year")
    return dict(found.annotate(many=Count("school", distinct=True)))


def schools_due(terms: Terms, on: date) -> tuple[list[Ready], list[NotDue]]:
    """From whom the year's fee is due on the day and has not been asked for, by name; and from whom not."""
    return _sorted_out(terms, on, _latest(terms, on))


def _sorted_out(terms: Terms, on: date, rows: list[Any]) -> tuple[list[Ready], list[NotDue]]:
    due = due_on(on, terms.year.payment_days, terms.working)
    ready: list[Ready] = []
    not_due: list[NotDue] = []
    for row in rows:
        if why := _why_not(terms, row, on, invoiced_as=row.invoice or ""):
            not_due.append(NotDue(row.name, row.urn, why))
            continue
        one, most = _asked(terms, row, row.email or "", on, due), most_said(row.costs or "", terms.year.number)
        if why := why_no_charge(one.net, is_member=True, is_annual_fee=True, signed_for=most):
            not_due.append(NotDue(row.name, row.urn, f"{why} (version {row.version})", row.version))
        else:
            ready.append(one)
    return ready, not_due


@dataclass(frozen=True)
class Owing:
    """A school that owes a year: when it joined, and what the year before asked of it (pence)."""

    joined_on: date
    charged_before: int


def schools_owing(terms: Terms, on: date) -> dict[str, Owing]:
    """Every school that owes the year, asked for already or not, by its id: one query."""
    return {
        row.school_id: Owing(row.from_on, row.charged_before or 0)
        for row in _latest(terms, on)
        if not _why_not(terms, row, on, invoiced_as="")
    }


def _latest(terms: Terms, on: date) -> list[Any]:
    """The latest membership of each school, with the names of `NAMES`, by name and URN."""
    standing_last = F("signed__withdrawn_at").asc(nulls_last=True)
    found = _memberships(terms.year, terms.before, on).order_by(F("until_on").asc(nulls_last=True), "from_on", standing_last)
    named = found.annotate(**{name: F(path) for name, path in NAMES.items()})
    worked_out = ("merged", "invoice", "charged_before", "credited", "email")
    named = named.annotate(email=_accounts_address(terms.partnership, on))
    rows = named.values_list("school_id", "kind", "from_on", "until_on", *worked_out, *NAMES, named=True)
    return sorted({row.school_id: row for row in rows}.values(), key=lambda row: (row.name, row.urn))


def _why_not(terms: Terms, row: Any, on: date, invoiced_as: str) -> str:
    return why_no_invoice(
        kind=row.kind,
        signed=_nobody_signs(terms.year) or row.signature is not None,
        invoiced_as=invoiced_as,
        waived=rests_on(row.decided_by, row.decided_on, row.minute) if row.outcome == Outcome.WAIVED else "",
        begins=terms.begins(row.from_on),
        owes=terms.owes(row.from_on, belongs=row.until_on is None or row.until_on >= on),
    )


def _asked(terms: Terms, row: Any, email: str, on: date, due: date) -> Ready:
    """What a school from which the fee is due is asked for; whoever took it over is asked instead."""
    line = terms.line(row.from_on, row.charged_before or 0)
    if terms.settings.issuer == Issuer.TRUST:
        line = replace(line, vat=0, vat_code=str(VatCode.OUTSIDE))
    payer = Party(row.payer or row.name, row.payer_address or "\n".join(filter(None, (getattr(row, one) for one in PLACE))))
    email, order, mark = row.payer_email or email, row.order or "", "gone"
    if row.outcome == Outcome.TRANSFERRED:
        payer, email, order, mark = Party(row.taken_by, row.taken_at), row.taken_email, "", "taken"
        note = f"Taken over by {row.taken_by}: {rests_on(row.decided_by, row.decided_on, row.minute)}"
    else:
        fate = fate_of(left=row.until_on is not None and row.until_on < on, is_open=row.is_open, merged=row.merged)
        note = why_still_asked(fate, row.until_on if fate is Fate.LEFT else row.closed_on)
    if row.credited and not note:
        note, mark = f"{row.credited} was credited in full", "anew"
    if row.signed_late and not note:
        note, mark = "Signed after the roll was frozen", "late"
    return Ready(row.school_id, row.name, row.urn, payer, email, order, (line,), due, note, mark, row.trust)


def _accounts_address(partnership: Partnership, on: date) -> Subquery:
    """Where a school's invoices go when it has said nothing: its business manager, administrator or head."""
    best = Case(*(When(post=post, then=Value(rank)) for rank, post in enumerate(ACCOUNTS)))
    held = Role.objects.held(on).filter(Q(through=None) | Q(through=partnership), school=OuterRef("school"), post__in=ACCOUNTS)
    found = held.exclude(Q(person__email=None) | Q(person__email="")).order_by(best, "-pk")
    return Subquery(found.values("person__email")[:1])


def preview_issue(partnership: Partnership, number: int | None = None, *, viewer: Standing) -> tuple[FeesNow, Preview]:
    """What issuing a year today would do, and how the fees stand; nothing happens. Where no year is named it is the first for
    which a school waits, or the latest."""
    settings, membership, calendar = settings_in_force(
        partnership, FeeSettings, MembershipSettings, CalendarSettings, viewer=viewer
    )
    waiting = still_to_ask(viewer, clock.today()).filter(partnership=partnership, year=OuterRef("number"))
    frozen = Roll.objects.filter(partnership=OuterRef("partnership"))
    now = standing_of_fees(partnership, settings, viewer=viewer, waiting=Exists(waiting), frozen=Exists(frozen))
    if number is None:
        number = next((one.number for one in now.years if getattr(one, "waiting", False)), None)
    year = now.numbered(number) or now.year
    if year is None:
        line = fee_line(partnership.name, 1, now.settings.year_one_fee, "", now.settings.vat_code)
        return now, Preview([], [], now.missing, line, first="", last="", document=now.document)
    terms = terms_of(partnership, year, now.years, settings, membership, Nation(calendar.nation), viewer=viewer)
    rows = _latest(terms, clock.today())
    ready, not_due = _sorted_out(terms, clock.today(), rows)
    full = terms.before.amount if terms.before else 0
    return now, Preview(
        ready,
        not_due,
        now.missing,
        ready[0].lines[0] if ready else terms.line(terms.dates.sign_by, full),
        first=reference(now.prefix, now.last + 1) if ready else "",
        last=reference(now.prefix, now.last + len(ready)) if ready else "",
        document=now.document,
        notes=_notes(terms, ready),
        year=year.number,
        decided=terms.decision,
        free_until=None if _nobody_signs(year) or getattr(year, "frozen", False) else terms.dates.roll_freezes_on,
        shown=shown_in_run(ready, now.settings, reference(now.prefix, now.last + 1), terms.decision),
        texts=texts_of(Counter((row.version, row.costs) for row in rows if row.version), year.number),
    )


def _notes(terms: Terms, ready: list[Ready]) -> list[str]:
    notes = []
    if terms.settings.issuer == Issuer.PARTNERSHIP and terms.settings.vat_code == VatCode.ASK_FINANCE:
        notes.append(
            "The VAT code is still “ask finance”. The invoices will say that no VAT is charged and that it is being confirmed."
        )
    if terms.settings.vat_code == VatCode.STANDARD and ready and not _nobody_signs(terms.year):
        notes.append("VAT comes on top of the fee: look whether the text that schools signed says so.")
    if ready and (why := why_due_later(clock.today(), terms.year.payment_days, terms.working)):
        notes.append(why)
    planned = terms.settings.year_two_on if terms.year.number == 2 else None
    if planned and clock.today() < planned and ready:
        notes.append(f"The invoices for year 2 were to go out on {short_date(planned)}. It is earlier than that.")
    without = sum(1 for one in ready if one.net == terms.year.amount) if terms.reduction and terms.reduction.each else 0
    if without:
        notes.append(f"{plural(without, 'school gets', 'schools get')} no reduction: the year before was not asked for.")
    return notes


def fees_stand(*, partnership: Partnership, viewer: Standing) -> Figures:
    """For the office how many can be asked for the fee, and how many invoices are paid; for a school what it has to pay."""
    if not viewer.runs(partnership.pk):
        return invoices_stand(partnership=partnership, viewer=viewer)
    missing = missing_details(settings_of(partnership, FeeSettings))

    def words(years: int, year: int | None, due: int, count: int, settled: int) -> str:
        if missing or not years:
            return "Not set up yet"
        to_ask = [f"{plural(due, 'school')} can be asked for the year {year} fee"] if due else []
        paid = [f"{settled:,} of {plural(count, 'invoice')} paid"] if count else []
        return "; ".join(to_ask + paid) or "Nobody is to be asked yet"

    asked = Invoice.objects.visible_to(viewer).filter(partnership=partnership)
    first = still_to_ask(viewer, clock.today()).filter(partnership=partnership).order_by("year").values("year")
    waiting = first.annotate(many=Count("school", distinct=True))
    parts = {
        "years": figure(FeeYear.objects.visible_to(viewer).filter(partnership=partnership)),
        "year": Subquery(waiting.values("year")[:1]), "due": Coalesce(Subquery(waiting.values("many")[:1]), 0),
        "count": figure(asked), "settled": figure(asked.exclude(OPEN)),
    }  # fmt: skip
    return Figures(parts, words)


def drafted(partnership: Partnership, number: int | None = None, *, viewer: Standing) -> bytes | None:
    """The first invoice of the run as it would look, marked DRAFT; nothing when no school is due one."""
    now, preview = preview_issue(partnership, number, viewer=viewer)
    if not preview.ready:
        return None
    first, today = preview.ready[0], clock.today()
    facts = Facts(
        reference=preview.first,
        issuer=now.settings.issuer,
        issued_on=today,
        due_on=first.due_on,
        supplier=now.settings.supplier,
        payer=first.payer,
        school=Party(first.name, f"URN {first.urn}"),
        purchase_order=first.purchase_order,
        lines=first.lines,
    )
    return typeset("invoices/invoice", paper(facts, draft=True), dated=today)
