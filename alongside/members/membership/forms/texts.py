"""What the manager writes about the partnership."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from alongside.ground.web.forms import DateField, EditForm
from alongside.members.membership.rules.text import AGREEMENT, SECTIONS

HINTS = {
    "summary": "Two or three sentences: a head reads this first.",
    "costs": "What it costs, when it is invoiced, and what it covers.",
    "timeline": "The dates are drawn by themselves; add what happens between them.",
    AGREEMENT: "What a school signs. It is part of the text whose hash stands on each signature.",
}


class ProspectusForm(EditForm):
    """Every section of the prospectus, and the agreement."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, heading in {**SECTIONS, AGREEMENT: "The agreement"}.items():
            self.fields[name] = forms.CharField(
                label=heading,
                widget=forms.Textarea,
                validators=[MaxLengthValidator(6000)],
                required=False,
                help_text=HINTS.get(name, ""),
            )


class WorkingGroupForm(EditForm):
    """The group of heads that precedes the board."""

    name = forms.CharField(label="Name of the group", max_length=120)
    sponsors = forms.CharField(
        label="Sponsors", widget=forms.Textarea, max_length=1000, required=False, help_text="A body a line."
    )
    members = forms.CharField(
        label="Members",
        widget=forms.Textarea,
        max_length=3000,
        required=False,
        help_text="A line each, by post and school: they are shown in public.",
    )
    from_on = DateField(label="From")
    until_on = DateField(label="Until")
    hands_over = forms.CharField(
        label="What it hands to the board",
        widget=forms.Textarea,
        max_length=1000,
        required=False,
        help_text="For example, the proposals, the criteria for lead schools, the draft calendar.",
    )

    def clean(self) -> dict[str, Any]:
        """The group ends after it begins."""
        data = super().clean() or {}
        if data.get("from_on") and data.get("until_on") and data["until_on"] < data["from_on"]:
            self.add_error("until_on", "Enter a day that is not before the first")
        return data
