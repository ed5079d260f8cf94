"""What the partnership's office types."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email

from alongside.ground.web.forms import DateField, DoForm, Form, NewForm
from alongside.members.partnerships.forms import SettingsForm

KM = [("2", "2 km"), ("5", "5 km"), ("10", "10 km"), ("25", "25 km"), ("50", "50 km")]
PHASES = [
    ("", "All phases"),
    ("nursery", "Nursery"),
    ("primary", "Primary"),
    ("secondary", "Secondary"),
    ("special", "Special"),
    ("alternative", "Alternative provision"),
    ("post-16", "Post-16"),
]


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
            [
                ("", "Choose one"),
                *((code, f"{name} ({count:,})" if count else name) for code, name, count in authorities),
            ],
        )


class InviteSchoolsForm(DoForm):
    """Addresses, a line a school: 'URN, e-mail' or 'URN, e-mail, name'. Sent again, each gets a fresh link."""

    lines = forms.CharField(
        label="Addresses",
        widget=forms.Textarea,
        validators=[MaxLengthValidator(600_000)],
        help_text="A line a school: URN, e-mail address and, if you like, a name. You can paste them from a spreadsheet.",
    )


class ContactForm(NewForm):
    """A talk with a school."""

    how = forms.ChoiceField(
        label="How",
        choices=[("phone", "Phone"), ("email", "E-mail"), ("visit", "In person"), ("letter", "Letter")],
        initial="phone",
    )
    spoke_to = forms.CharField(label="Who you spoke to", max_length=120, required=False)
    words = forms.CharField(
        label="What was said", widget=forms.Textarea, max_length=300, help_text="It stands in your list beside the school."
    )
    next_on = DateField(label="Next contact on", required=False)


class ReplyForm(DoForm):
    """The answer to a question."""

    reply = forms.CharField(label="Your answer", widget=forms.Textarea, max_length=3000)
    publish = forms.BooleanField(label="Publish question and answer on the prospectus, without the school’s name", required=False)
    public_words = forms.CharField(
        label="The question as published",
        widget=forms.Textarea,
        max_length=1000,
        required=False,
        help_text="Change what would give the school away. Only used when you publish.",
    )

    def clean(self) -> dict[str, Any]:
        """What is published is said in words that somebody meant others to read, never by default in the school's own."""
        said = super().clean() or self.cleaned_data
        if said.get("publish") and not said.get("public_words"):
            self.add_error("public_words", "Enter the question as others will read it")
        return said


class ChaseForm(NewForm):
    """A reminder's words."""

    subject = forms.CharField(label="Subject", max_length=150)
    body = forms.CharField(
        label="Words",
        widget=forms.Textarea,
        max_length=4000,
        help_text="{school}, {partnership} and {sign_by} are filled in for each school. Greeting and personal link are added.",
    )


class DatesForm(SettingsForm):
    """The dates of the sign-up, and how it reminds."""

    has_prospectus = forms.BooleanField(label="Schools join by prospectus and signature", required=False)
    discussion_on = DateField(label="Discussion of the proposals")
    sign_by = DateField(label="Last day to sign")
    roll_freezes_on = DateField(label="The roll freezes")
    board_first_meets_on = DateField(label="The board meets for the first time")
    support_from = DateField(label="Support begins")
    term_years = forms.IntegerField(label="Membership runs for so many years", min_value=1, max_value=5)
    reminders_at_most = forms.IntegerField(label="Reminders to a school, at most", min_value=0, max_value=2)


class FreezeForm(DoForm):
    """Freezing the roll."""

    sure = forms.BooleanField(
        label="I have read this and freeze the roll for good",
        error_messages={"required": "Tick the box first: freezing the roll cannot be undone"},
    )

    def clean(self) -> dict[str, Any]:
        """The tick is all there is: the deed takes nothing."""
        return {}


class WithdrawForm(DoForm):
    """Withdrawing a signature."""

    decision = forms.CharField(
        label="The decision that this rests on",
        max_length=300,
        required=False,
        help_text="Only after the roll is frozen: who decided it, and when.",
    )

    def __init__(self, *args: Any, frozen: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not frozen:
            del self.fields["decision"]


SEPARATORS = re.compile(r"[,;\t]")


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


def read_addresses(text: str) -> tuple[list[tuple[int, int, str, str]], list[tuple[int, str, str]]]:
    """(line, URN, address, name) of each good line, and (line, text, what to do) of each other. A heading is passed over."""
    good: list[tuple[int, int, str, str]] = []
    bad: list[tuple[int, str, str]] = []
    seen: dict[int, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip().strip('"') for cell in SEPARATORS.split(line)]
        if not any(cells) or (number == 1 and cells[0].lower() == "urn"):
            continue
        urn, email, name = [*cells, "", ""][0], [*cells, "", ""][1], " ".join(cells[2:]).strip()[:120]
        if not (urn.isascii() and urn.isdigit() and 5 <= len(urn) <= 7):
            bad.append((number, line[:80], "Begin the line with the school’s URN, six figures"))
        elif not _is_address(email):
            bad.append((number, line[:80], "Enter an e-mail address after the URN, like head@school.org.uk"))
        elif int(urn) in seen:
            bad.append((number, line[:80], f"This school stands in line {seen[int(urn)]} already: keep one of the two"))
        else:
            seen[int(urn)] = number
            good.append((number, int(urn), email.lower(), name))
    return good, bad
