"""Forms about invoices: payments, who pays, queries; what corrects one; money held; reminders."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from alongside.ground.core import clock
from alongside.ground.core.verdict import Invalid
from alongside.ground.web.forms import (
    LOST,
    AddressField,
    DateField,
    DoForm,
    EditForm,
    Form,
    MarkedForm,
    NewForm,
    PoundsField,
    SeenField,
)
from alongside.members.authority.models import Authority
from alongside.money.invoices.rules.corrections import LetOff
from alongside.money.invoices.rules.invoices import METHODS


class MoneyMovedForm(NewForm):
    """Money that moved, written down by hand: what is recorded already is asked for once more, by a box that shows only then."""

    def refuse(self, problem: Invalid) -> None:
        """Show the box where the rule asks for it."""
        if "again" in problem.problems:
            self.fields["again"].widget = forms.CheckboxInput()
        super().refuse(problem)


def once_more(words: str) -> forms.BooleanField:
    """The box that says that the same happened a second time."""
    return forms.BooleanField(label=words, required=False, widget=forms.HiddenInput)


class PaymentForm(MoneyMovedForm):
    """Money that came in."""

    amount = PoundsField(label="Amount", least=1)
    paid_on = DateField(label="Which day did it come in?")
    method = forms.ChoiceField(label="How was it paid?", choices=[(one, one[:1].upper() + one[1:]) for one in METHODS])
    reference = forms.CharField(label="Reference on the statement", max_length=60, required=False)
    again = once_more("As much came in a second time: record it again")


class PayerForm(EditForm):
    """Who pays for a school from now on."""

    name = forms.CharField(
        label="Name of the payer", max_length=160, required=False, help_text="Leave it empty if the school itself pays."
    )
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea)
    email = AddressField(
        label="E-mail for invoices", required=False, help_text="Where invoices go. Empty: to the business manager or the head."
    )
    purchase_order = forms.CharField(label="Purchase order for the next invoice", max_length=60, required=False)


class ReaddressForm(MarkedForm):
    """Who will pay an issued invoice."""

    name = forms.CharField(label="Who will pay?", max_length=160, help_text="For example the trust that the school belongs to.")
    address = forms.CharField(label="Address", max_length=400, required=False, widget=forms.Textarea)
    email = AddressField(label="E-mail for invoices", required=False)


class OrderForm(MarkedForm):
    """A purchase order for an issued invoice."""

    order = forms.CharField(label="Purchase order", max_length=60)


class QueryForm(NewForm):
    """What is not right with an invoice."""

    words = forms.CharField(label="What should we look at?", max_length=1000, widget=forms.Textarea)
    name = forms.CharField(label="Your name", max_length=120)
    email = AddressField(label="E-mail for our answer")


class AnswerQueryForm(DoForm):
    """The office's answer to a query."""

    query = forms.CharField(widget=forms.HiddenInput, max_length=12, error_messages={"required": LOST})
    reply = forms.CharField(
        label="Your answer", max_length=3000, widget=forms.Textarea, help_text="It is sent to whoever asked, and stays here.",
        error_messages={"required": "Write the answer"},
    )  # fmt: skip


class SendForm(MarkedForm):
    """Where an invoice is sent."""

    to = AddressField(label="Send it to", error_messages={"required": "Enter the e-mail address to send it to"})


class HostNumberForm(MarkedForm):
    """The host's own number for a charge."""

    host_number = forms.CharField(label="The host’s invoice number", max_length=40)


class OpenForm(DoForm):
    """An invoice's number and its code."""

    number = forms.CharField(label="Invoice number", max_length=24, help_text="For example ELP-0001.")
    code = forms.CharField(
        label="Code", max_length=24, help_text="Twelve letters and figures from our e-mail, like 7h3k-92mx-pq4t."
    )


