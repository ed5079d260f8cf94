"""Noting what happened."""

from typing import Any

from django import forms

from alongside.ground.web.forms import DateField, NewForm
from alongside.members.contributions.rules import GiftKind

OTHER = "other"


class NoteForm(NewForm):
    """Who gave what to whom."""

    giver = forms.ChoiceField(label="Who gave?")
    receiver = forms.ChoiceField(label="Who received?")
    body = forms.CharField(
        label="Name of who is not a school here",
        max_length=120,
        required=False,
        help_text="Only if you chose “Somebody else” above: a university, a charity, a council's service.",
    )
    kind = forms.TypedChoiceField(
        label="What was it?", coerce=GiftKind, choices=[(k.value, f"{k.label} ({k.unit.value})") for k in GiftKind]
    )
    amount = forms.DecimalField(
        label="How much?",
        max_digits=7,
        decimal_places=2,
        help_text="Days in halves, hours in quarters, places and uses as whole numbers.",
        error_messages={"invalid": "Enter a number, like 2 or 0.5"},
    )
    on = DateField(label="On which day?")
    words = forms.CharField(
        label="In a few words", max_length=160, required=False, help_text="What it was about. No names of pupils or staff."
    )

    def __init__(self, *args: Any, parties: list[tuple[str, str]], own: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("giver", "receiver"):
            self.offer(name, [("", "Choose"), *parties, (OTHER, "Somebody else")])
        if len(own) == 1:
            self.initial.setdefault("giver", own[0])

    def clean(self) -> dict[str, Any]:
        """The name of who is not a school here goes with “Somebody else”, on one side only."""
        cleaned = super().clean() or {}
        others = [name for name in ("giver", "receiver") if cleaned.get(name) == OTHER]
        if len(others) == 2:
            self.add_error("receiver", "Choose a school: one side is always a school of the partnership")
        elif others and not (cleaned.get("body") or "").strip():
            self.add_error("body", "Enter the name of who gave or received")
        return cleaned
