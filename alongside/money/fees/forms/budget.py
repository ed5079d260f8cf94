"""Forms of the budget, of decisions, of year 2 and of liabilities."""

from typing import Any

from django import forms

from alongside.ground.core import keys
from alongside.ground.core.verdict import Invalid
from alongside.ground.web.forms import DateField, Form, PoundsField
from alongside.money.fees.forms.invoices import IssueForm
from alongside.money.fees.models import Heading
from alongside.money.fees.rules.decisions import DecisionKind
from alongside.money.fees.rules.evaluation import Anchor
from alongside.money.fees.rules.liability import Outcome
from alongside.money.fees.rules.reduction import JoinerCut, JoinerFee

BY_HAND = (DecisionKind.WAIVER, DecisionKind.WRITE_OFF, DecisionKind.CREDIT)


class HeadingForm(Form):
    """A heading of the budget with what is planned for it."""

    name = forms.CharField(label="Heading", max_length=80, help_text="For example: Networks, Lead schools, Partnership team.")
    planned = PoundsField(label="Planned for the year", least=0)


class ChangeHeadingForm(HeadingForm):
    """A heading, its plan, and whether it goes on."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    plan_version = forms.IntegerField(widget=forms.HiddenInput)
    is_ended = forms.BooleanField(label="Nothing more is promised or spent under this heading", required=False)


class OfHeading(Form):
    """A form that asks for one of the partnership's headings."""

    heading = forms.ChoiceField(label="Heading", choices=[])

    def __init__(self, *args: Any, headings: list[Heading], **options: Any) -> None:
        super().__init__(*args, **options)
        self.headings = {one.pk: one for one in headings}
        if "heading" in self.fields:
            self.offer("heading", [("", "Choose a heading"), *((one.pk, one.name) for one in headings)])

    def clean_heading(self) -> Heading:
        """The heading itself."""
        return self.headings[self.cleaned_data["heading"]]


class SaidOfPromise(OfHeading):
    """What a promise says."""

    to = forms.CharField(label="To whom?", max_length=120)
    words = forms.CharField(label="What for?", max_length=300)
    amount = PoundsField(label="How much?", least=1)
    due_on = DateField(label="By when do you expect to pay it?")
    sure = forms.BooleanField(label="Promise it all the same", required=False, widget=forms.HiddenInput)

    def refuse(self, problem: Invalid) -> None:
        """The box to tick appears when it is asked for."""
        if "sure" in problem.problems:
            self.fields["sure"].widget = forms.CheckboxInput()
        super().refuse(problem)


class PromiseForm(SaidOfPromise):
    """Money promised to somebody."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=keys.LENGTH)


class ChangePromiseForm(SaidOfPromise):
    """A promise, corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReleaseForm(Form):
    """Why a promise is no longer needed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label="Why is it no longer needed?", max_length=200)


class SaidOfSpending(Form):
    """What a spending says."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=keys.LENGTH)
    payee = forms.CharField(label="Who was paid?", max_length=120)
    amount = PoundsField(label="How much?", least=1)
    spent_on = DateField(label="On which day?")
    words = forms.CharField(label="What for?", max_length=300, required=False)
    reference = forms.CharField(label="Reference", max_length=60, required=False, help_text="The number of their invoice, say.")


class SpendingForm(OfHeading, SaidOfSpending):
    """Money spent under a heading."""

    field_order = ("key", "heading")


class KeepPromiseForm(SaidOfSpending):
    """Money spent to keep a promise: its heading is known."""

    is_last = forms.BooleanField(label="That was all: nothing more will be paid for this promise", required=False)


class TakeBackForm(Form):
    """What was wrong with a spending."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=keys.LENGTH)
    why = forms.CharField(label="What was wrong?", max_length=300)


class MinuteForm(Form):
    """The decision that something rests on."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=keys.LENGTH)
    body = forms.CharField(label="Who decided?", max_length=120, help_text="The board, or the body that it has given this to.")
    decided_on = DateField(label="On which day?")
    reference = forms.CharField(
        label="Reference of the minute", max_length=60, help_text="As it stands in the minutes, like PB 23/07."
    )
    words = forms.CharField(label="In the words of the minute", max_length=500, required=False, widget=forms.Textarea)


class RecordDecisionForm(MinuteForm):
    """A decision about one school's money."""

    kind = forms.ChoiceField(
        label="What was decided?", widget=forms.RadioSelect, choices=[(one.value, one.label) for one in BY_HAND]
    )
    urn = forms.IntegerField(label="URN of the school", min_value=1, required=False, help_text="Where it is about one school.")
    amount = PoundsField(label="Amount", least=0, required=False)
    field_order = ("key", "kind", "urn", "amount", "body", "decided_on", "reference", "words")


class ReductionForm(MinuteForm):
    """By how much the board cuts the fee."""

    basis = forms.ChoiceField(
        label="How did the board say it?",
        widget=forms.RadioSelect,
        choices=[("all", "So much in all, shared out equally"), ("each", "So much for each school")],
    )
    amount = PoundsField(label="Amount", least=0)
    field_order = ("key", "basis", "amount", "body", "decided_on", "reference", "words")


class SettleForm(MinuteForm):
    """What becomes of a school's fee."""

    outcome = forms.ChoiceField(
        label="What was decided?", widget=forms.RadioSelect, choices=[(one.value, one.label) for one in Outcome]
    )
    payer_name = forms.CharField(
        label="Who takes it over?", max_length=160, required=False, help_text="Only where somebody else takes the fee over."
    )
    to_urn = forms.IntegerField(
        label="URN of the school that takes it over",
        min_value=1,
        required=False,
        help_text="Where it is a school of the partnership: it then sees the fee beside its own.",
    )
    payer_address = forms.CharField(label="Their address", max_length=400, required=False, widget=forms.Textarea)
    payer_email = forms.EmailField(label="Their e-mail for invoices", required=False)
    field_order = (
        "key",
        "outcome",
        "payer_name",
        "to_urn",
        "payer_address",
        "payer_email",
        "body",
        "decided_on",
        "reference",
        "words",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hint(
            "outcome",
            {
                Outcome.DUE: "It is asked for like every other fee.",
                Outcome.WAIVED: "It is not asked for. What has been asked for already and is still owed is let off.",
                Outcome.TRANSFERRED: "The invoice goes to whoever takes it over.",
            },
        )


class JoinersForm(Form):
    """How schools that join later are asked, and two days."""

    version = forms.CharField(widget=forms.HiddenInput)

    joiner_cut = forms.ChoiceField(
        label="Does a school that was not asked for the whole of year 1 get the reduction?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in JoinerCut],
    )
    joiner_fee = forms.ChoiceField(
        label="What is a school asked for that joins while a year is running?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in JoinerFee],
    )
    year_two_on = DateField(
        label="When do the year 2 invoices go out?", required=False, help_text="Empty: a year after the first ones."
    )
    evaluation_from = forms.ChoiceField(
        label="From which day do the eighteen months to the evaluation count?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in Anchor],
    )


class CreditAllForm(Form):
    """The press that credits what the board took off: how many it showed."""

    expected = forms.IntegerField(widget=forms.HiddenInput)


class IssueYearForm(IssueForm):
    """The press that issues one year's invoices."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    at_maximum = forms.BooleanField(label="The board has not decided on a reduction: issue at the maximum", required=False)
