"""The bank's statement as it was read, line by line; each waits until somebody has looked at it."""

from django.db import models
from django.db.models import Q

from alongside.ground.core.money import pounds
from alongside.ground.core.words import short_date
from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.partnerships.models import Partnership
from alongside.money.bank.rules.reading import MOVES, LineState
from alongside.money.invoices.models.corrections import HeldMoney
from alongside.money.invoices.models.invoices import Payment


class BankFile(Row):
    """A statement file that was read; its id is made by the client."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="bank_files")
    name = models.CharField(max_length=120)
    read_at = models.DateTimeField()
    lines_in_it = models.PositiveIntegerField()
    lines_new = models.PositiveIntegerField()
    left_out = models.TextField(blank=True, help_text="The lines that are no money, each with why")

    LATER = ("lines_new",)
    objects = Seen.as_manager()


class BankLine(Row):
    """One line of a statement: money in, or out when negative (pence). Remembered by its digest, so it is added once."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="bank_lines")
    file = models.ForeignKey(BankFile, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    on = models.DateField()
    words = models.CharField(max_length=300)
    amount = models.IntegerField()
    state = models.CharField(max_length=10, choices=LineState.choices(), default=LineState.WAITING.value)
    why_ignored = models.CharField(max_length=120, blank=True)
    refund = models.OneToOneField(HeldMoney, models.PROTECT, null=True, related_name="paid_from_bank")
    reviewed_at = models.DateTimeField(null=True)

    MOVES = MOVES
    FROZEN = ("id", "partnership_id", "file_id", "position", "digest", "on", "words", "amount")
    objects = Seen.as_manager()

    def __str__(self) -> str:
        return f"{pounds(self.amount)} of {short_date(self.on)}{f' (“{self.words[:60]}”)' if self.words else ''}"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "digest"], name="a_bank_line_is_added_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="a_bank_line_moves_money"),
        ]
        indexes = [models.Index(fields=["partnership", "state", "on"])]


class Booking(Row):
    """What a line, or a part of it, became: a payment of an invoice, or money that is held for a school."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="line__partnership")
    line = models.ForeignKey(BankLine, models.PROTECT, related_name="bookings")
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, related_name="from_bank")
    held = models.OneToOneField(HeldMoney, models.PROTECT, null=True, related_name="from_bank")

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(payment__isnull=False, held__isnull=True) | Q(payment__isnull=True, held__isnull=False),
                name="a_line_becomes_one_thing_at_a_time",
            )
        ]
