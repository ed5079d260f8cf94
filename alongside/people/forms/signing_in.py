"""Allauth's forms in our words."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from django import forms

from alongside.core.standing import Standing
from alongside.people import actions, proof
from alongside.people.adapter import other_ways
from alongside.people.forms.people import AN_ADDRESS
from alongside.people.models import Person

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

    def save(self) -> None:
        """Set it. Whoever reads the mailbox could have: beside a mailed code it proves nothing until it is chosen anew."""
        super().save()
        note(self.user, is_own=False)


class FirstPassword(account.SetPasswordForm):
    """A password for somebody who has had none."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, "password1", "Password", GOOD_ONES)
        say(self, "password2", "Password again")

    def save(self) -> None:
        """Set it: whoever had a second factor has given it on the way here."""
        super().save()
        note(self.user, is_own=True)


class OtherPassword(account.ChangePasswordForm):
    """Another password than today's."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say(self, "oldpassword", "Password of today")
        say(self, "password1", "New password", GOOD_ONES)
        say(self, "password2", "New password again")

    def save(self) -> None:
        """Set it; one that came through the mailbox becomes one's own when a second factor was given."""
        super().save()
        note(self.user, is_own=True if proof.is_proven(context.request) else None)


def note(person: Person, *, is_own: bool | None) -> None:
    """Write down that a password was set, and what it is worth."""
    but = proof.sign_in_of(context.request)
    actions.note_password(person=person, is_own=is_own, but=but, by=Standing(person=person.pk, name=person.name))


def say(form: forms.Form, name: str, label: str, hint: str = "") -> None:
    """Give a field of allauth's our words, and an error that says what to do."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = f"Enter {label[0].lower()}{label[1:]}"
    if isinstance(field, forms.EmailField):
        field.error_messages.update(AN_ADDRESS)
        field.widget = forms.EmailInput(attrs={"autocomplete": "email"})
