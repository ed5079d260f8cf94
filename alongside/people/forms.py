"""What people type about themselves and their colleagues."""

from typing import Any

from allauth.account import forms as account
from django import forms

from alongside.core.standing import Post
from alongside.people.rules import can_go_to, posts_of
from alongside.web.forms import DateField, Form

GOOD_ONES = "At least 12 characters. Three words that only you would put together are easy to remember and hard to guess."

AN_ADDRESS = {"invalid": "Enter an e-mail address like name@school.sch.uk"}


class NameForm(Form):
    """All that somebody new is asked: what they are called."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class LetterNameForm(NameForm):
    """A letter's reader also says which address they sign in with."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="We send a code to this address when you sign in.",
        max_length=254,
        error_messages=AN_ADDRESS,
    )


class DetailsForm(NameForm):
    """What is shown of oneself to the school and the office."""

    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        help_text="Shown to your school and to the partnership's office.",
    )


class InviteForm(Form):
    """A colleague to invite, to a school or to a partnership's office."""

    name = forms.CharField(
        label="Their name", max_length=120, help_text="For example Sam Okafor. It stands at the top of the e-mail."
    )
    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        error_messages=AN_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    post = forms.ChoiceField(label="Their post", widget=forms.RadioSelect)

    def __init__(self, *args: Any, in_office: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"].choices = [(post.value, post.label) for post in posts_of(in_office)]

    def clean_post(self) -> Post:
        """The post itself."""
        return Post(self.cleaned_data["post"])


class PassOnForm(InviteForm):
    """The colleague whose matter an invitation really is."""

    def __init__(self, *args: Any, post: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label, self.fields["name"].help_text = "Your colleague's name", ""
        self.fields["post"].label = "What they are at your school"
        self.fields["post"].choices = [(other.value, other.label) for other in posts_of(False) if can_go_to(post, other)]


class EndRoleForm(Form):
    """When a role ends, and whether what falls open was seen."""

    when = forms.ChoiceField(
        label="When does it end?",
        widget=forms.RadioSelect,
        choices=[("now", "At once"), ("day", "At the end of a day")],
        initial="now",
    )
    until_on = DateField(
        label="Last day in the post", required=False, help_text="Only if you chose a day. For example 31 8 2022."
    )
    sure = forms.BooleanField(label="I have read this and want to end the role", required=False)

    def __init__(self, *args: Any, warned: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not warned:
            del self.fields["sure"]

    def clean(self) -> dict[str, Any]:
        """A day when a day was chosen."""
        cleaned = super().clean() or {}
        if cleaned.get("when") == "day" and not cleaned.get("until_on") and "until_on" not in self.errors:
            self.add_error("until_on", "Enter the last day in the post")
        if cleaned.get("when") == "now":
            cleaned["until_on"] = None
        return cleaned


class CodeForm(Form):
    """The code of a letter, and the school it was sent to."""

    school = forms.CharField(
        label="Your school's URN or name", max_length=200, help_text="The URN is the six-figure number at the top of the letter."
    )
    code = forms.CharField(
        label="The code in the letter",
        max_length=20,
        help_text="Eight letters and figures, like K7PM-2XQD.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": False}),
    )


class PasswordSignIn(account.LoginForm):
    """Sign in with an address and a password."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
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