class _Decided(NewForm):
    """A form whose deed rests on a recorded decision."""

    def __init__(self, *args: Any, decisions: QuerySet[Authority], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("decision", decisions)


class CreditForm(_Decided):
    """A credit note."""

    amount = PoundsField(label="How much is credited, with VAT?", least=1)
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        widget=forms.Textarea,
        help_text="It stands on the credit note, so write it for the school.",
        error_messages={"required": "Enter the reason"},
    )
    decision = forms.ModelChoiceField(
        Authority.objects.none(), label="Decision on which it rests", required=False, empty_label="None",
        help_text="Where there is one. It then stands on the credit note.",
    )  # fmt: skip
    host_number = forms.CharField(label="The host’s number of its credit note", max_length=40)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=12, required=False)
    shown = SeenField()

    def __init__(self, *args: Any, hosted: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not hosted:
            del self.fields["host_number"]


class LetOffForm(_Decided):
    """A write-off or a waiver."""

    kind = forms.ChoiceField(
        label="What is it?",
        widget=forms.RadioSelect,
        choices=[(LetOff.WRITTEN_OFF.value, "Write it off"), (LetOff.WAIVED.value, "Waive it")],
    )
    amount = PoundsField(label="How much?", least=1)
    decision = forms.ModelChoiceField(
        Authority.objects.none(),
        label="Decision on which it rests",
        empty_label="Choose",
        help_text="Nothing is written off or waived without one.",
        error_messages={"required": "Choose the decision on which it rests"},
    )
    reason = forms.CharField(
        label="Reason", max_length=300, widget=forms.Textarea, error_messages={"required": "Enter the reason"}
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hint(
            "kind",
            {
                LetOff.WRITTEN_OFF.value: "It will not come any more: the school has closed, or the debt is too old.",
                LetOff.WAIVED.value: "It was decided not to ask for it.",
            },
        )


class FreePaymentForm(DoForm):
    """A payment is taken off its invoice."""

    reason = forms.CharField(
        label="Why?", max_length=300, help_text="For example: it was for another school, or: the cheque came back."
    )


class HoldForm(MoneyMovedForm):
    """Money of a school that came in for no invoice."""

    amount = PoundsField(label="Amount", least=1)
    received_on = DateField(label="Which day did it come in?")
    reference = forms.CharField(label="Reference on the statement", max_length=60, required=False)
    reason = forms.CharField(label="What is it?", max_length=300, required=False, help_text="For example: paid twice.")
    again = once_more("As much came in a second time: record it again")


class UseHeldForm(NewForm):
    """Money held is set against an invoice."""

    invoice = forms.ChoiceField(label="For which invoice?")
    amount = PoundsField(label="Amount", least=1)

    def __init__(self, *args: Any, invoices: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("invoice", invoices)


class RefundForm(MoneyMovedForm):
    """Money held is paid back."""

    amount = PoundsField(label="Amount", least=1)
    paid_on = DateField(label="Which day was it paid back?")
    reference = forms.CharField(
        label="Reference of the payment out",
        max_length=60,
        help_text="As it stands on your bank’s statement; where a host pays, the host’s number.",
    )
    reason = forms.CharField(label="Why?", max_length=300, required=False)
    again = once_more("As much was paid back a second time: record it again")


class NeverCameForm(NewForm):
    """Money that was written down and never came."""

    amount = PoundsField(label="Amount", least=1)
    reason = forms.CharField(label="What happened?", max_length=300, help_text="For example: the cheque came back.")


class PeriodForm(Form):
    """From when to when a statement goes."""

    first_on = DateField(label="From", required=False)
    last_on = DateField(label="To", required=False)

    def clean(self) -> dict[str, Any]:
        """A statement that ends before it begins would say that nothing is owed."""
        typed = super().clean() or {}
        first, last = typed.get("first_on"), typed.get("last_on")
        if first and first > min(last or clock.today(), clock.today()):
            self.add_error("first_on", "Enter a day that is not after the last day of the statement, nor after today")
        return typed


class CallForm(DoForm):
    """What came of a call."""

    spoke_to = forms.CharField(label="Who did you speak to?", max_length=120, required=False)
    words = forms.CharField(label="What was said?", max_length=600, widget=forms.Textarea)


class ReminderDaysForm(MarkedForm):
    """After how many days each step comes."""

    first_reminder = forms.IntegerField(label="Days after the due date to the reminder", min_value=1, max_value=365)
    second_reminder = forms.IntegerField(label="Days to the second reminder", min_value=1, max_value=365)
    call_after = forms.IntegerField(label="Days until somebody rings", min_value=1, max_value=365)
    reminders_by_themselves = forms.BooleanField(
        label="Send them by themselves, on school days", required=False,
        help_text="Otherwise they wait until somebody in the office presses the button.",
    )  # fmt: skip
