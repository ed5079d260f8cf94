"""Who sits where; what is seen to; what somebody states."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from alongside.deciding.bodies.models import Check
from alongside.deciding.bodies.rules.people import SkillLevel
from alongside.ground.core.addresses import ANYBODYS
from alongside.ground.core.verdict import Invalid
from alongside.ground.web.forms import AddressField, DateField, DoForm, EditForm, Form, NewForm


class SaysWho(Form):
    """Somebody of the partnership, or a name."""

    sometimes = ("person", "name", "email")
    person = forms.ChoiceField(label="Somebody of the partnership", required=False)
    name = forms.CharField(label="Or a name", max_length=120, required=False, help_text="Of somebody who is not in the list.")
    email = AddressField(
        like=ANYBODYS,
        label="With this e-mail address",
        required=False,
        help_text="Only where they should sign in and hear of it.",
    )
    rests_on = forms.CharField(label="Who put them there, and when?", max_length=160, required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("person", [("", "Nobody of this list"), *people])


class AppointForm(SaysWho, NewForm):
    """Somebody on a seat."""

    from_on = DateField(label="First day")
    until_on = DateField(label="Last day", required=False, help_text="Nothing: to the end of the seat’s term.")
    is_acting = forms.BooleanField(label="Only for the time being (acting)", required=False)


class ReplaceHolderForm(SaysWho, NewForm):
    """Somebody else on a seat, from a day on."""

    from_on = DateField(label="From which day?", help_text="Who holds the seat now does so until the day before.")
    field_order = ("key", "from_on", "person", "name", "email", "rests_on")


class TenureForm(EditForm):
    """From when until when somebody holds a seat."""

    from_on = DateField(label="First day")
    until_on = DateField(label="Last day", required=False, help_text="Nothing: until they give it up.")
    ended_because = forms.CharField(label="Why does it end?", max_length=120, required=False)


class HolderAddressForm(DoForm):
    """With which address somebody signs in who is here by name."""

    email = AddressField(
        like=ANYBODYS, label="Their e-mail address", help_text="They sign in with it, by a code, and mail goes there."
    )


class CheckForm(DoForm):
    """The day on which something was seen to."""

    done_on = DateField(label="Done on", required=False, help_text="The day alone: no number, no document. Empty below.")
    does_not_apply = forms.BooleanField(label="It does not apply here", required=False)

    def clean(self) -> dict[str, Any]:
        """A day, or that it does not apply."""
        given: dict[str, Any] = super().clean() or {}
        if bool(given.get("done_on")) is bool(given.pop("does_not_apply", False)):
            self.refuse(Invalid(done_on="Enter the day, or tick that it does not apply"))
        return given


class ChecksForm(DoForm):
    """Several things that were seen to on one day."""

    checks = forms.MultipleChoiceField(label="What was done?", widget=forms.CheckboxSelectMultiple)
    done_on = DateField(label="Done on", help_text="The day alone: no number, no document.")

    def __init__(self, *args: Any, open_ones: Sequence[Check], **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {one.pk: one for one in open_ones}
        self.offer("checks", [(one.pk, f"{one.check_kind.label}: {one.tenure.holder.name}") for one in open_ones])

    def clean_checks(self) -> list[Check]:
        """Themselves."""
        return [self.known[key] for key in self.cleaned_data["checks"]]


class EntryForm(NewForm):
    """An interest, or training."""

    words = forms.CharField(label="In a few words", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    from_on = DateField(label="From which day?")


class EndEntryForm(DoForm):
    """The last day of an interest."""

    until_on = DateField(label="Its last day")


class SkillsForm(DoForm):
    """How well somebody knows each thing."""

    def __init__(self, *args: Any, skills: Sequence[str], levels: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.skills = skills
        for at, skill in enumerate(skills):
            self.fields[f"skill_{at}"] = forms.ChoiceField(
                label=skill, choices=SkillLevel.choices(), widget=forms.RadioSelect, initial=levels.get(skill)
            )

    def clean(self) -> dict[str, Any]:
        """All levels as one."""
        given: dict[str, Any] = super().clean() or {}
        return {"levels": {skill: given.get(f"skill_{at}", "") for at, skill in enumerate(self.skills)}}
