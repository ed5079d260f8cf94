"""Forms of the bank's lines."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import without_marks
from alongside.ground.web.forms import DoForm, Form, NewForm
from alongside.ground.web.tables import Column, Table, listed
from alongside.money.bank.rules.reading import WHAT_IT_IS, BadLines, kinds_of, not_ours

MOST_BYTES = 1_000_000
CHOOSE_KIND = {
    "required": "Choose what it is",
    "invalid_choice": "Choose what it is from the list: money in is no charge and no bill, money out no income",
}


class CsvForm(Form):
    """A form with a CSV `file` (and its `name`) that is taken whole or not at all: `bad` lists the lines for which it was
    not, each with its `begins`."""

    bad: Table | None = None
    begins = "It begins"

    def refuse(self, problem: Invalid) -> None:
        """What is wrong with which line stands on the page."""
        if isinstance(problem, BadLines):
            columns = (Column("line", "Line", numeric=True), Column("reference", self.begins), Column("why", "What is wrong"))
            self.bad = listed(columns, problem.lines[:200])
        super().refuse(problem)

    def clean_file(self) -> str:
        """The text of the file: UTF-8, UTF-16, or as Windows writes it."""
        given = self.cleaned_data["file"]
        self.cleaned_data["name"] = without_marks(given.name)
        if given.size > MOST_BYTES:
            raise forms.ValidationError("Choose a file of at most 1 MB")
        return without_marks(self._letters(given.read()))

    def _letters(self, data: bytes) -> str:
        for start, coding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if data.startswith(start):
                return str(data.decode(coding, errors="replace"))
        if b"\x00" in data or data.startswith((b"PK", b"%PDF", b"\xd0\xcf")):
            raise forms.ValidationError("This is not a CSV file. Choose “Download”, “Export” or “Save as”, then CSV")
        try:
            return str(data.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return str(data.decode("cp1252", errors="replace"))


class BankFileForm(CsvForm, NewForm):
    """A statement as the bank gives it."""

    file = forms.FileField(
        label="Your bank’s statement as CSV",
        help_text="As the bank gives it, at most 1 MB. Lines that are here already are not added again.",
    )


class IgnoreForm(DoForm):
    """A line that is none of the fees' business."""

    kind = forms.ChoiceField(label="What is it?", error_messages=CHOOSE_KIND)
    why = forms.CharField(label="In a few words", max_length=80, required=False)

    def __init__(self, *args: Any, amount: int, **options: Any) -> None:
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [("", "Choose"), *((one.value, one.label) for one in kinds_of(came_in=amount > 0))]

    def clean(self) -> dict[str, Any]:
        """What it is, from its kind and the words."""
        typed = super().clean() or {}
        typed["why"] = not_ours(typed.pop("kind", ""), typed.get("why", ""))
        if not typed["why"] and not self.errors:
            self.add_error("why", WHAT_IT_IS)
        return typed


class HoldLineForm(Form):
    """For which school a line is held."""

    urn = forms.ChoiceField(label="School")

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("urn", [("", "Choose"), *places])
