"""What people type about a partnership."""

from typing import Any

from django import forms

from alongside.ground.web.forms import EditForm, Form
from alongside.members.partnerships.rules import Template


class About(EditForm):
    """A partnership's own facts."""

    name = forms.CharField(max_length=120, label="Name", help_text="As it stands on letters and invoices.")
    area = forms.CharField(max_length=120, label="Area in words", required=False, help_text="A borough, a county, a few towns.")
    contact_email = forms.EmailField(
        label="The office's e-mail address", help_text="Shown on the prospectus, and where answers to mails go."
    )


class Begin(Form):
    """The first page of a new partnership."""

    name = forms.CharField(max_length=120, label="What is the partnership called?")
    template = forms.ChoiceField(
        label="What kind of family is it?",
        widget=forms.RadioSelect,
        choices=[(Template.LEARNING.value, "A learning partnership"), (Template.TRUST.value, "A multi-academy trust")],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hint(
            "template",
            {
                "learning": "Separate schools that sign an agreement, pay a fee, elect a board and choose priorities.",
                "trust": "One employer with several schools, a Headboard of heads, and entitlements for every school.",
            },
        )
