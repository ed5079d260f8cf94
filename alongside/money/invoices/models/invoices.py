"""What schools are asked for, the invoices as they were issued, and what came in for them."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from alongside.ground.core import clock
from alongside.ground.core.shown import OnPage
from alongside.ground.documents.models import Altered, IssuedPaper
from alongside.ground.documents.rules import hash_of_facts
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School
from alongside.money.invoices.rules.invoices import (
    Facts,
    Line,
    PaperFacts,
    Party,
    State,
    Supplier,
    VatCode,
    shown_payer,
    state_of,
)
from alongside.money.invoices.rules.papers import later_notes, paper
from alongside.money.invoices.rules.settings import Issuer


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(clock.LONDON).date() if moment else None


SETTLED = F("paid") + F("credited") + F("written_off") + F("waived")
STANDS = Q(total=0) | Q(credited__lt=F("total"))  # what is credited in full asks for nothing any more: it can be asked anew


class Series(Row):
    """A partnership's two runs of numbers, of invoices and of credit notes; this row is held while they are given out."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="invoice_series")
    prefix = models.CharField(max_length=10, unique=True)
    last = models.PositiveIntegerField(default=0)
    last_credit = models.PositiveIntegerField(default=0)

    objects = Seen.as_manager()


class Claim(Row):
    """What schools are asked for: by which room, for which row of it, and in what words. It never changes."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=20)
    row = models.CharField(max_length=12)
    words = models.CharField(max_length=120)
    asked_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "row"], name="one_claim_for_a_row"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(words=""), name="a_claim_says_for_what"),
        ]

    def __str__(self) -> str:
        return self.words


class Payer(Versioned):
    """Who pays for a school in a partnership, where it is not the school itself, and its purchase order."""

    scope = Scope.SCHOOL
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="payers")
    school = models.ForeignKey(School, models.PROTECT, related_name="payers")
    name = models.CharField("Name of the payer", max_length=160, blank=True)
    address = models.TextField("Address", max_length=400, blank=True)
    email = models.EmailField("E-mail for invoices", blank=True)
    purchase_order = models.CharField("Purchase order", max_length=60, blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "school"], name="one_payer_of_a_school")]


class IssueRun(Row):
    """One press of the button: its id is made by the client, so that a repeated press is the same run."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="runs")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="+")
    issued_on = models.DateField()
    count = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last=F("first") + F("count") - 1), name="a_run_has_no_gap")]


