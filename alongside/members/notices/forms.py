"""How a person wants their messages."""

from django import forms

from alongside.ground.web.forms import DoForm
from alongside.members.notices.rules.waiting import Category

CHOICES = [("now", "At once"), ("digest", "In one e-mail at seven in the morning on school days")]


class PreferencesForm(DoForm):
    """At once or in a digest, for each category."""

    def __init__(self, *args: object, digests: set[Category], **options: object) -> None:
        super().__init__(*args, **options)
        for one in Category:
            self.fields[one] = forms.ChoiceField(
                label=one.label,
                help_text=one.hint,
                choices=CHOICES,
                widget=forms.RadioSelect,
                initial="digest" if one in digests else "now",
                error_messages={"required": f"Choose when to hear of this: {one.label}"},
            )

    def clean(self) -> dict[str, object]:
        """What is to come in a digest."""
        cleaned = super().clean() or {}
        return {"categories": {one for one in Category if cleaned.get(one) == "digest"}}
