"""What people type about a partnership."""

from dataclasses import asdict, replace
from typing import Any

from django import forms

from alongside.ground.web.forms import AddressField, EditForm, MarkedForm
from alongside.members.partnerships.rules import Settings, mark_of


class About(EditForm):
    """A partnership's own facts."""

    name = forms.CharField(
        max_length=120,
        label="Name",
        help_text="As it stands on letters and invoices.",
        error_messages={"required": "Enter the partnership’s name"},
    )
    area = forms.CharField(max_length=120, label="Area in words", required=False, help_text="A borough, a county, a few towns.")
    contact_email = AddressField(
        label="The office's e-mail address", help_text="Shown on the prospectus, and where answers to mails go."
    )


class SettingsForm(MarkedForm):
    """Settings of one app, as `change_settings` takes them. They are dated rows without a version: the mark of what was shown
    tells whether somebody else changed them meanwhile."""

    def __init__(self, *args: Any, now: Settings, initial: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__(*args, initial={**asdict(now), **(initial or {}), "version": mark_of(now)}, **options)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """The settings with what was typed, and the mark."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        return {"version": given.pop("version"), "settings": replace(self.now, **given)}
