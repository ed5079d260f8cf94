"""Noting what happened."""

from typing import Any

from django import forms

from alongside.ground.web.forms import DateField, NewForm
from alongside.members.contributions.queries import Party
from alongside.members.contributions.rules import GiftKind

OTHER = "other"


class NoteForm(NewForm):
    """Who gave what to whom; no `giver` or `receiver` is somebody else, of the name `body`."""

    giver = forms.TypedChoiceField(label="Who gave?")
    receiver = forms.TypedChoiceField(label="Who received?")
    body = forms.CharField(
        label="Name of who is not a school here",
        max_length=120,
        required=False,
        help_text="Only if you chose “Somebody else” above: a university, a charity, a council's service.",
    )
    kind = forms.TypedChoiceField(
        label="What was it?",
        coerce=GiftKind,
        choices=[(k.value, f"{k.label} ({k.unit.value})") for k in GiftKind],
        error_messages={"required": "Choose what it was"},
    )
    amount = forms.DecimalField(
        label="How much?",
        max_digits=7,
        decimal_places=2,
        help_text="Days in halves, hours in quarters, places and uses as whole numbers.",
        error_messages=dict.fromkeys(("required", "invalid"), "Enter a number, like 2 or 0.5"),
    )
    on = DateField(label="On which day?", error_messages={"required": "Enter the day on which it happened"})
    words = forms.CharField(
        label="In a few words", max_length=160, required=False, help_text="What it was about. No names of pupils or staff."
    )

    def __init__(self, *args: Any, parties: list[Party], own: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("giver", "receiver"):
            side: Any = self.fields[name]
            side.coerce = {one.pk: one for one in parties}.get
            side.choices = [("", "Choose"), *((one.pk, one.name) for one in parties), (OTHER, "Somebody else")]
        if len(own) == 1:
            self.initial.setdefault("giver", own[0])
