"""The bank's lines, each with what it is probably about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateTimeField, ExpressionWrapper, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncDate

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.declaration import Figures
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import moment, plural
from alongside.ground.web.needs import as_needs, figure
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.schools.models import School
from alongside.money.bank.models import BankFile, BankLine, Booking
from alongside.money.bank.rules.matching import OpenInvoice, Proposal, propose
from alongside.money.bank.rules.reading import LOOKED, LineState
from alongside.money.invoices.models.corrections import HeldMoney
from alongside.money.invoices.models.invoices import SETTLED, Invoice, Series
from alongside.money.invoices.queries.invoices import FOUND
from alongside.money.invoices.rules.corrections import Moved

LOOKED_AT_WITHIN = timedelta(days=7)


def counts_of_lines(partnership: Partnership, *, viewer: Standing) -> dict[str, int]:
    """How many lines of the bank stand how, by their state: one query."""
    found = BankLine.objects.visible_to(viewer).filter(partnership=partnership)
    return found.aggregate(**{str(one): Count("pk", filter=Q(state=one)) for one in LineState})


def bank_lines(partnership: Partnership, state: str, *, viewer: Standing) -> QuerySet[BankLine]:
    """The lines in one state."""
    return BankLine.objects.visible_to(viewer).filter(partnership=partnership, state=state)


def proposals(lines: Iterable[Any], partnership: Partnership, *, viewer: Standing) -> dict[str, Proposal]:
    """What each line (its `pk`, `amount` and `words`) is probably about; an invoice is proposed for one line only. Two
    queries, whatever the number of lines."""
    prefix = Series.objects.visible_to(viewer).filter(partnership=partnership).values_list("prefix", flat=True).first()
    rows = (
        Invoice.objects.visible_to(viewer)
        .filter(partnership=partnership)
        .annotate(left=F("total") - SETTLED, pays=Case(When(later_payer="", then=F("payer_name")), default=F("later_payer")))
        .order_by("number")
        .values_list("number", "pk", "reference", "left", "school_name", "pays", "school_urn", "written_off")
    )
    invoices = {
        number: OpenInvoice(key, ref, max(left, 0), school, payer if payer != school else "", urn, lost)
        for number, key, ref, left, school, payer, urn, lost in rows
    }
    found: dict[str, Proposal] = {}
    taken: set[str] = set()
    for line in lines:
        one = propose(line.amount, line.words, prefix or "", invoices)
        if any(invoice.key in taken and invoice.owed <= line.amount for invoice in one.invoices):
            one = Proposal(why=f"{one.why}, but another line above is proposed for it already")
        taken |= {invoice.key for invoice in one.invoices}
        found[line.pk] = one
    return found


def became_of(line: BankLine, *, viewer: Standing) -> list[Any]:
    """Each part of a booked line: the `number` of its invoice, or nothing where it is held, the `school`, the `amount`: one
    query."""
    found = Booking.objects.visible_to(viewer).filter(line=line).order_by(F("payment__invoice__number").asc(nulls_last=True))
    rows = found.annotate(
        number=Coalesce("payment__invoice__reference", Value("")),
        school=Coalesce("payment__invoice__school_name", "held__account__school__current__name", Value("")),
        amount=Coalesce("payment__amount", "held__amount"),
        urn=Coalesce("payment__invoice__school_urn", "held__account__school__current__urn"),
    )
    return list(rows.values_list("number", "school", "amount", "urn", named=True))


def looked_at(lines: Iterable[str], *, viewer: Standing) -> dict[str, str]:
    """By whom and when lines of those ids were booked or put aside, in a few words: two queries."""
    events = list(Event.objects.visible_to(viewer).filter(act__in=LOOKED, row__in=list(lines)).order_by("pk"))
    names = dict(Person.objects.filter(pk__in={one.person for one in events}).values_list("pk", "name"))
    return {one.row: f"by {names.get(one.person, 'somebody')}, {moment(one.at)}" for one in events}


def held_by(line: BankLine, *, viewer: Standing) -> School | None:
    """The school for which a booked line, or a part of it, is held."""
    found = (
        Booking.objects.visible_to(viewer).filter(line=line).exclude(held=None).select_related("held__account__school__current")
    )
    booking = found.first()
    return booking.held.account.school if booking and booking.held else None


@dataclass(frozen=True)
class CameOf:
    """What a statement brought: pence that came in and went out, new lines that fit an invoice, and that need a look."""

    came: int
    went: int
    fit: int
    look: int


def came_of(file: BankFile, *, viewer: Standing) -> CameOf:
    """What the new lines of a statement come to, as the list proposes them: three queries."""
    waiting = list(bank_lines(file.partnership, LineState.WAITING, viewer=viewer).order_by("on", "pk"))
    about = proposals(waiting, file.partnership, viewer=viewer)
    new = [one for one in waiting if one.file_id == file.pk]
    fit = sum(1 for one in new if about[one.pk].invoices)
    came, went = (sum(one.amount for one in new if (one.amount > 0) is kind) for kind in (True, False))
    return CameOf(came, -went, fit, len(new) - fit)


def lines_at(keys: Iterable[str], partnership: Partnership, *, viewer: Standing) -> dict[str, BankLine]:
    """The lines of those ids that wait, by id."""
    found = BankLine.objects.visible_to(viewer).select_related("partnership")
    return {one.pk: one for one in found.filter(partnership=partnership, pk__in=list(keys))}


def refunds_open(line: BankLine, *, viewer: Standing) -> list[HeldMoney]:
    """Refunds of the same amount that no line of the bank stands for yet."""
    seen = HeldMoney.objects.visible_to(viewer).filter(account__partnership=line.partnership_id, kind=Moved.REFUNDED)
    fits = seen.filter(amount=-line.amount, paid_from_bank=None).select_related("account__school__current")
    return [one for one in fits.order_by("-on")[:FOUND] if isinstance(one, HeldMoney)]


def bank_files(partnership: Partnership, *, viewer: Standing) -> QuerySet[BankFile]:
    """The latest statement files."""
    return BankFile.objects.visible_to(viewer).filter(partnership=partnership).order_by("-read_at")[:10]


def needs(*, viewer: Standing, on: date) -> list[QuerySet[Any]]:
    """For the office the lines of the bank that nobody has looked at yet: within a week of the reading, however old they are."""
    lines = BankLine.objects.visible_to(viewer).filter(partnership__in=viewer.offices, state=LineState.WAITING)
    grouped = lines.order_by().values("partnership_id", "partnership__slug", "partnership__name")
    first = ExpressionWrapper(Min("file__read_at") + LOOKED_AT_WITHIN, output_field=DateTimeField())
    counted = grouped.annotate(how_many=Count("pk"), first=TruncDate(first, tzinfo=clock.LONDON))
    return [as_needs(counted, "bank.lines", key="partnership_id", number="how_many", due_on="first")]


def lines_waiting(partnership: Partnership, *, viewer: Standing) -> QuerySet[Any]:
    """How many lines of the bank wait for somebody to look at them: one row, or none, for another question to join."""
    waiting = bank_lines(partnership, LineState.WAITING, viewer=viewer)
    return waiting.order_by().values("partnership").annotate(many=Count("pk")).values("many")


def lines_stand(*, partnership: Partnership, viewer: Standing) -> Figures:
    """How many lines wait to be looked at."""

    def words(count: int) -> str:
        return f"{plural(count, 'line')} to look at" if count else "No line waits"

    return Figures({"count": figure(bank_lines(partnership, LineState.WAITING, viewer=viewer))}, words)
