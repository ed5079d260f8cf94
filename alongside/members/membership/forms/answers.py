"""What a school types to answer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Power
from alongside.ground.core.words import long_date
from alongside.ground.web.forms import AddressField, DateField, DoForm, Form, NewForm
from alongside.members.membership.rules.answers import AnswerKind, SigningAuthority, SubjectTo, authorities_for
from alongside.members.membership.rules.naming import A_POST, is_a_post
from alongside.members.posts.rules import PostHere
from alongside.members.schools.models import School


def _schools(label: str) -> forms.MultipleChoiceField:
    remedy = {"required": "Choose at least one school"}
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, error_messages=remedy)


HINTS_OF_POSTS = {
    Post.HEAD: "Or principal, acting head",
    Post.SCHOOL_ADMIN: "Asked by the head to answer for the school here",
    Post.BUSINESS_MANAGER: "Or anybody else in the school’s office",
}


class AnswerForm(Form):
    """One answer for one school or several; who comes by a link says what they are, a letter's reader also gives an address."""

    is_for_anybody = False  # who may answer for the school gives it: others ask a question, or pass the link on

    def __init__(
        self,
        *args: Any,
        schools: list[School],
        listed: Sequence[PostHere] = (),
        needs_email: bool = False,
        on_paper: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if is_a_post(self.initial.get("name", "")):
            self.initial["name"] = ""
        if on_paper:
            self._ask_who_told()
        if listed:
            self._ask_what_they_are(listed)
        several = sorted(schools, key=lambda one: one.name)
        if len(several) > 1 and "schools" in self.fields:
            self.offer("schools", [(one.pk, one.name) for one in several])
        else:
            self.fields.pop("schools", None)
        if needs_email:
            self.fields["email"] = AddressField(
                label="Your e-mail address", help_text="We send you a copy, and a code whenever you want to sign in."
            )

    def clean_name(self) -> str:
        """Of a person: a job title stands in the field beside it."""
        if is_a_post(self.cleaned_data["name"]):
            raise forms.ValidationError(A_POST)
        return str(self.cleaned_data["name"])

    def typed(self) -> list[tuple[str, str]]:
        """(question, answer in words) of what was typed and can be read, to be shown to whoever cannot send it any more."""
        self.is_valid()
        said = []
        for bound in self.visible_fields():
            value, choices = self.cleaned_data.get(bound.name), dict(getattr(bound.field, "choices", ()))
            shown = long_date(value) if isinstance(value, date) else choices.get(str(value), value)
            if value and isinstance(shown, str):
                said.append((str(bound.label), shown))
        return said

    def _ask_what_they_are(self, listed: Sequence[PostHere]) -> None:
        """The post stands behind the name; nothing is chosen for somebody of whom only an address is known."""
        others = {self.initial.get("post"), *((Post.BUSINESS_MANAGER,) if self.is_for_anybody else ())}
        offered = [one for one in listed if Power.ANSWER in one.opens or one.code in others]
        self.fields["post"] = forms.ChoiceField(
            label="What are you at the school?",
            choices=[(one.code, one.name) for one in offered],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose what you are at the school"},
        )
        self.order_fields(["name", "post"])
        self.hint("post", HINTS_OF_POSTS)
        if Post.BUSINESS_MANAGER not in {one.code for one in offered}:
            self.fields["post"].help_text = "Somebody else at the school can ask a question, or pass this on."

    def _ask_who_told(self) -> None:
        """The office writes down an answer: who told it, and for a signature the name on the paper."""
        told = forms.CharField(
            label="Who told you, and how",
            max_length=200,
            help_text="For example: the head by phone, or: form signed by the chair, in the post of 4 March.",
            error_messages={"required": "Enter who told you, and how"},
        )
        self.fields = {"told_by": told, **self.fields}
        if self.fields.pop("confirm", None) is None:
            del self.fields["name"]
            return
        for name, label, remedy in (
            ("name", "The name on the paper", "Enter the name on the paper"),
            ("post", "Their post", "Enter the post of whoever signed"),
            ("authority", "On whose authority?", "Choose on whose authority they signed"),
        ):
            self.fields[name].label, self.fields[name].error_messages["required"] = label, remedy


class SignForm(AnswerForm, NewForm):
    """Signing: who, on whose authority, and that the text was read."""

    schools = _schools("Sign for these schools")
    name = forms.CharField(
        label="Your name, as you wish it printed",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Enter your name as you wish it printed"},
    )
    post = forms.CharField(label="Your post", max_length=120, widget=forms.TextInput({"autocomplete": "organization-title"}))
    authority = forms.ChoiceField(
        label="On whose authority do you sign?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose on whose authority you sign"},
    )
    authority_on = DateField(
        label="When was that decided or delegated?",
        help_text="If it is within the head’s own limit, you can leave it empty: then it is today.",
        required=False,
    )
    confirm = forms.BooleanField(
        label="I have read the agreement and sign it for the school", error_messages={"required": "Tick the box to sign"}
    )
    text_hash = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    sometimes = ("authority_on",)

    def __init__(self, *args: Any, schools: list[School], **options: Any) -> None:
        super().__init__(*args, schools=schools, **options)
        if len(schools) > 1 and "confirm" in self.fields:
            self.fields["confirm"].label = "I have read the agreement and sign it for the schools ticked"
        possible = {one for school in schools for one in authorities_for(school.type)}
        self.offer("authority", [(str(one), one.label) for one in SigningAuthority if one in possible])
        if SigningAuthority.HEAD not in possible:
            self.fields["authority_on"].help_text = ""

    def clean_authority_on(self) -> date | None:
        """The day of the decision; a head who signs within their own limit decides today."""
        day, authority = self.cleaned_data.get("authority_on"), self.cleaned_data.get("authority")
        if day is None and authority == SigningAuthority.HEAD:
            return clock.today()
        if day is None and authority:
            raise forms.ValidationError("Enter the day on which it was decided or delegated")
        return day

    def clean(self) -> dict[str, Any]:
        """What is signed; the tick has said what it had to."""
        said = super().clean() or self.cleaned_data
        said.pop("confirm", None)
        return said


