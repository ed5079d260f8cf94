"""What people choose and type about a file."""

from typing import Any

from django import forms
from django.conf import settings

from alongside.ground.core.verdict import Invalid
from alongside.ground.files.rules import EVIDENCE, Paper, Readers, in_megabytes, size_problem
from alongside.ground.web.forms import DoForm, NewForm, OneOf, near_today

SURE = forms.BooleanField(label="I have read this. Keep the paper so, for everybody who can open it", required=False)


class ChosenFile(forms.FileField):
    """A file, refused by its size before anything reads it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_length=200,
            allow_empty_file=True,
            error_messages={"max_length": "The file’s name is too long. Make it shorter and choose it again"},
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file as it came; empty or over the limit is refused."""
        found = super().clean(data, initial)
        if found and (problem := size_problem(found.size, settings.FILES_LARGEST)):
            raise forms.ValidationError(problem)
        return found


class ReplaceForm(DoForm):
    """A newer file in the place of one."""

    file = ChosenFile(label="The newer file")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        most = in_megabytes(settings.FILES_LARGEST)
        self.fields["file"].help_text = f"A PDF, an office document, a picture or a table, up to {most}."
        if "sure" in self.data:
            self.fields["sure"] = SURE

    def clean(self) -> dict[str, Any]:
        """The file as its name and its bytes."""
        cleaned = super().clean() or {}
        sent = cleaned.pop("file", None)
        return {**cleaned, "name": sent.name, "data": sent.read()} if sent else cleaned

    def refuse(self, problem: Invalid) -> None:
        """Put what a rule refused beside its field; whoever has to be sure gets a box to say so."""
        if "sure" in problem.problems:
            self.fields["sure"] = SURE
            self.add_error("file", "Choose a better file, or tick the box below and choose this one again")
        super().refuse(problem)


class EvidenceForm(ReplaceForm, NewForm):
    """A paper of the partnership that money rests on."""

    file = ChosenFile(label="File")
    title = forms.CharField(
        label="What is it?", max_length=120, required=False, help_text="For example, Bank letter. Otherwise its file’s name."
    )
    audience = OneOf(Readers, label="Who can open it?", initial=Readers.OFFICE.value)

    for_schools = (
        "Heads and staff with a role, also of schools that are asked to join. Accounts staff find it beside their invoice as "
        "well, by its number and code."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.hint("audience", {"members": self.for_schools})


class PaperForm(EvidenceForm):
    """A paper of the partnership, of the other kinds."""

    field_order = ("key", "file", "title", "kind", "audience")
    title = forms.CharField(
        label="What is it?",
        max_length=120,
        required=False,
        help_text=near_today("For example, Agreement {year} to {next}. Otherwise its file’s name."),
    )
    kind = OneOf(Paper, label="Kind")
    for_schools = "Heads and staff with a role, also of schools that are asked to join."

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("kind", [one for one in Paper.choices() if one[0] not in EVIDENCE])
