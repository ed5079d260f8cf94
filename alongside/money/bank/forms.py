"""Forms of the bank's lines."""

from django import forms

from alongside.ground.core import keys
from alongside.ground.web.forms import Form

MOST_BYTES = 1_000_000


class BankFileForm(Form):
    """A statement as the bank gives it."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=keys.LENGTH)
    file = forms.FileField(
        label="Your bank’s statement as CSV",
        help_text="As the bank gives it, at most 1 MB. Lines that are here already are not added again.",
    )

    def clean_file(self) -> tuple[str, str]:
        """The name and the text of the file: UTF-8, UTF-16, or as Windows writes it."""
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError("Choose a file of at most 1 MB")
        data = given.read()
        for start, coding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if data.startswith(start):
                return given.name, data.decode(coding, errors="replace")
        if b"\x00" in data or data.startswith((b"PK", b"%PDF", b"\xd0\xcf")):
            raise forms.ValidationError("This is not a CSV file. At your bank choose “Download” or “Export”, then CSV")
        try:
            return given.name, data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return given.name, data.decode("cp1252", errors="replace")


class IgnoreForm(Form):
    """A line that is none of the fees' business."""

    why = forms.CharField(label="What is it?", max_length=120, help_text="For example: bank charges, or a grant.")
