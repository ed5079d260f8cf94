"""Forms of reminders."""

from django import forms

from alongside.ground.web.forms import LOST, DoForm


class CallForm(DoForm):
    """What came of a call."""

    spoke_to = forms.CharField(label="Who did you speak to?", max_length=120, required=False)
    words = forms.CharField(label="What was said?", max_length=600, widget=forms.Textarea)


class ReminderDaysForm(DoForm):
    """After how many days each step comes."""

    version = forms.CharField(widget=forms.HiddenInput, error_messages={"required": LOST})
    first_reminder = forms.IntegerField(label="Days after the due date to the reminder", min_value=1, max_value=365)
    second_reminder = forms.IntegerField(label="Days to the second reminder", min_value=1, max_value=365)
    call_after = forms.IntegerField(label="Days until somebody rings", min_value=1, max_value=365)
    reminders_by_themselves = forms.BooleanField(
        label="Send them by themselves, on school days", required=False,
        help_text="Otherwise they wait until somebody in the office presses the button.",
    )  # fmt: skip
