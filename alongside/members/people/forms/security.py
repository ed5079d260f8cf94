"""What people type to prove who they are."""

from django import forms

from alongside.ground.web.forms import DoForm
from alongside.members.people.forms.people import AN_ADDRESS

ONE_TIME = {"autocomplete": "one-time-code", "spellcheck": False}


class ProofForm(DoForm):
    """A code of an app, of the printed list, or from a mail."""

    code = forms.CharField(label="Code", max_length=20, widget=forms.TextInput(attrs=ONE_TIME))


class AppForm(DoForm):
    """The code that a new app shows."""

    code = forms.CharField(
        label="The code that the app shows now",
        max_length=20,
        help_text="Six figures. They change every half minute.",
        widget=forms.TextInput(attrs={**ONE_TIME, "inputmode": "numeric"}),
    )


class PasskeyForm(DoForm):
    """What a browser made; the name is for telling one from another."""

    name = forms.CharField(
        label="A name for it", max_length=60, initial="Passkey", help_text="For example: the office computer, my blue key."
    )
    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000, required=False)


class ShownForm(DoForm):
    """The passkey that a browser has shown."""

    credential = forms.CharField(widget=forms.HiddenInput, max_length=20_000)


class AddressForm(DoForm):
    """Another address to sign in with."""

    email = forms.EmailField(
        label="Your new e-mail address",
        max_length=254,
        help_text="One that only you read. We send a code to it; until you have typed the code, nothing changes.",
        error_messages=AN_ADDRESS,
    )


class AddressCodeForm(DoForm):
    """The code that was sent to the new address."""

    code = forms.CharField(label="The code from the e-mail", max_length=20, widget=forms.TextInput(attrs=ONE_TIME))
