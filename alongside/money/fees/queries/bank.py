"""The bank's lines, each with what it is probably about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from alongside.ground.core.standing import Standing
from alongside.ground.web.tables import Column
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School
from alongside.money.fees.models import BankFile, BankLine, HeldMoney, Invoice, Series
from alongside.money.fees.models.invoices import SETTLED
from alongside.money.fees.rules import Candidates, LineState, Moved, OpenInvoice, Proposal, candidates_of, propose

BANK_COLUMNS = (
    Column("on", "Day", ("on", "position")),
    Column("words", "What the bank says"),
    Column("amount", "Amount", ("amount", "on"), numeric=True),
    Column("about", "Probably"),
)
FOUND = 40


@dataclass(frozen=True)
class LineCounts:
    """How many lines wait, are booked, are none of ours."""

    waiting: int
    booked: int
    ignored: int


def counts_of_lines(partnership: Partnership, *, viewer: Standing) -> LineCounts:
    """How the lines of the bank stand: one query."""
    found = BankLine.objects.visible_to(viewer).filter(partnership=partnership)
    return LineCounts(**found.aggregate(**{one.value: Count("pk", filter=Q(state=one)) for one in LineState}))


def bank_lines(partnership: Partnership, state: str, words: str = "", *, viewer: Standing) -> QuerySet[BankLine]:
    """The lines in one state, by words of the bank's."""
    found = BankLine.objects.visible_to(viewer).filter(partnership=partnership, state=state)
    return found.filter(words__icontains=words) if words else found


def candidates(partnership: Partnership, *, viewer: Standing) -> Candidates:
    """The invoices that a line may be about: two queries, whatever the number of lines."""
    prefix = Series.objects.visible_to(viewer).filter(partnership=partnership).values_list("prefix", flat=True).first()
    rows = (
        Invoice.objects.visible_to(viewer)
        .filter(partnership=partnership)
        .annotate(left=F("total") - SETTLED, pays=Case(When(later_payer="", then=F("payer_name")), default=F("later_payer")))
        .values_list("number", "pk", "reference", "left", "school_name", "pays")
    )
    numbered = {
        number: OpenInvoice(key, ref, max(left, 0), school, payer if payer != school else "")
        for number, key, ref, left, school, payer in rows
    }
    return candidates_of(prefix or "", numbered)


def proposals(lines: Iterable[tuple[str, int, str]], among: Candidates, *, viewer: Standing) -> dict[str, Proposal]:
    """What each line (key, amount, words) is probably about; an invoice is proposed for one line only."""
    found: dict[str, Proposal] = {}
    taken: set[str] = set()
    for key, amount, words in lines:
        one = propose(amount, words, among)
        if any(invoice.key in taken and invoice.owed <= amount for invoice in one.invoices):
            one = Proposal(why=f"{one.why}, but another line above is proposed for it already")
        taken |= {invoice.key for invoice in one.invoices}
        found[key] = one
    return found


def bank_line_at(key: str, partnership: Partnership, *, viewer: Standing) -> BankLine | None:
    """One line of a partnership's bank."""
    found = BankLine.objects.visible_to(viewer).select_related("partnership", "refund__account__school__current")
    return found.filter(pk=key, partnership=partnership).first()


def became_of(line: BankLine, *, viewer: Standing) -> list[tuple[str, str, int, str]]:
    """(invoice's number or nothing, school, amount, words) of what a booked line was booked to: one query."""
    paid = line.payments.order_by().annotate(kind=Value("")).values_list(
        "invoice__reference", "invoice__school_name", "amount", "kind"
    )  # fmt: skip
    held = line.held.order_by().values_list(
        Value(""), Coalesce("account__school__current__name", Value("")), "amount", "kind"
    )  # fmt: skip
    return [
        (number, school, amount, "held for the school" if kind else "")
        for number, school, amount, kind in paid.union(held, all=True)
    ]


@dataclass(frozen=True)
class OpenRow:
    """An invoice that is still owed, to be chosen from a list."""

    key: str
    number: str
    school: str
    payer: str
    owed: int
    due_on: date
    school_key: str


def open_invoices(partnership: Partnership, words: str = "", *, first: School | None = None, viewer: Standing) -> list[OpenRow]:
    """Invoices that are still owed, by words, a school's own first, otherwise by name; the first forty."""
    found = Invoice.objects.visible_to(viewer).filter(partnership=partnership, total__gt=SETTLED)
    for word in words.split():
        found = found.filter(
            Q(school_name__icontains=word)
            | Q(reference__icontains=word)
            | Q(payer_name__icontains=word)
            | Q(later_payer__icontains=word)
        )
    own = Case(When(school=first, then=Value(0)), default=Value(1)) if first else Value(0)
    rows = found.annotate(left=F("total") - SETTLED, own=own).order_by("own", "school_name", "number")
    return [
        OpenRow(*row)
        for row in rows.values_list("pk", "reference", "school_name", "payer_name", "left", "due_on", "school_id")[:FOUND]
    ]


def invoices_at(keys: Iterable[str], partnership: Partnership, *, viewer: Standing) -> list[Invoice]:
    """The invoices of those ids, of this partnership, as far as the viewer sees them."""
    found = Invoice.objects.visible_to(viewer).select_related("partnership", "school__current")
    return list(found.filter(partnership=partnership, pk__in=list(keys)))


def lines_at(keys: Iterable[str], partnership: Partnership, *, viewer: Standing) -> dict[str, BankLine]:
    """The lines of those ids that wait, by id."""
    found = BankLine.objects.visible_to(viewer).select_related("partnership")
    return {one.pk: one for one in found.filter(partnership=partnership, pk__in=list(keys))}


def refunds_open(line: BankLine, *, viewer: Standing) -> list[HeldMoney]:
    """Refunds of the same amount that no line of the bank stands for yet."""
    seen = HeldMoney.objects.visible_to(viewer).filter(account__partnership=line.partnership_id, kind=Moved.REFUNDED)
    fits = seen.filter(amount=-line.amount, paid_from_bank=None).select_related("account__school__current")
    return [one for one in fits.order_by("-on")[:FOUND] if isinstance(one, HeldMoney)]


def bank_files(partnership: Partnership, *, viewer: Standing) -> list[tuple[datetime, str, int, int]]:
    """(read at, name, lines in it, of them new) of the latest statement files."""
    found = BankFile.objects.visible_to(viewer).filter(partnership=partnership).order_by("-read_at")
    return list(found.values_list("read_at", "name", "lines_in_it", "lines_new")[:10])
