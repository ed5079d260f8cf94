"""What the office types: where to look for schools, whom to invite, what a reminder says."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from alongside.ground.web.forms import DoForm, Form, NewForm, SeenField
from alongside.members.membership.rules.invitations import OPENING, SUBJECT
from alongside.members.schools.rules import Constituency

KM = [("2", "2 km"), ("5", "5 km"), ("10", "10 km"), ("25", "25 km"), ("50", "50 km")]


PHASES = [("", "All phases"), *((one.value, one.label) for one in Constituency if one is not Constituency.OTHER)]


class FindForm(Form):
    """Choosing schools from the register: one of four ways, and a phase."""

    la = forms.ChoiceField(label="Its name", required=False)
    trust = forms.CharField(label="Part of its name", required=False, max_length=100)
    words = forms.CharField(label="Names or URNs, with commas", required=False, max_length=400)
    postcode = forms.CharField(label="Postcode", required=False, max_length=10)
    km = forms.ChoiceField(label="Within", required=False, choices=KM, initial="5")
    phase = forms.ChoiceField(label="Phase", required=False, choices=PHASES)

    def __init__(self, *args: Any, authorities: list[tuple[str, str, int]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(
            "la",
            [("", "Choose one"), *((code, f"{name} ({count:,})" if count else name) for code, name, count in authorities)],
        )

    def clean_km(self) -> int:
        """How far around the postcode."""
        return int(self.cleaned_data["km"] or 5)


class InviteSchoolsForm(DoForm):
    """How the mail begins, and addresses that are pasted, a line a school: 'URN, e-mail' or 'URN, e-mail, name'. Those of the
    rows are read beside it. Sent again, each school gets a fresh link."""

    subject = forms.CharField(label="Subject", max_length=150, initial=SUBJECT, required=False)
    opening = forms.CharField(
        label="How the e-mail begins",
        widget=forms.Textarea,
        max_length=4000,
        initial=OPENING,
        required=False,
        help_text="[school], [partnership] and [last day to sign] are filled in; left empty, our words stand. How to answer, "
        "what it costs, the personal link and your contact follow by themselves: look first to see all of it.",
    )
    lines = forms.CharField(
        label="Lines of your spreadsheet",
        widget=forms.Textarea,
        required=False,
        validators=[MaxLengthValidator(600_000)],
        help_text="A line a school: URN, e-mail address and, if you like, whom to greet; the school’s name may stand between.",
    )

    def clean(self) -> dict[str, Any]:
        """Words that were left out are ours."""
        said = super().clean() or self.cleaned_data
        return {**said, "subject": said.get("subject") or SUBJECT, "opening": said.get("opening") or OPENING}


class ChaseForm(NewForm):
    """A reminder's words."""

    subject = forms.CharField(label="Subject", max_length=150, error_messages={"required": "Enter a subject of one line"})
    body = forms.CharField(
        label="Words",
        widget=forms.Textarea,
        max_length=4000,
        help_text="[school], [partnership] and [last day to sign] are filled in for each school; [how it stands] says what we "
        "last heard from it. Greeting and personal link are added.",
        error_messages={"required": "Write at least a sentence"},
    )
    seen = SeenField()


class LettersForm(Form):
    """How a letter begins; how to answer, the code and the contact follow by themselves."""

    opening = forms.CharField(
        label="How the letter begins",
        widget=forms.Textarea,
        max_length=2000,
        initial=OPENING,
        required=False,
        help_text="[school], [partnership] and [last day to sign] are filled in; left empty, our words stand. How to answer, the "
        "code and your contact follow by themselves.",
    )
