"""What people type about themselves and their colleagues."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from alongside.ground.web.forms import AddressField, DateField, DoForm, Form, NewForm, SeenField, near_today
from alongside.members.people.queries.acting import CouldAct
from alongside.members.people.queries.roles import HeldRow
from alongside.members.people.rules.roles import Follower
from alongside.members.posts.rules import PostHere

A_NUMBER = r"^\+?[\d ()./-]{5,}( ?[,;]? ?(ext\.?|extension|x) ?\d{1,6})?$"
NEXT = {
    "name": "Enter the name of the new {}",
    "email": "Enter the e-mail address of the new {}",
    "from_on": "Enter the first day of the new {}",
}
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
    """For each role whether it goes on, who has it now, and the last day of those who have left."""

    left_on = DateField(
        label="Last day of those who have left", required=False, help_text="As a rule the last day of the year before."
    )
    sure = forms.BooleanField(label="I have read this, and it is right", required=False)

    def __init__(self, *args: Any, roles: list[HeldRow], began: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.roles = roles
        self.fields = {name: field for row in roles for name, field in self.asked(row, began).items()} | self.fields
        self.sometimes = tuple(self.fields)
        if not roles:
            del self.fields["left_on"], self.fields["sure"]

    def asked(self, row: HeldRow, began: date) -> dict[str, forms.Field]:
        """Whether somebody is still in a post, and who is."""
        choices = [("stays", "Still here"), ("left", "Has left"), ("other", "Somebody else now")]
        still = forms.ChoiceField(
            label=f"{row.name}, {row.said}",
            choices=choices,
            widget=forms.RadioSelect,
            initial="stays",
            error_messages={"required": f"Say whether {row.name} is still here"},
        )
        name = forms.CharField(label="Their name", required=False, max_length=120)
        email = address_field("Their e-mail address", autocomplete="off")
        email.required = False
        hint = "They are invited by e-mail, and have the post when they say yes, or from this day if it is to come."
        first = DateField(label="Their first day", required=False, initial=began, help_text=hint)
        return {row.role: still, f"name_{row.role}": name, f"email_{row.role}": email, f"from_on_{row.role}": first}

    def by_role(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """For each role whether it goes on, and what is asked of who has it now."""
        return [(self[row.role], [self[f"{name}_{row.role}"] for name in NEXT]) for row in self.roles]

    def clean(self) -> dict[str, Any]:
        """The roles that have ended, who has them now, and a last day where there are any."""
        cleaned = super().clean() or {}
        gone = [row.role for row in self.roles if cleaned.get(row.role) == "left"]
        followed = {row.role: self.follower(row, cleaned) for row in self.roles if cleaned.get(row.role) == "other"}
        for row in self.roles:
            if row.role not in followed:  # what was typed before somebody chose otherwise
                for name in NEXT:
                    self.errors.pop(f"{name}_{row.role}", None)
        if not (gone or followed):
            self.errors.pop("left_on", None)
        elif not cleaned.get("left_on") and "left_on" not in self.errors:
            self.add_error("left_on", "Enter the last day of those who have left")
        said = {"key": cleaned.get("key"), "left_on": cleaned.get("left_on"), "even_if_last": cleaned.get("sure", False)}
        return {**said, "gone": gone, "followed": {role: one for role, one in followed.items() if one}}

    def follower(self, row: HeldRow, cleaned: dict[str, Any]) -> Follower | None:
        """Who has a post now; nothing where it is not said in full."""
        said: dict[str, Any] = {name: cleaned.get(f"{name}_{row.role}") for name in NEXT}
        for name, remedy in NEXT.items():
            if not said[name] and f"{name}_{row.role}" not in self.errors:
                self.add_error(f"{name}_{row.role}", remedy.format(row.said))
        return Follower(**said) if all(said.values()) else None


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
