"""A sheet of people to invite."""

from django import forms

from alongside.ground.web.forms import DoForm


class SheetForm(DoForm):
    """The file, before anything is done with it."""

    file = forms.FileField(label="The sheet", help_text="CSV or Excel workbook (.xlsx), up to 2,000 lines.")


class CheckedSheetForm(DoForm):
    """The same sheet once it was looked through; it is looked through again when it is sent."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=1_500_000, strip=False)
