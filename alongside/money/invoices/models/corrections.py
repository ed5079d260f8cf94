"""What corrects an invoice after issue: credit notes, write-offs and waivers, money held and paid back, reminders."""

from typing import Any

from django.db import models
from django.db.models import Q

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.authority.models import Authority
from alongside.members.authority.rules import Minute
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School
from alongside.money.invoices.models.invoices import Invoice, InvoiceLine, MoneyPaper, Payment
from alongside.money.invoices.rules.corrections import RECOVERED, CreditFacts, LetOff, Moved
from alongside.money.invoices.rules.invoices import VatCode
from alongside.money.invoices.rules.papers import credit_paper
from alongside.money.invoices.rules.reminders import Step


class CreditNote(MoneyPaper):
    """What is taken off an invoice, as it was issued (a credit of a host or a reversing journal of a trust alike).

    Its id is made by the client. What it says never changes: a trigger of the database refuses it.
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="credit_notes")
    reason = models.CharField(max_length=300)
    decision = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="credit_notes")
    host_number = models.CharField(max_length=40, blank=True)

    FROZEN = (*MoneyPaper.FROZEN, "invoice_id", "reason", "decision_id", "host_number")
    TEMPLATE = "invoices/credit_note"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="one_credit_note_of_a_number"),
            models.CheckConstraint(condition=Q(total__gte=1), name="a_credit_is_more_than_nothing"),
            models.CheckConstraint(condition=Q(number__gte=1), name="credit_numbers_count_from_one"),
        ]
        indexes = [models.Index(fields=["partnership", "number"])]

    @property
    def authority(self) -> Minute | None:
        """The decision that it rests on, where there is one; what a decision says never changes either."""
        made = self.decision
        return Minute(made.body, made.decided_on, made.reference) if made else None

    def facts(self) -> CreditFacts:
        """What it says, from its frozen rows."""
        lines = self.lines.order_by("line__position").values_list("line__words", "net", "vat_code", "vat")
        return CreditFacts(
            **self.paper_facts(lines),
            invoice=self.invoice.reference,
            invoice_on=self.invoice.issued_on,
            reason=self.reason,
            authority=self.authority,
            host_number=self.host_number,
        )

    def said(self, facts: CreditFacts) -> dict[str, Any]:
        """The words on its paper."""
        return credit_paper(facts)


class CreditLine(Row):
    """What a credit note takes off one line of its invoice; frozen with it."""

    scope = Scope.SCHOOL
    visible = Visible(office="credit_note__partnership", school="credit_note__school")
    credit_note = models.ForeignKey(CreditNote, models.PROTECT, related_name="lines")
    line = models.ForeignKey(InvoiceLine, models.PROTECT, related_name="credits")
    net = models.PositiveIntegerField()
    vat_code = models.CharField(max_length=24, choices=VatCode.choices())
    vat = models.PositiveIntegerField(default=0)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["credit_note", "line"], name="one_credit_of_a_line_a_note")]


class LetOffDebt(Row):
    """What is no longer asked for: written off as lost, or waived, each by somebody's decision. Its id is the client's."""

    scope = Scope.SCHOOL
    visible = Visible(office="invoice__partnership", school="invoice__school")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="let_off")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in (*map(str, LetOff), RECOVERED)])
    amount = models.PositiveIntegerField()
    on = models.DateField()
    reason = models.CharField(max_length=300)
    decision = models.ForeignKey(Authority, models.PROTECT, related_name="let_off")
    recorded_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gte=1), name="let_off_more_than_nothing")]


class Account(Row):
    """A school's account in a partnership: the money of the school that is held and not set against an invoice."""

    scope = Scope.SCHOOL
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="fee_accounts")
    school = models.ForeignKey(School, models.PROTECT, related_name="fee_accounts")
    held = models.PositiveIntegerField(default=0)

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "school"], name="one_account_of_a_school"),
            models.CheckConstraint(condition=Q(held__gte=0), name="no_more_goes_out_than_is_held"),
        ]


class HeldMoney(Row):
    """One movement of money held: it came in, was freed from an invoice, was used for one, was paid back, or never came.

    Its id is made by the client where a person writes it down.
    """

    scope = Scope.SCHOOL
    visible = Visible(office="account__partnership", school="account__school")
    account = models.ForeignKey(Account, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Moved])
    amount = models.PositiveIntegerField()
    on = models.DateField()
    reference = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    credit_note = models.OneToOneField(CreditNote, models.PROTECT, null=True, related_name="freed")
    freed_payment = models.OneToOneField(Payment, models.PROTECT, null=True, related_name="freed")
    used_as = models.OneToOneField(Payment, models.PROTECT, null=True, related_name="used")
    recorded_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="a_movement_is_more_than_nothing"),
            models.CheckConstraint(
                condition=~Q(kind=Moved.FREED) | Q(credit_note__isnull=False) | Q(freed_payment__isnull=False),
                name="what_is_freed_was_paid_for_something",
            ),
        ]
        indexes = [models.Index(fields=["account", "on"])]


class Reminder(Row):
    """One step taken about an overdue invoice: once each, on a school day. A call waits until somebody has rung."""

    scope = Scope.SCHOOL
    visible = Visible(office="invoice__partnership", school="invoice__school")
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Step])
    on = models.DateField()
    to = models.EmailField(blank=True)
    owed = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    spoke_to = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=600, blank=True)
    done_at = models.DateTimeField(null=True)
    chair_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["invoice", "step"], name="each_step_once_an_invoice")]
