"""A post of the list, and what it opens."""

from typing import Any

from django import forms

from alongside.ground.core.standing import Power
from alongside.ground.web.forms import LOST, DoForm, Form, NewForm, OneOf
from alongside.members.partnerships.rules import mark_of
from alongside.members.posts.rules import KEEPS, Level, PostSettings, may_open

SAID = {
    Power.ANSWER: "Answers and signs for the school",
    Power.PEOPLE: "Looks after the school’s people: invites, ends posts",
    Power.DAYS: "Types the school’s INSET days and closures",
    Power.DATES: "Keeps what the school must answer by a day",
    Power.NOTE: "Notes what the school gave and received",
    Power.OFFICE: "Works in the office: sees what is the partnership’s",
    Power.MONEY: "Deals with the partnership’s money",
    Power.RUN: "Runs the partnership: settings, people of the office",
}
NOTHING = "Tick nothing for a post that others only find somebody by."


class Opens(Form):
    """What a post opens."""

    opens = forms.MultipleChoiceField(
        label="What it opens", required=False, widget=forms.CheckboxSelectMultiple, help_text=NOTHING
    )


class AddPostForm(Opens, NewForm):
    """A post of the partnership's own."""

    name = forms.CharField(label="What it is called", max_length=60, help_text="For example Forest school lead.")
    level = OneOf(Level, label="Where is it held?")
    field_order = ("key", "name", "level", "opens")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("opens", [(one.value, SAID[one]) for level in (Level.SCHOOL, Level.OFFICE) for one in may_open(level)])

    def clean(self) -> dict[str, Any]:
        """A post opens only what there is where it is held."""
        given: dict[str, Any] = super().clean() or {}
        level = given.get("level")
        if level and (strange := [one for one in given.get("opens", []) if Power(one) not in may_open(level)]):
            self.add_error("opens", f"A post {level.label.lower()} does not open this: {SAID[Power(strange[0])].lower()}")
        return given


class SettlePostForm(Opens, DoForm):
    """What a post opens here, and whether the partnership asks for it."""

    is_used = forms.BooleanField(label="We ask schools who holds this post", required=False)
    version = forms.CharField(widget=forms.HiddenInput, error_messages={"required": LOST})
    field_order = ("opens", "is_used", "version")

    def __init__(self, *args: Any, code: str, level: Level, now: PostSettings, opens: frozenset[Power], **options: Any) -> None:
        first = {"opens": sorted(opens), "is_used": code not in now.unused, "version": mark_of(now)}
        super().__init__(*args, initial=first, **options)
        self.offer("opens", [(one.value, SAID[one]) for one in may_open(level)])
        if code in KEEPS:
            self.fields["opens"].help_text = "This post keeps what it has: without it nobody could let anybody in."
            self.fields["is_used"].disabled = True
