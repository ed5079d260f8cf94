"""A list to be saved, a message to everybody on it, and a cluster of schools."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.ground.web.forms import DoForm, EditForm, Form, NewForm, OneOf, SeenField
from alongside.members.whoswho.models import SavedList
from alongside.members.whoswho.rules import MOST_WRITTEN, Goes


def hidden(name: str) -> forms.CharField:
    """What the list is of, carried along."""
    column: Any = SavedList._meta.get_field(name)
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=column.max_length)


class SaveListForm(NewForm):
    """What was looked for, under a name."""

    name = forms.CharField(label="What do you call this list?", max_length=60, help_text="For example DSLs of primary schools.")
    q = hidden("q")
    post = hidden("post")
    phase = hidden("phase")
    trust = hidden("trust")
    cluster = hidden("cluster")


class OfCluster(Form):
    """A cluster's name and its schools."""

    name = forms.CharField(label="What is it called?", max_length=60, help_text="For example Riverside cluster.")
    schools = forms.MultipleChoiceField(label="Its schools", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, schools: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("schools", schools)


class NewClusterForm(OfCluster, NewForm):
    """A cluster that is named now."""


class ClusterForm(OfCluster, EditForm):
    """A cluster that is there."""


class EndClusterForm(DoForm):
    """That a cluster is taken away, with what was shown to rest on it."""

    seen = SeenField()


class TakeBackCircularForm(DoForm):
    """That a message is taken back, with whom it has not reached."""

    seen = SeenField()


class CircularForm(NewForm):
    """A message to everybody on a list, with whom it was shown to reach."""

    subject = forms.CharField(label="Subject", max_length=120)
    words = forms.CharField(
        label="Your message", max_length=MOST_WRITTEN, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="It begins by itself with “Dear” and each person’s name, and ends with your name and the partnership’s. "
        "No child’s name, and nothing by which a child could be known.",
    )  # fmt: skip
    goes = OneOf(Goes, label="When should it reach them?")
    seen = SeenField()
