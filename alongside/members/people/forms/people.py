"""What people type about themselves and their colleagues."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from alongside.ground.web.forms import AddressField, DateField, DoForm, Form, NewForm, SeenField, near_today
from alongside.members.people.queries.acting import CouldAct
from alongside.members.people.queries.roles import HeldRow
from alongside.members.posts.rules import PostHere

A_NUMBER = r"^\+?[\d ()./-]{5,}( ?[,;]? ?(ext\.?|extension|x) ?\d{1,6})?$"
AN_ADDRESS = {"invalid": "Enter an e-mail address like name@school.sch.uk"}


def address_field(label: str, help_text: str = "", autocomplete: str = "email") -> AddressField:
    """Where an e-mail address is typed."""
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete})
    return AddressField(label=label, help_text=help_text, widget=widget)


class NameForm(DoForm):
    """All that somebody new is asked: what they are called."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class LetterNameForm(NameForm):
    """A letter's reader also says which address they sign in with."""

    email = address_field("Your e-mail address", "We send a code to this address when you sign in.")


class DetailsForm(NameForm):
    """What is shown of oneself to the school and the office."""

    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        validators=[RegexValidator(A_NUMBER, "Enter a telephone number, like 020 7946 0000 or 01632 960 001 ext. 12")],
        help_text="Shown to your school and to the partnership’s office.",
    )
    shows_phone = forms.BooleanField(
        label="Show my own number in Who’s who, to the other schools of the partnership", required=False,
        help_text="Otherwise they see the school’s number.",
    )  # fmt: skip


class Colleague(Form):
    """Somebody to invite, to a school or to a partnership's office."""

    name = forms.CharField(
        label="Their name", max_length=120, help_text="For example Sam Okafor. It stands at the top of the e-mail."
    )
    email = address_field("Their e-mail address", autocomplete="off")
    post = forms.ChoiceField(label="Their post", widget=forms.RadioSelect)

    def __init__(self, *args: Any, posts: Sequence[PostHere], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("post", [(one.code, one.name) for one in posts])


class InviteForm(Colleague, NewForm):
    """Somebody who is invited anew."""


class PassOnForm(Colleague, DoForm):
    """The colleague whose matter an invitation really is; passing it on uses its link up."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label, self.fields["name"].help_text = "Your colleague's name", ""
        self.fields["post"].label = "What they are at your school"


class LetActForm(NewForm):
    """The colleague who acts for a head from now on."""

    colleague = forms.ChoiceField(label="Who acts for you?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, colleagues: Sequence[CouldAct], **options: Any) -> None:
        super().__init__(*args, **options)
        self.could = {one.value: one for one in colleagues}
        self.offer("colleague", [(value, one.said) for value, one in self.could.items()])
        self.hint("colleague", {value: "Acts for you already" for value, one in self.could.items() if one.acts})

    def clean(self) -> dict[str, Any]:
        """The head's role, and the post by which the colleague acts."""
        said = dict(self.cleaned_data)
        chosen = self.could.get(said.pop("colleague", ""))
        return {**said, "role": chosen.role, "own": chosen.own} if chosen else said


class SheetForm(DoForm):
    """A sheet of people to invite, before anything is done with it."""

    file = forms.FileField(label="The sheet", help_text="CSV or Excel workbook (.xlsx), up to 2,000 lines.")


class CheckedSheetForm(DoForm):
    """The same sheet once it was looked through; it is looked through again when it is sent."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=1_500_000, strip=False)
    seen = SeenField()


class EndRoleForm(DoForm):
    """When a role ends, and whether what falls open was seen."""

    when = forms.ChoiceField(
        label="When does it end?",
        widget=forms.RadioSelect,
        choices=[("now", "At once"), ("day", "At the end of a day")],
        initial="now",
        error_messages={"required": "Say when the role ends"},
    )
    until_on = DateField(
        label="Last day in the post", required=False, help_text=near_today("Only if you chose a day. For example 31 8 {next}.")
    )
    sure = forms.BooleanField(label="I have read this and want to end the role", required=False)
    sometimes = ("until_on",)

    def __init__(self, *args: Any, warned: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not warned:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        """A day when a day was chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("when") == "day" and not cleaned.get("until_on") and "until_on" not in self.errors:
            self.add_error("until_on", "Enter the last day in the post")
        last_day = cleaned.get("until_on") if cleaned.get("when") == "day" else None
        return {"until_on": last_day, "even_if_last": cleaned.get("sure", False)}


class SuccessorForm(NewForm):
    """Who comes next, and from when."""

    name = forms.CharField(label="Their name", max_length=120)
    email = address_field(
        "Their e-mail address", "If the school’s mail does not know them yet, an address where they are now.", "off"
    )
    from_on = DateField(label="Their first day", help_text=near_today("For example 1 9 {next}."))


class MailboxForm(DoForm):
    """Who reads a shared mailbox from now on."""

    name = forms.CharField(label="The name of who takes over", max_length=120)


class SeptemberForm(NewForm):
    """For each role whether it goes on, and the last day of those who have left."""

    left_on = DateField(
        label="Last day of those who have left", required=False, help_text="As a rule the last day of the year before."
    )
    sure = forms.BooleanField(label="I know that somebody has to be invited in their place", required=False)
    sometimes = ("left_on",)

    def __init__(self, *args: Any, roles: list[HeldRow], **options: Any) -> None:
        super().__init__(*args, **options)
        self.roles = roles
        asked = {row.role: self.asked(row) for row in roles}
        self.fields = {**asked, **self.fields}
        if not roles:
            del self.fields["left_on"], self.fields["sure"]

    def asked(self, row: HeldRow) -> forms.ChoiceField:
        """Whether somebody is still in a post."""
        choices, remedy = [("stays", "Still here"), ("left", "Has left")], {"required": f"Say whether {row.name} is still here"}
        return forms.ChoiceField(
            label=f"{row.name}, {row.said}",
            choices=choices,
            widget=forms.RadioSelect,
            initial="stays",
            error_messages=remedy,
        )

    def clean(self) -> dict[str, Any]:
        """The roles that have ended, and a last day where there are any."""
        cleaned = super().clean() or {}
        gone = [row.role for row in self.roles if cleaned.get(row.role) == "left"]
        if gone and not cleaned.get("left_on") and "left_on" not in self.errors:
            self.add_error("left_on", "Enter the last day of those who have left")
        said = {"key": cleaned.get("key"), "left_on": cleaned.get("left_on")}
        return {**said, "gone": gone, "even_if_last": cleaned.get("sure", False)}


class SureForm(DoForm):
    """That somebody has made sure."""

    sure = forms.BooleanField(label="I have spoken to them, and know that it is they who ask")


class CodeForm(DoForm):
    """The code of a letter, and the school it was sent to."""

    school = forms.CharField(
        label="Your school's URN or name", max_length=200, help_text="The URN is the six-figure number at the top of the letter."
    )
    code = forms.CharField(
        label="The code in the letter",
        max_length=20,
        help_text="Eight letters and figures, like K7PM-2XQD.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
    )
