"""An item, why it is not taken, and when the bulletin goes."""

from typing import Any

from django import forms

from alongside.ground.web.forms import DateField, DoForm, EditForm, Form, NewForm, near_today
from alongside.members.bulletin.models import Item
from alongside.members.bulletin.rules import MOST_MINUTES, Weekday
from alongside.members.partnerships.forms import SettingsForm
from alongside.members.posts.rules import PostHere
from alongside.members.schools.rules import phase_called


class Says(Form):
    """What an item says, and for whom it is."""

    title = forms.CharField(label="Heading", max_length=120)
    words = forms.CharField(
        label="Text", max_length=2000, widget=forms.Textarea, help_text="A few sentences. No child’s name, and nothing about one."
    )
    link = forms.URLField(label="Link to read more", required=False, max_length=300, assume_scheme="https")
    posts = forms.MultipleChoiceField(
        label="For which posts", required=False, widget=forms.CheckboxSelectMultiple, help_text="Tick none for everybody."
    )
    phases = forms.MultipleChoiceField(
        label="For which schools", required=False, widget=forms.CheckboxSelectMultiple, help_text="Tick none for all."
    )
    is_request = forms.BooleanField(label="Schools are asked to do something by a day", required=False)
    by_on = DateField(
        label="By which day", required=False, help_text=near_today("If schools are asked. For example 31 3 {next}.")
    )
    minutes = forms.IntegerField(
        label="Minutes that it takes a school", required=False, min_value=1, max_value=MOST_MINUTES,
        help_text="If schools are asked. The minutes of all requests are counted for each school and year.",
    )  # fmt: skip
    sometimes = ("by_on", "minutes")

    def __init__(self, *args: Any, posts: list[PostHere], phases: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("posts", [(one.code, one.name) for one in posts])
        self.offer("phases", [(phase, phase_called(phase)) for phase in phases])


class ProposeForm(Says, NewForm):
    """Something sent in."""


class ItemForm(Says, EditForm):
    """The same in other words."""

    def __init__(self, *args: Any, row: Item, **options: Any) -> None:
        first = {"posts": _some(row.posts), "phases": _some(row.phases), "is_request": row.is_request}
        super().__init__(*args, row=row, initial=first, **options)


class NotTakenForm(DoForm):
    """Why an item is not taken."""

    reason = forms.CharField(label="Why not?", max_length=300, widget=forms.Textarea, help_text="Whoever sent it in reads this.")


class WhenForm(SettingsForm):
    """Whether there is a bulletin, and on which day it goes."""

    is_on = forms.BooleanField(label="We send a bulletin each week", required=False)
    weekday = forms.TypedChoiceField(
        label="On which day?", coerce=int, widget=forms.RadioSelect,
        choices=[(day.value, day.name.capitalize()) for day in Weekday],
        help_text="From seven in the morning. Are schools closed, on the next open day of the week; in the holidays not at all.",
    )  # fmt: skip


def _some(written: str) -> list[str]:
    return [one for one in written.split(",") if one]
