"""What a manager types about days."""

from django import forms

from alongside.calendar.rules import Nation
from alongside.web.forms import DateField, Form


class HolidayForm(Form):
    """A holiday."""

    name = forms.CharField(label="Name", max_length=80, help_text="For example, Easter holiday or Spring half-term.")
    first_on = DateField(label="First day")
    last_on = DateField(label="Last day")


class NationForm(Form):
    """Whose bank holidays count."""

    nation = forms.ChoiceField(label="Bank holidays of", choices=[(n.value, n.label) for n in Nation], widget=forms.RadioSelect)