class SubjectForm(AnswerForm, DoForm):
    """Yes, subject to somebody on a date."""

    schools = _schools("For these schools")
    name = forms.CharField(label="Your name", max_length=120)
    subject_to = forms.ChoiceField(
        label="Who decides?",
        choices=[(str(s), s.label.capitalize()) for s in SubjectTo],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who decides: your governors or your trust"},
    )
    subject_on = DateField(
        label="When do they meet?",
        help_text="We get in touch the day after, not before.",
        error_messages={"required": "Enter the day on which they meet"},
    )


class QuestionForm(AnswerForm, NewForm):
    """A question."""

    is_for_anybody = True
    name = forms.CharField(label="Your name", max_length=120)
    question = forms.CharField(
        label="Your question",
        widget=forms.Textarea,
        max_length=1000,
        help_text="If others may ask the same, we publish question and answer without your school’s name.",
    )


class DeclineForm(AnswerForm, DoForm):
    """Not this time."""

    schools = _schools("For these schools")
    name = forms.CharField(label="Your name", max_length=120)
    reason = forms.CharField(
        label="Is there a reason you would like to tell us?",
        widget=forms.Textarea,
        max_length=500,
        required=False,
        help_text="Only the partnership’s office reads it.",
    )


class PassOnInvitationForm(DoForm):
    """Passing the invitation on to a colleague."""

    name = forms.CharField(label="Your colleague’s name", max_length=120)
    email = AddressField(label="Their e-mail address")
    post = forms.ChoiceField(label="What they do", widget=forms.RadioSelect)

    def __init__(self, *args: Any, posts: Sequence[PostHere], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("post", [(one.code, one.name) for one in posts])


FORMS: dict[AnswerKind, type[AnswerForm]] = {
    AnswerKind.SIGN: SignForm,
    AnswerKind.SUBJECT: SubjectForm,
    AnswerKind.QUESTION: QuestionForm,
    AnswerKind.DECLINE: DeclineForm,
}