class MoneyPaper(IssuedPaper):
    """What an invoice and a credit note have in common: who issues it to whom, for which school, over how much."""

    scope = Scope.SCHOOL
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="%(class)ss")
    school = models.ForeignKey(School, models.PROTECT, related_name="%(class)ss")
    series = models.ForeignKey(Series, models.PROTECT, related_name="%(class)ss")
    issuer = models.CharField(max_length=12, choices=[(i.value, i.value) for i in Issuer if i.value])
    supplier = models.JSONField()
    payer_name = models.CharField(max_length=200)
    payer_address = models.TextField(blank=True)
    school_name = models.CharField(max_length=200)
    school_urn = models.IntegerField()
    purchase_order = models.CharField(max_length=60, blank=True)
    total = models.PositiveIntegerField()

    FROZEN = (
        *IssuedPaper.FROZEN, "partnership_id", "school_id", "series_id", "issuer", "supplier", "payer_name", "payer_address",
        "school_name", "school_urn", "purchase_order", "total",
    )  # fmt: skip
    objects = Seen.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def saying(cls, facts: PaperFacts, **more: Any) -> Self:
        """A paper of this kind that says those facts, not stored yet."""
        return cls(
            reference=facts.reference,
            issuer=facts.issuer,
            issued_on=facts.issued_on,
            supplier=asdict(facts.supplier),
            payer_name=facts.payer.name,
            payer_address=facts.payer.more,
            school_name=facts.school.name,
            purchase_order=facts.purchase_order,
            total=facts.total,
            facts_hash=hash_of_facts(facts),
            issued_at=clock.now(),
            **more,
        )

    def paper_facts(self, lines: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
        """What `PaperFacts` holds, from the frozen row and the cells of its lines."""
        return {
            "reference": self.reference,
            "issuer": self.issuer,
            "issued_on": self.issued_on,
            "supplier": Supplier(**self.supplier),
            "payer": Party(self.payer_name, self.payer_address),
            "school": Party(self.school_name, f"URN {self.school_urn}"),
            "purchase_order": self.purchase_order,
            "lines": tuple(Line(*line) for line in lines),
        }

    def checked(self) -> PaperFacts:
        """Its facts; the sum that stands in its row is theirs."""
        facts: PaperFacts = super().checked()
        if facts.total != self.total:
            raise Altered(f"{self.reference} no longer says what was issued")
        return facts


class Invoice(MoneyPaper):
    """What one school is asked for by one claim, as it was issued (a charge of a host or a trust's journal alike).

    What it says never changes: a trigger of the database refuses it. What was paid, credited, written off and
    waived, the host's number and what was added after issue do.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="invoices")
    run = models.ForeignKey(IssueRun, models.PROTECT, related_name="invoices")
    due_on = models.DateField()
    paid = models.PositiveIntegerField(default=0)
    credited = models.PositiveIntegerField(default=0)
    written_off = models.PositiveIntegerField(default=0)
    waived = models.PositiveIntegerField(default=0)
    payer_email = models.EmailField(blank=True)
    host_number = models.CharField(max_length=40, blank=True)
    later_order = models.CharField(max_length=60, blank=True)
    later_order_at = models.DateTimeField(null=True)
    later_payer = models.CharField(max_length=200, blank=True)
    later_payer_address = models.TextField(blank=True)
    later_payer_at = models.DateTimeField(null=True)
    payer_asked = models.BooleanField(default=False, help_text="Somebody with its code asks that later ones go there too")
    email_before = models.EmailField(blank=True, help_text="Where it went before somebody else was to pay it")
    queried = models.BooleanField(default=False)

    FROZEN = (*MoneyPaper.FROZEN, "claim_id", "run_id", "due_on")
    TEMPLATE = "invoices/invoice"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="one_invoice_of_a_number"),
            models.UniqueConstraint(fields=["claim", "school"], condition=STANDS, name="one_invoice_a_claim_a_school"),
            models.CheckConstraint(condition=Q(total__gte=SETTLED), name="not_settled_more_than_owed"),
            models.CheckConstraint(condition=Q(number__gte=1), name="numbers_count_from_one"),
        ]
        indexes = [models.Index(fields=["partnership", "school_name"]), models.Index(fields=["school"])]

    @property
    def owed(self) -> int:
        """What is left to pay, in pence."""
        return self.total - self.paid - self.credited - self.written_off - self.waived

    @property
    def payable(self) -> int:
        """What may still come in for it: what is left to pay, and what was written off and comes after all."""
        return self.owed + self.written_off

    @property
    def state(self) -> State:
        """How it stands today."""
        off = self.credited, self.written_off, self.waived
        return state_of(self.total, self.paid, self.due_on, self.queried, clock.today(), *off)

    @property
    def shown_payer(self) -> OnPage:
        """Who is to pay it now, as a page shows it before a button."""
        return shown_payer(self.later_payer, self.later_payer_address, self.payer_email)

    @property
    def notes(self) -> list[str]:
        """What was added after issue, in sentences."""
        moved, since = self.later_payer_at, _day(self.later_payer_at)
        rest = moved is not None and self.payments.filter(recorded_at__lt=moved).exists()
        return later_notes(
            self.later_order, _day(self.later_order_at), self.later_payer, self.later_payer_address, since, rest=rest
        )

    def facts(self) -> Facts:
        """What it says, from its frozen rows."""
        lines = self.lines.order_by("position").values_list("words", "net", "vat_code", "vat")
        return Facts(**self.paper_facts(lines), due_on=self.due_on)

    def said(self, facts: Facts) -> dict[str, Any]:
        """The words on its paper."""
        return paper(facts)


class InvoiceLine(Row):
    """One line of an invoice; frozen with it. What finance later says about its VAT stands beside it."""

    scope = Scope.SCHOOL
    visible = Visible(office="invoice__partnership", school="invoice__school")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(default=1)
    words = models.CharField(max_length=600)
    net = models.PositiveIntegerField()
    vat_code = models.CharField(max_length=24, choices=VatCode.choices())
    vat = models.PositiveIntegerField(default=0)
    later_vat_code = models.CharField(max_length=24, blank=True, choices=VatCode.choices())
    later_vat_at = models.DateTimeField(null=True)
    later_vat_words = models.CharField(max_length=120, blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invoice", "position"], name="one_line_of_a_position")]


class Payment(Row):
    """Money that came in for an invoice; its id is made by the client, so that a repeated press is one payment."""

    scope = Scope.SCHOOL
    visible = Visible(office="invoice__partnership", school="invoice__school")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    amount = models.PositiveIntegerField()
    paid_on = models.DateField()
    method = models.CharField(max_length=20)
    reference = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gte=1), name="a_payment_is_more_than_nothing")]

    @property
    def came_from(self) -> School:
        """Whose money it was: of the school for which it was held, else the invoice's own."""
        used = getattr(self, "used", None)
        return used.account.school if used else self.invoice.school


class Query(Row):
    """Somebody queries an invoice: no reminder goes out until the office has answered."""

    scope = Scope.SCHOOL
    visible = Visible(office="invoice__partnership", school="invoice__school")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="queries")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    words = models.TextField(max_length=1000)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    reply = models.TextField(max_length=3000, blank=True)

    LATER = ("reply",)
    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice"], condition=Q(answered_at=None), name="one_open_query_an_invoice")
        ]
