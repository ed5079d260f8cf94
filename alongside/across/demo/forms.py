"""What a visitor types about their own schools."""

from typing import Any

from django import forms

from alongside.across.demo.queries.own_schools import SchoolsFound
from alongside.across.demo.rules import MOST_SCHOOLS
from alongside.ground.core.words import listed
from alongside.ground.web.forms import AddressField, DoForm
from alongside.members.membership.rules.naming import A_POST, is_a_post
from alongside.members.partnerships.rules import Template


class OwnPartnership(DoForm):
    """The schools ticked, and what their partnership is called."""

    name = forms.CharField(
        max_length=100,
        label="What shall the partnership be called?",
        help_text="You can change it later.",
        error_messages={"required": "Enter a name for the partnership"},
    )
    template = forms.ChoiceField(
        label="What kind of family is it?",
        widget=forms.RadioSelect,
        choices=[(Template.LEARNING.value, "A learning partnership"), (Template.TRUST.value, "A multi-academy trust")],
    )
    manager_name = forms.CharField(
        max_length=120,
        label="Your name",
        help_text="It stands under the invitations, as the partnership’s manager.",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Enter your name, as it stands under the invitations"},
    )
    contact_email = AddressField(
        label="The office’s e-mail address",
        required=False,
        help_text="It stands in every invitation, as where schools can write. In a demonstration nothing is sent.",
    )
    schools = forms.MultipleChoiceField(label="Schools", widget=forms.CheckboxSelectMultiple)
    without = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, found: SchoolsFound, name: str, knows_manager: bool = False) -> None:
        start = {
            "template": Template.TRUST if found.is_trust else Template.LEARNING,
            "schools": found.ticked,
            "name": name,
        }
        super().__init__(data, initial=start)
        self.found = found
        if knows_manager:  # the name was asked when the first partnership was started
            del self.fields["manager_name"]
        if missing := found.left_out(found.ticked):
            self.fields["without"].label = f"Start without {listed([f'“{name}”' for name in missing])}"
        else:
            del self.fields["without"]
        self.offer("schools", found.keys)
        self.fields["schools"].error_messages["required"] = "Tick at least one school"
        self.hint(
            "template",
            {
                "learning": "Separate schools that sign an agreement and pay a fee.",
                "trust": "One employer with several academies.",
            },
        )

    def clean_manager_name(self) -> str:
        """Of a person, as it is printed."""
        if is_a_post(self.cleaned_data["manager_name"]):
            raise forms.ValidationError(A_POST)
        return str(self.cleaned_data["manager_name"])

    def clean_schools(self) -> list[str]:
        """The ids ticked, few enough for a demonstration."""
        chosen = list(self.cleaned_data["schools"])
        if len(chosen) > MOST_SCHOOLS:
            raise forms.ValidationError(f"Tick {MOST_SCHOOLS} schools at most")
        return chosen

    def clean(self) -> dict[str, Any]:
        """With the place that the schools were found by; no name typed is left out without a word."""
        said = {**(super().clean() or {}), "area": self.found.area, "la_code": self.found.la_code}
        left_out = self.found.left_out(said.get("schools", []))
        if not said.pop("without", False) and left_out and "schools" in said:
            names = listed([f"“{name}”" for name in left_out])
            self.add_error("without", f"{names}: put the name right above, tick the school that you mean, or start without it")
        return said
