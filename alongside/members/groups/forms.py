"""A group, a question, an answer."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.ground.web.forms import EditForm, Form, MarkedForm, NewForm
from alongside.members.groups.models import PostGroup
from alongside.members.groups.rules import MOST_ASKED, MOST_REPLIED
from alongside.members.posts.rules import PostHere

NO_CHILD = "No child’s name, and nothing by which a child could be known."


class SaysGroup(Form):
    """What a group is called, and who is in it."""

    name = forms.CharField(label="Name", max_length=60, help_text="For example SENDCos.")
    about = forms.CharField(label="What it is for", max_length=200, required=False)
    posts = forms.MultipleChoiceField(
        label="Who is in it", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Whoever holds such a post in a member school, today and from now on. Tick none for everybody.",
    )  # fmt: skip

    def __init__(self, *args: Any, offered: Sequence[PostHere], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("posts", [(one.code, one.name) for one in offered])


class AddGroupForm(SaysGroup, NewForm):
    """A new group."""


class GroupForm(SaysGroup, EditForm):
    """A group with another name, or other people."""

    def __init__(self, *args: Any, row: PostGroup, **options: Any) -> None:
        super().__init__(*args, row=row, initial={"posts": row.codes}, **options)


class AskGroupForm(NewForm):
    """A question to a group."""

    words = forms.CharField(
        label="Your question, in two lines", max_length=MOST_ASKED, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_CHILD
    )


class WordsForm(MarkedForm):
    """A question in other words."""

    words = forms.CharField(
        label="Your question, in two lines", max_length=MOST_ASKED, widget=forms.Textarea(attrs={"rows": 3}), help_text=NO_CHILD
    )


class SaysAnswer(Form):
    """What somebody answers."""

    words = forms.CharField(
        label="Your answer", max_length=MOST_REPLIED, widget=forms.Textarea(attrs={"rows": 5}), help_text=NO_CHILD
    )


class AnswerGroupForm(SaysAnswer, NewForm):
    """An answer."""


class CorrectReplyForm(SaysAnswer, MarkedForm):
    """An answer in other words."""
