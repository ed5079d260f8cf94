"""The minute that something rests on."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.ground.web.forms import DateField, NewForm, PoundsField
from alongside.members.authority.rules import MISSING, DecisionKind

BY_HAND = (DecisionKind.WAIVER, DecisionKind.WRITE_OFF, DecisionKind.CREDIT)


class MinuteForm(NewForm):
    """The decision that something rests on."""

    body = forms.CharField(
        label="Who decided?",
        initial="Partnership board",
        max_length=120,
        help_text="The board, or the body that it has given this to.",
        error_messages={"required": MISSING["body"]},
    )
    decided_on = DateField(label="On which day?", error_messages={"required": MISSING["decided_on"]})
    reference = forms.CharField(
        label="Reference of the minute",
        max_length=60,
        help_text="As it stands in the minutes, like PB 23/07.",
        error_messages={"required": MISSING["reference"]},
    )
    words = forms.CharField(label="In the words of the minute", max_length=500, required=False, widget=forms.Textarea)


class RecordDecisionForm(MinuteForm):
    """A decision about one school's money."""

    kind = forms.ChoiceField(
        label="What was decided?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in BY_HAND],
        error_messages={"required": MISSING["kind"]},
    )
    urn = forms.TypedChoiceField(
        label="School", coerce=int, empty_value=None, required=False, help_text="Where it is about one school."
    )
    amount = PoundsField(label="Amount", least=0, required=False)
    field_order = ("key", "kind", "urn", "amount", "body", "decided_on", "reference", "words")

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("urn", [("", "About all schools"), *places])
