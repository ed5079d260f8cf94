"""What the partnership's office types."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from alongside.ground.web.forms import DateField, DoForm, EditForm, Form, NewForm, OneOf, SeenField
from alongside.members.membership.models import HOW
from alongside.members.membership.rules.dates import CountsFrom
from alongside.members.membership.rules.text import AGREEMENT, HEADINGS
from alongside.members.partnerships.forms import SettingsForm


class ContactForm(NewForm):
    """A talk with a school."""

    how = forms.ChoiceField(label="How", choices=HOW, initial="phone", error_messages={"required": "Choose how you talked"})
    spoke_to = forms.CharField(label="Who you spoke to", max_length=120, required=False)
    words = forms.CharField(
        label="What was said", widget=forms.Textarea, max_length=300, help_text="It stands in your list beside the school."
    )
    next_on = DateField(label="Next contact on", required=False)


class TelephoneForm(DoForm):
    """A school's number; `seen` is the one that stood there when the page was opened."""

    sometimes = ("telephone",)
    telephone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        help_text="As one dials it, such as 020 7946 0000. It stands on the phone list instead of the register’s.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def clean_telephone(self) -> str:
        """Something that can be dialled, or nothing."""
        typed = " ".join(str(self.cleaned_data["telephone"]).split())
        if typed and sum(letter.isdigit() for letter in typed) < 6:
            raise forms.ValidationError("Enter a telephone number, such as 020 7946 0000, or leave it empty")
        return typed


class AnswerWordsForm(Form):
    """An answer, for the school alone or published."""

    sometimes = ("public_words",)
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


class ReplyForm(AnswerWordsForm, DoForm):
    """The answer to a question."""


class CorrectionForm(AnswerWordsForm, DoForm):
    """An answer that was given, in better words, or no longer published; `seen` is how it stood when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["publish"].help_text = "Untick it to take question and answer off the prospectus."


def _day(label: str, remedy: str) -> DateField:
    return DateField(label=label, error_messages={"required": remedy})


def _number(label: str, least: int, most: int, remedy: str) -> forms.IntegerField:
    """A whole number of a few; whatever else is typed is told the same."""
    remedies = dict.fromkeys(("required", "invalid", "min_value", "max_value"), remedy)
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=remedies)


class DatesForm(SettingsForm):
    """The dates of the sign-up, and how it reminds."""

    has_prospectus = forms.BooleanField(label="Schools join by prospectus and signature", required=False)
    discussion_on = _day("Discussion of the proposals", "Enter the day on which the proposals are discussed")
    sign_by = _day("Last day to sign", "Enter the last day to sign")
    roll_freezes_on = _day("The roll freezes", "Enter the day on which the roll freezes")
    board_first_meets_on = _day("The board meets for the first time", "Enter the day on which the board meets for the first time")
    support_from = _day("Support begins", "Enter the day on which support begins")
    term_years = _number("Membership runs for so many years", 1, 5, "Enter for how many years membership runs: one to five")
    counts_from = OneOf(
        CountsFrom,
        label="Its years count from",
        help_text="The end of membership and the months of each year’s fee follow from it, on every page.",
        error_messages={"required": "Choose from which day the years count"},
    )
    reminders_at_most = _number(
        "Reminders to a school, at most", 0, 2, "Enter how many reminders a school gets at most: 0, 1 or 2"
    )


class FreezeForm(DoForm):
    """Freezing the roll."""

    sure = forms.BooleanField(
        label="I have read this and freeze the roll for good",
        error_messages={"required": "Tick the box first: freezing the roll cannot be undone"},
    )
    seen = SeenField()

    def clean(self) -> dict[str, Any]:
        """The tick is not the deed's: it takes what was seen."""
        return {"seen": self.cleaned_data.get("seen", "")}


class WithdrawForm(DoForm):
    """Withdrawing a signature."""

    decision = forms.CharField(
        label="The decision that this rests on",
        max_length=300,
        required=False,
        help_text="Who decided it, and when.",
        error_messages={"required": "Enter the decision that this rests on: who decided it and when"},
    )

    def __init__(self, *args: Any, frozen: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not frozen:
            del self.fields["decision"]
        else:
            self.fields["decision"].required = True


HINTS = {
    "summary": "Two or three sentences: a head reads this first.",
    "costs": "What it costs, when it is invoiced, and what it covers.",
    "timeline": "The dates are drawn by themselves; add what happens between them.",
    AGREEMENT: "What a school signs. It is part of the text that each signature stands for.",
}


class ProspectusForm(EditForm):
    """Every section of the prospectus, and the agreement."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, heading in HEADINGS.items():
            self.fields[name] = forms.CharField(
                label=heading,
                widget=forms.Textarea,
                validators=[MaxLengthValidator(6000)],
                required=False,
                help_text=HINTS.get(name, ""),
            )


class PublishForm(EditForm):
    """Publishing the draft; with a tick where its words name days that are none of the sign-up's."""

    sure = forms.BooleanField(
        label="I have looked at these days, and publish the words as they stand",
        error_messages={"required": "Change the words, or tick the box to publish them as they stand"},
    )

    def __init__(self, *args: Any, stale: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not stale:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        """The version: the tick has said what it had to."""
        said = super().clean() or self.cleaned_data
        said.pop("sure", None)
        return said


class WorkingGroupForm(EditForm):
    """The group of heads that precedes the board."""

    name = forms.CharField(label="Name of the group", max_length=120, error_messages={"required": "Enter the name of the group"})
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
    from_on = _day("From", "Enter the day on which the group begins")
    until_on = _day("Until", "Enter the day on which it ends")
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
