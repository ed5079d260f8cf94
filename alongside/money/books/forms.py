"""Forms of the schedule and of VAT."""

from django import forms

from alongside.ground.web.forms import Form
from alongside.money.invoices.rules.invoices import VatCode

MOST_BYTES = 1_000_000


class VatForm(Form):
    """What finance says about VAT."""

    code = forms.ChoiceField(
        label="What does finance say?",
        widget=forms.RadioSelect,
        choices=[(code.value, code.label) for code in VatCode if code != VatCode.ASK_FINANCE],
    )
    words = forms.CharField(
        label="Who said so, and when?", max_length=120, help_text="For example: the council’s VAT officer, 3 May."
    )


class ScheduleForm(Form):
    """A host's file."""

    file = forms.FileField(label="The schedule as the host sent it back", help_text="A CSV file, at most 1 MB.")

    def clean_file(self) -> str:
        """The text of the file: UTF-8, or as Windows writes it."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError("Choose a file of at most 1 MB")
        data = given.read()
        if b"\x00" in data:
            raise forms.ValidationError("This is not a CSV file. In the spreadsheet choose “Save as”, then CSV")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("cp1252", errors="replace")
