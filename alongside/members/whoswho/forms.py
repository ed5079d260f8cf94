"""A list to be saved, and a cluster of schools."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.ground.web.forms import EditForm, Form, NewForm


def hidden() -> forms.CharField:
    """What the list is of, carried along."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)


class SaveListForm(NewForm):
    """What was looked for, under a name."""

    name = forms.CharField(label="What do you call this list?", max_length=60, help_text="For example DSLs of primary schools.")
    q = hidden()
    post = hidden()
    phase = hidden()
    trust = hidden()
    cluster = hidden()


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
