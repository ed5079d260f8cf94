"""How a person wants their messages."""

from django import forms

from alongside.ground.web.forms import Form
from alongside.members.notices.rules import Category

CHOICES = [("now", "At once"), ("digest", "In one e-mail at seven in the morning on school days")]


class Preferences(Form):
    """At once or in a digest, for each category."""

    def __init__(self, *args: object, digests: set[Category], **options: object) -> None:
        super().__init__(*args, **options)
        for one in Category:
            self.fields[one.value] = forms.ChoiceField(
                label=one.label,
                help_text=one.hint,
                choices=CHOICES,
                widget=forms.RadioSelect,
                initial="digest" if one in digests else "now",
            )

    def chosen(self) -> set[Category]:
        """What is to come in a digest."""
        return {one for one in Category if self.cleaned_data[one.value] == "digest"}
