"""Forms of the budget."""

from typing import Any

from django import forms

from alongside.ground.core import keys
from alongside.ground.core.verdict import Invalid
from alongside.ground.web.forms import DateField, Form, PoundsField
from alongside.money.budget.models import Heading


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
