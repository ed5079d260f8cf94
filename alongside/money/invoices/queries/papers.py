"""Papers: the numbers given out, copies that are not kept, the evidence beside them, the decisions on which they rest."""

from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from alongside.ground.audit.models import Event
from alongside.ground.core.standing import Standing
from alongside.ground.documents.rules import numbers_missing
from alongside.ground.documents.typesetting import typeset
from alongside.ground.files import queries as files
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import Paper, Readers
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import DecisionKind
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people.models import Person
from alongside.members.schools.models import School
from alongside.money.invoices.models.corrections import CreditNote, LetOffDebt
from alongside.money.invoices.models.invoices import Invoice, MoneyPaper, Series
from alongside.money.invoices.queries.ledger import account_for
from alongside.money.invoices.rules.corrections import RECOVERED, LastCredit
from alongside.money.invoices.rules.invoices import series_for
from alongside.money.invoices.rules.papers import paper, statement_paper
from alongside.money.invoices.rules.settings import IssuerSettings
from alongside.money.invoices.rules.statements import Statement


def suggested_series(partnership: Partnership, *, viewer: Standing) -> str:
    """The initials of the partnership that no other one uses; its own once chosen."""
    taken = dict(Series.objects.values_list("partnership_id", "prefix"))  # every partnership's: a number names one invoice
    return taken.get(partnership.pk) or series_for(partnership.name, taken.values())


def numbers_lost(partnership: Partnership, *, viewer: Standing) -> list[int]:
    """Numbers that were given out and have no invoice: none, ever."""
    return _lost(Invoice, "last", partnership, viewer)


def credits_lost(partnership: Partnership, *, viewer: Standing) -> list[int]:
    """Numbers that were given out and have no credit note: none, ever."""
    return _lost(CreditNote, "last_credit", partnership, viewer)


def _lost(papers: type[MoneyPaper], column: str, partnership: Partnership, viewer: Standing) -> list[int]:
    last = Series.objects.visible_to(viewer).filter(partnership=partnership).values_list(column, flat=True).first()
    numbers = papers._default_manager.filter(series__partnership=partnership).values_list("number", flat=True)
    return numbers_missing(numbers, last) if last else []


def noted_pdf(invoice: Invoice, *, viewer: Standing) -> bytes:
    """A copy that shows the purchase order and payer added after issue; the invoice itself is unchanged."""
    return typeset("invoices/invoice", paper(invoice.facts(), added=invoice.notes), dated=invoice.issued_on)


def statement_pdf(partnership: Partnership, school: School, statement: Statement, *, viewer: Standing) -> bytes:
    """A school's statement on paper, with the supplier of today."""
    account = account_for(partnership, school, viewer=viewer)
    held = account.held if account else 0
    said = statement_paper(statement, settings_of(partnership, IssuerSettings).supplier, school.name, school.urn, held)
    return typeset("invoices/statement", said, dated=statement.last_on)


def evidence_of(invoice: Invoice, *, viewer: Standing) -> list[files.Listed]:
    """The supplier form, bank letter and such that the office keeps for its schools: (id, title, format and size, day)."""
    return files.files_for(invoice.partnership_id, Paper.SUPPLIER_EVIDENCE, viewer=viewer)


def evidence_by_code(invoice: Invoice, *, viewer: Standing) -> list[files.Listed]:
    """The same for whoever has opened the invoice by its code: what is for everybody in the schools, whoever asks."""
    return files.files_for(
        invoice.partnership_id, Paper.SUPPLIER_EVIDENCE, audience=Readers.MEMBERS, viewer=Standing.system(viewer.person)
    )


def evidence_at(invoice: Invoice, key: str, *, viewer: Standing) -> tuple[StoredFile, bytes] | None:
    """One of those papers and its bytes, for whoever has opened the invoice by its code."""
    if key not in {listed for listed, *_ in evidence_by_code(invoice, viewer=viewer)}:
        return None
    return files.opened(key, viewer=Standing.system(viewer.person))


def opened_credit_note(invoice: Invoice, reference: str, *, viewer: Standing) -> CreditNote | None:
    """A credit note of an invoice that somebody has opened with its code."""
    return CreditNote.objects.select_related("invoice").filter(invoice=invoice, reference=reference.upper()).first()


def last_credit(invoice: Invoice, *, viewer: Standing) -> LastCredit | None:
    """The latest credit note of an invoice, with whoever issued it: one query."""
    press = Event.objects.filter(act="invoices.credit", row=OuterRef("pk")).values("person")[:1]
    who = Person.objects.filter(pk=OuterRef("press")).values("name")[:1]
    notes = CreditNote.objects.visible_to(viewer).filter(invoice=invoice).annotate(press=Subquery(press))
    row = (
        notes.annotate(who=Subquery(who)).order_by("-number").values_list("pk", "reference", "total", "issued_at", "who").first()
    )
    return LastCredit(*row[:4], row[4] or "") if row else None


def decisions_for(invoice: Invoice, kinds: tuple[str, ...], chosen: str = "", *, viewer: Standing) -> QuerySet[Authority]:
    """Recorded decisions of those kinds about this school or about all, newest first, of which something is left.

    What a later one replaced, or what has been used to its last penny, is not offered again; one that was chosen on the
    page stays, so that a second press hears what became of the first.
    """
    found = Authority.objects.visible_to(viewer).filter(partnership=invoice.partnership_id, kind__in=kinds, superseded_by=None)
    about = found.filter(Q(school=None) | Q(school=invoice.school_id)).annotate(
        used=_used(LetOffDebt.objects.filter(decision=OuterRef("pk")).exclude(kind=RECOVERED), "amount")
        + _used(CreditNote.objects.filter(decision=OuterRef("pk")), "total")
    )
    left = Q(amount=None) | Q(kind=DecisionKind.REDUCTION) | Q(used__lt=F("amount")) | Q(pk=chosen)
    return about.filter(left).order_by("-decided_on", "-entered_at")


def _used(rows: QuerySet[Any], amount: str) -> Coalesce:
    sums = rows.order_by().values("decision").annotate(sum_of=Sum(amount)).values("sum_of")
    return Coalesce(Subquery(sums, output_field=IntegerField()), 0)
