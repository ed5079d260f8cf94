"""Forms of reminders."""

from typing import Any

from django import forms

from alongside.ground.web.forms import Form


class CallForm(Form):
    """What came of a call."""

    spoke_to = forms.CharField(label="Who did you speak to?", max_length=120, required=False)
    words = forms.CharField(label="What was said?", max_length=600, widget=forms.Textarea)


class ReminderDaysForm(Form):
    """After how many days each step comes."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    first_reminder = forms.IntegerField(label="Days after the due date to the reminder", min_value=1, max_value=365)
    second_reminder = forms.IntegerField(label="Days to the second reminder", min_value=1, max_value=365)
    call_after = forms.IntegerField(label="Days until somebody rings", min_value=1, max_value=365)
    by_themselves = forms.BooleanField(label="Send them by themselves, on school days", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["by_themselves"].help_text = "Otherwise they wait until somebody in the office presses the button."
