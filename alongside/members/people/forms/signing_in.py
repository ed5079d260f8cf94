"""What people type to sign in, where allauth's forms get our words, and to prove who they are."""

from typing import Any, ClassVar

from allauth.account import forms as account
from django import forms

from alongside.ground.web.forms import DoForm
from alongside.members.people.adapter import other_ways
from alongside.members.people.forms.people import AN_ADDRESS, address_field
from alongside.members.people.rules.roles import read_code

GOOD_ONES = "At least 12 characters. Three words that only you would put together are easy to remember and hard to guess."
ADDRESS = ("E-mail address", "your e-mail address", "")
ONE_TIME = {"autocomplete": "one-time-code", "spellcheck": False}


class InOurWords(forms.Form):
    """A form of allauth's whose fields have our labels and hints, and errors that say what to do."""

    use_required_attribute = False
    words: ClassVar[dict[str, tuple[str, str, str]]]  # of each field: the label, what to enter, and the hint

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, (label, what, hint) in self.words.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.error_messages["required"] = f"Enter {what}"
            if isinstance(field, forms.EmailField):
                field.error_messages.update(AN_ADDRESS)
                field.widget = forms.EmailInput(attrs={"autocomplete": "email"})


class PasswordSignIn(InOurWords, account.LoginForm):
    """Sign in with an address and a password."""

    words: ClassVar = {"login": ADDRESS, "password": ("Password", "your password", "")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.other_ways = other_ways()


class AskForCode(InOurWords, account.RequestLoginCodeForm):
    """Have a code sent."""

    words: ClassVar = {"email": (*ADDRESS[:2], "The one that your invitation came to.")}


class TypeCode(InOurWords, account.ConfirmLoginCodeForm):
    """Type the code that came."""

    words: ClassVar = {"code": ("Code", "the code from the e-mail", "Capital or small letters, with or without the dash.")}

    def clean_code(self) -> str:
        """Read as all our codes, then held against the one that was sent."""
        self.cleaned_data["code"] = read_code(self.cleaned_data["code"])
        return str(super().clean_code())


class ForgottenPassword(InOurWords, account.ResetPasswordForm):
    """Have a link sent that sets a new password."""

    words: ClassVar = {"email": ADDRESS}


class NewPassword(InOurWords, account.ResetPasswordKeyForm):
    """A new password instead of a forgotten one."""

    words: ClassVar = {
        "password1": ("New password", "a new password", GOOD_ONES),
        "password2": ("New password again", "the new password again", ""),
    }


class FirstPassword(InOurWords, account.SetPasswordForm):
    """A password for somebody who has had none."""

    words: ClassVar = {
        "password1": ("Password", "a password", GOOD_ONES),
        "password2": ("Password again", "the password again", ""),
    }


class OtherPassword(InOurWords, account.ChangePasswordForm):
    """Another password than today's."""

    words: ClassVar = {"oldpassword": ("Password of today", "your password of today", ""), **NewPassword.words}


class ProofForm(DoForm):
    """A code of an app, of the printed list, or from a mail."""

    code = forms.CharField(
        label="Code", max_length=20, widget=forms.TextInput(attrs=ONE_TIME), error_messages={"required": "Enter the code"}
    )


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

    email = address_field(
        "Your new e-mail address", "One that only you read. We send a code to it; until you have typed the code, nothing changes."
    )


class AddressCodeForm(DoForm):
    """The code that was sent to the new address."""

    code = forms.CharField(label="The code from the e-mail", max_length=20, widget=forms.TextInput(attrs=ONE_TIME))
