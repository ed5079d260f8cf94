"""Invoices as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, ExpressionWrapper, F, IntegerField, Q, QuerySet, Sum, Value, When

from alongside.ground.core import clock
from alongside.ground.core.declaration import Figures
from alongside.ground.core.money import pounds, short_pounds
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.documents.queries import opened_with
from alongside.ground.web import compiled
from alongside.ground.web.needs import figure
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import person_of
from alongside.members.schools.models import School
from alongside.money.invoices.models.invoices import SETTLED, Invoice, Payer, Query
from alongside.money.invoices.queries.ledger import Happening, story_of
from alongside.money.invoices.rules.invoices import Line
from alongside.money.invoices.rules.statements import BUCKETS, spans

LEFT = F("total") - SETTLED
OPEN = Q(total__gt=SETTLED)


@dataclass(frozen=True)
class Totals:
    """What has been asked for, what has come in, and how many invoices stand how; amounts in pence."""

    count: int
    invoiced: int
    paid: int
    overdue: int
    settled: int
    open: int
    late: int
    queried: int
    credited: int = 0
    let_off: int = 0
    aged: tuple[int, ...] = (0, 0, 0, 0, 0)

    @property
    def owed(self) -> int:
        """What is still to come in."""
        return self.invoiced - self.paid - self.credited - self.let_off


def _late(on: date) -> Q:
    return OPEN & Q(queried=False, due_on__lt=on)


def totals_of(partnership: Partnership, *, viewer: Standing) -> Totals:
    """The sums over the invoices that the viewer sees: one query."""
    found = compiled.rows(_sums, SUMS, viewer=viewer, about=partnership.pk, on=clock.today())
    sums = dict(zip(SUMS, [cell or 0 for cell in found[0]], strict=True)) if found else dict.fromkeys(SUMS, 0)
    aged = tuple(sums.pop(f"k_{n}") for n in range(len(BUCKETS)))
    return Totals(**{name[2:]: value for name, value in sums.items()}, aged=aged)


# a sum may not be called like its column
SUMS = dict.fromkeys(
    [
        *("a_count", "b_invoiced", "c_paid", "d_overdue", "e_settled", "f_open", "g_late", "h_queried", "i_credited"),
        *("j_let_off", *(f"k_{n}" for n in range(len(BUCKETS)))),
    ],
    IntegerField(),
)


def _sums(*, viewer: Standing, about: str, on: date) -> QuerySet[Any]:
    late, left = _late(on), ExpressionWrapper(LEFT, IntegerField())
    mine: Any = Invoice.objects.visible_to(viewer).filter(partnership=about).order_by().values("partnership")
    return mine.annotate(
        a_count=Count("pk"),
        b_invoiced=Sum("total"),
        c_paid=Sum("paid"),
        d_overdue=Sum(left, filter=late),
        e_settled=Count("pk", filter=~OPEN),
        f_open=Count("pk", filter=OPEN),
        g_late=Count("pk", filter=late),
        h_queried=Count("pk", filter=OPEN & Q(queried=True)),
        i_credited=Sum("credited"),
        j_let_off=Sum(F("written_off") + F("waived")),
        **{f"k_{n}": Sum(left, filter=Q(due_on__range=span)) for n, span in enumerate(spans(on))},
    ).values_list(*SUMS)


def who_owes(partnership: Partnership, show: str = "", words: str = "", *, viewer: Standing) -> QuerySet[Invoice]:
    """The invoices that the viewer sees, all or those that are owed, late, queried or paid, with `left` and `rank`."""
    today = clock.today()
    shown = {"owed": OPEN, "late": _late(today), "queried": OPEN & Q(queried=True), "paid": ~OPEN}.get(show, Q())
    if words:
        shown &= Q(school_name__icontains=words) | Q(reference__icontains=words) | Q(payer_name__icontains=words)
    rank = Case(
        When(~OPEN, then=Value(3)), When(_late(today), then=Value(0)), When(queried=True, then=Value(1)), default=Value(2)
    )
    return (
        Invoice.objects.visible_to(viewer)
        .filter(shown, partnership=partnership)
        .annotate(left=ExpressionWrapper(LEFT, IntegerField()), rank=rank)
    )


def opened_invoice(reference: str, proof: str, *, viewer: Standing) -> Invoice | None:
    """The invoice of that number for whoever opened it with the code that is good today; the proof is of the session."""
    found = Invoice.objects.select_related("partnership", "school__current", "claim")
    opened = opened_with("invoices.invoice", proof)
    return found.filter(reference=reference.upper(), pk__in=opened).first() if proof else None


def own_schools(partnership: Partnership, *, viewer: Standing) -> list[tuple[School, list[Invoice]]]:
    """The viewer's schools in it, each with its invoices, the latest first: two queries."""
    schools = School.objects.filter(pk__in=viewer.schools_in(partnership.pk)).order_by("current__name")
    invoices: dict[str, list[Invoice]] = {}
    rows = Invoice.objects.visible_to(viewer).filter(partnership=partnership).select_related("claim")
    for one in rows.order_by("-issued_on", "-number"):
        invoices.setdefault(one.school_id, []).append(one)
    return [(school, invoices.get(school.pk, [])) for school in schools]


