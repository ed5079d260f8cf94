"""Allauth's forms in our words."""

from typing import Any

from allauth.account import forms as account
from django import forms

from alongside.members.people.adapter import other_ways
from alongside.members.people.forms.people import AN_ADDRESS

GOOD_ONES = "At least 12 characters. Three words that only you would put together are easy to remember and hard to guess."


class PasswordSignIn(account.LoginForm):
    """Sign in with an address and a password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.other_ways = other_ways()
        say(self, "login", "E-mail address")
        say(self, "password", "Password")


class AskForCode(account.RequestLoginCodeForm):
    """Have a code sent."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, "email", "E-mail address", "The one that your invitation came to.")


class TypeCode(account.ConfirmLoginCodeForm):
    """Type the code that came."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, "code", "Code", "Capital or small letters, with or without the dash.")


class ForgottenPassword(account.ResetPasswordForm):
    """Have a link sent that sets a new password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, "email", "E-mail address")


class NewPassword(account.ResetPasswordKeyForm):
    """A new password instead of a forgotten one."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, "password1", "New password", GOOD_ONES)
        say(self, "password2", "New password again")


class FirstPassword(account.SetPasswordForm):
    """A password for somebody who has had none."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, "password1", "Password", GOOD_ONES)
        say(self, "password2", "Password again")


class OtherPassword(account.ChangePasswordForm):
    """Another password than today's."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, "oldpassword", "Password of today")
        say(self, "password1", "New password", GOOD_ONES)
        say(self, "password2", "New password again")


def say(form: forms.Form, name: str, label: str, hint: str = "") -> None:
    """Give a field of allauth's our words, and an error that says what to do."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = f"Enter {label[0].lower()}{label[1:]}"
    if isinstance(field, forms.EmailField):
        field.error_messages.update(AN_ADDRESS)
        field.widget = forms.EmailInput(attrs={"autocomplete": "email"})
