"""Forms of the budget."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from alongside.ground.core.verdict import Invalid
from alongside.ground.web.forms import DateField, DoForm, EditForm, Form, NewForm, PoundsField
from alongside.money.budget.models import Heading
from alongside.money.budget.rules import MISSING


class SaidOfHeading(Form):
    """What is said of a heading."""

    name = forms.CharField(
        label="Heading",
        max_length=80,
        help_text="For example: Networks, Lead schools, Partnership team.",
        error_messages={"required": MISSING["name"]},
    )
    planned = PoundsField(label="Planned for the year", least=0, error_messages={"required": MISSING["planned"]})


class HeadingForm(SaidOfHeading, NewForm):
    """A heading of the budget with what is planned for it."""


class ChangeHeadingForm(SaidOfHeading, EditForm):
    """A heading, its plan (which has a version of its own), and whether it goes on."""

    plan_version = forms.IntegerField(widget=forms.HiddenInput)
    is_ended = forms.BooleanField(label="Nothing more is promised or spent under this heading", required=False)


class OfHeading(Form):
    """A form that asks for one of the partnership's headings."""

    heading = forms.ModelChoiceField(
        Heading.objects.none(), label="Heading", empty_label="Choose a heading", error_messages={"required": MISSING["heading"]}
    )

    def __init__(self, *args: Any, headings: QuerySet[Heading], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("heading", headings)


class SaidOfPromise(OfHeading):
    """What is said of a promise."""

    to = forms.CharField(label="To whom?", max_length=120, error_messages={"required": MISSING["to"]})
    words = forms.CharField(label="What for?", max_length=300, error_messages={"required": MISSING["words"]})
    amount = PoundsField(label="How much?", least=1, error_messages={"required": MISSING["promised"]})
    due_on = DateField(label="By when do you expect to pay it?", error_messages={"required": MISSING["due_on"]})
    sure = forms.BooleanField(label="Promise it all the same", required=False, widget=forms.HiddenInput)

    def refuse(self, problem: Invalid) -> None:
        """The box to tick appears when it is asked for."""
        if "sure" in problem.problems:
            self.fields["sure"].widget = forms.CheckboxInput()
        super().refuse(problem)


class PromiseForm(SaidOfPromise, NewForm):
    """Money promised to somebody."""


class ChangePromiseForm(SaidOfPromise, EditForm):
    """A promise, corrected."""


class ReleaseForm(DoForm):
    """Why a promise is no longer needed."""

    why = forms.CharField(label="Why is it no longer needed?", max_length=200, error_messages={"required": MISSING["released"]})


class SaidOfSpending(NewForm):
    """What is said of a spending."""

    payee = forms.CharField(label="Who was paid?", max_length=120, error_messages={"required": MISSING["payee"]})
    amount = PoundsField(label="How much?", least=1, error_messages={"required": MISSING["spent"]})
    spent_on = DateField(label="On which day?", error_messages={"required": MISSING["spent_on"]})
    words = forms.CharField(label="What for?", max_length=300, required=False)
    reference = forms.CharField(label="Reference", max_length=60, required=False, help_text="The number of their invoice, say.")


class SpendingForm(OfHeading, SaidOfSpending):
    """Money spent under a heading."""

    field_order = ("key", "heading")


class KeepPromiseForm(SaidOfSpending):
    """Money spent to keep a promise: its heading is known."""

    is_last = forms.BooleanField(label="That was all: nothing more will be paid for this promise", required=False)


class TakeBackForm(NewForm):
    """What was wrong with a spending."""

    why = forms.CharField(label="What was wrong?", max_length=300, error_messages={"required": MISSING["wrong"]})