@dataclass(frozen=True)
class Detail:
    """What belongs to one invoice."""

    lines: list[Line]
    story: list[Happening]
    queries: list[Query]

    @property
    def vat(self) -> int:
        """The VAT on all lines."""
        return sum(line.vat for line in self.lines)


def detail_of(invoice: Invoice, *, viewer: Standing) -> Detail:
    """Its lines, what happened to it, and queries: three queries. The viewer has been let see the invoice."""
    return Detail(
        [Line(*row) for row in invoice.lines.order_by("position").values_list("words", "net", "vat_code", "vat")],
        story_of(invoice, viewer=viewer),
        list(invoice.queries.order_by("-asked_at")),
    )


def open_query(invoice: Invoice, *, viewer: Standing) -> Query | None:
    """The query of an invoice that waits for an answer."""
    return Query.objects.visible_to(viewer).filter(invoice=invoice, answered_at=None).first()


def payer_of(partnership: Partnership, school: School, *, viewer: Standing) -> Payer:
    """Who pays for a school; a new row, not yet saved and of no version, where nobody has said."""
    found = Payer.objects.visible_to(viewer).filter(partnership=partnership, school=school).first()
    return found or Payer(partnership=partnership, school=school, version=0)


def asker(*, viewer: Standing) -> dict[str, str]:
    """The name and the address of whoever asks, for a form that would ask them for both; nothing for a visitor."""
    person = person_of(viewer)
    return {"name": person.name, "email": person.email or ""} if person else {}


FOUND = 40


@dataclass(frozen=True)
class OpenRow:
    """An invoice for which money may still come in, to be chosen from a list: it is owed, or was written off (`lost`)."""

    key: str
    number: str
    school: str
    payer: str
    owed: int
    due_on: date
    school_key: str
    lost: int

    @property
    def chosen(self) -> str:
        """It, and what may still come in for it, as a page carries them."""
        return f"{self.key}.{self.owed}"

    @property
    def words(self) -> str:
        """How much may come in, and whether it is still owed."""
        return f"{pounds(self.owed)} {'written off' if self.lost else 'owed'}"


def open_invoices(partnership: Partnership, words: str = "", *, first: School | None = None, viewer: Standing) -> list[OpenRow]:
    """Invoices that are still owed or were written off, by words, a school's own first, otherwise by name; the first forty."""
    found = Invoice.objects.visible_to(viewer).filter(OPEN | Q(written_off__gt=0), partnership=partnership)
    for word in words.split():
        found = found.filter(
            Q(school_name__icontains=word)
            | Q(reference__icontains=word)
            | Q(payer_name__icontains=word)
            | Q(later_payer__icontains=word)
        )
    own = Case(When(school=first, then=Value(0)), default=Value(1)) if first else Value(0)
    rows = found.annotate(left=LEFT + F("written_off"), own=own).order_by("own", "school_name", "number")
    columns = ("pk", "reference", "school_name", "payer_name", "left", "due_on", "school_id", "written_off")
    return [OpenRow(*row) for row in rows.values_list(*columns)[:FOUND]]


def invoices_at(keys: Iterable[str], partnership: Partnership, *, viewer: Standing) -> list[Invoice]:
    """The invoices of those ids, of this partnership, as far as the viewer sees them."""
    found = Invoice.objects.visible_to(viewer).select_related("partnership", "school__current")
    return list(found.filter(partnership=partnership, pk__in=list(keys)))


def invoices_stand(*, partnership: Partnership, viewer: Standing) -> Figures:
    """What is still to be paid."""

    def words(count: int, owed: int) -> str:
        return f"{plural(count, 'school owes', 'schools owe')} {short_pounds(owed)}" if count else "Nothing is to be paid"

    open_now = Invoice.objects.visible_to(viewer).filter(OPEN, partnership=partnership)
    return Figures(
        {"count": figure(open_now, Count("school_id", distinct=True)), "owed": figure(open_now, Sum(F("total") - SETTLED))}, words
    )
