"""An item, why it is not taken, and when the bulletin goes."""

from typing import Any

from django import forms

from alongside.ground.web.forms import DateField, DoForm, EditForm, Form, MarkedForm, NewForm, SeenField, near_today
from alongside.members.bulletin.models import Item
from alongside.members.bulletin.rules import MOST_ANSWERED, MOST_MINUTES, Weekday
from alongside.members.calendar.rules.days import MORNING_IN_WORDS
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
    cluster = forms.ChoiceField(
        label="For which cluster of schools",
        required=False,
        help_text="The schools that stand in it on the day the bulletin goes.",
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

    def __init__(
        self, *args: Any, posts: list[PostHere], phases: list[str], clusters: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.offer("posts", [(one.code, one.name) for one in posts])
        self.offer("phases", [(phase, phase_called(phase)) for phase in phases])
        self.offer("cluster", [("", "All schools"), *clusters])
        if not clusters:
            del self.fields["cluster"]


class ProposeForm(Says, NewForm):
    """Something sent in."""


class ItemForm(Says, EditForm):
    """The same in other words."""

    def __init__(self, *args: Any, row: Item, **options: Any) -> None:
        first = {"posts": _some(row.posts), "phases": _some(row.phases), "cluster": row.cluster_id, "is_request": row.is_request}
        super().__init__(*args, row=row, initial=first, **options)


class NotTakenForm(DoForm):
    """Why an item is not taken."""

    reason = forms.CharField(label="Why not?", max_length=300, widget=forms.Textarea, help_text="Whoever sent it in reads this.")


class RemindForm(DoForm):
    """That heads are reminded of a request, with whom it was shown to reach."""

    seen = SeenField()


class AnswerRequestForm(MarkedForm):
    """What a school answers to a request."""

    words = forms.CharField(
        label="Your school’s answer", max_length=MOST_ANSWERED, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="A few words. No child’s name, and nothing by which a child could be known.",
    )  # fmt: skip


class WhenForm(SettingsForm):
    """Whether there is a bulletin, and on which day it goes."""

    is_on = forms.BooleanField(label="We send a bulletin each week", required=False)
    weekday = forms.TypedChoiceField(
        label="On which day?", coerce=int, widget=forms.RadioSelect,
        choices=[(day.value, day.name.capitalize()) for day in Weekday],
        help_text=f"From {MORNING_IN_WORDS} in the morning. Are schools closed, on the next open day of the week; in the "
        "holidays not at all.",
    )  # fmt: skip


def _some(written: str) -> list[str]:
    return [one for one in written.split(",") if one]
