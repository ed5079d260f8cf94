"""What people type about days and dates."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.ground.core.clock import start_of
from alongside.ground.web.forms import DateField, DoForm, EditForm, Form, NewForm
from alongside.members.calendar.models import Year
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.clocks.reckoning import StopKind, stops_allowed
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.calendar.rules.days import Span
from alongside.members.calendar.rules.settings import Alternation, Nation
from alongside.members.calendar.rules.years import HALF_TERMS, half_named
from alongside.members.partnerships.forms import SettingsForm

REAL, EXAMPLE = "real", "example"


class YearForm(EditForm):
    """The six half-terms of a year: what lies between them are the holidays. A year that is not typed yet has version 0."""

    standing = forms.ChoiceField(
        label="These dates are",
        choices=[(REAL, "The real dates, from the council or the trust"), (EXAMPLE, "Examples, until we know the real ones")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether these dates are real or examples"},
    )

    def __init__(self, *args: Any, row: Year, spans: Sequence[Span], **options: Any) -> None:
        initial: dict[str, Any] = {"standing": EXAMPLE if row.is_example else REAL}
        for number, (first, last) in enumerate(spans, 1):
            initial |= {f"first_{number}": first, f"last_{number}": last}
        super().__init__(*args, row=row, initial=initial, **options)
        for number in range(1, len(HALF_TERMS) + 1):
            for end in ("first", "last"):
                asked = {"required": f"Enter the {end} day of {half_named(number)}"}
                self.fields[f"{end}_{number}"] = DateField(label=f"{end.capitalize()} day", error_messages=asked)

    @property
    def parts(self) -> list[tuple[str, Any, Any]]:
        """(name, first day, last day) of each half-term, for the page."""
        return [(name, self[f"first_{number}"], self[f"last_{number}"]) for number, name in enumerate(HALF_TERMS, 1)]

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        spans = [(given[f"first_{number}"], given[f"last_{number}"]) for number in range(1, len(HALF_TERMS) + 1)]
        return {"half_terms": spans, "is_example": given["standing"] == EXAMPLE, "version": given["version"]}


class ClosureForm(NewForm):
    """An INSET day, or days on which the school is closed."""

    kind = forms.TypedChoiceField(
        label="What is it?", coerce=ClosureKind, choices=ClosureKind.choices(), widget=forms.RadioSelect
    )
    first_on = DateField(label="Day", help_text="The first day, when it lasts longer.")
    last_on = DateField(label="Last day", required=False, help_text="Only when it lasts longer than a day.")


class BlackoutForm(NewForm):
    """Days to keep free."""

    name = forms.CharField(label="What for", max_length=80, help_text="For example, SATs week.")
    first_on = DateField(label="First day")
    last_on = DateField(label="Last day")


class CountingForm(SettingsForm):
    """Whose bank holidays count, what a teaching week is, and by what meetings alternate."""

    nation = forms.ChoiceField(label="Bank holidays of", choices=Nation.choices(), widget=forms.RadioSelect)
    teaching_days = forms.IntegerField(
        label="A school teaches in a week when it is open on at least so many days", min_value=1, max_value=5
    )
    teaching_share = forms.IntegerField(
        label="A week is a teaching week when so many per cent of the schools teach in it", min_value=1, max_value=100
    )
    alternation = forms.ChoiceField(
        label="Meetings that take turns, such as strategy one week and business the next, alternate over",
        choices=Alternation.choices(),
        widget=forms.RadioSelect,
    )


class AskForm(Form):
    """What came in, where, and when."""

    law = forms.TypedChoiceField(
        label="What came in?", coerce=Law, choices=[(law.value, law.question) for law in Law], widget=forms.RadioSelect,
        error_messages={"required": "Choose what came in"},
    )  # fmt: skip
    school = forms.ChoiceField(label="Who must answer?")
    received_on = DateField(
        label="Which day did it come?", help_text="The day it arrived, also when that was a weekend or a holiday."
    )
    at = forms.CharField(
        label="At what time?", required=False, max_length=8, help_text="Only for a breach: when you became aware, like 14:30."
    )
    sometimes = ("at",)

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("school", places)
        self.hint("law", dict(Law.choices()))

    def clean_at(self) -> time | None:
        """A time of the day, or none."""
        text = self.cleaned_data["at"].strip().replace(".", ":")
        if not text:
            return None
        try:
            return time.fromisoformat(text if len(text.split(":")[0]) == 2 else f"0{text}").replace(second=0, microsecond=0)
        except ValueError:
            raise ValidationError("Enter a time like 14:30") from None

    @property
    def moment(self) -> datetime | None:
        """The moment of which a breach's hours count; none for everything else."""
        given = self.cleaned_data
        if given["law"] is not Law.BREACH or not given.get("at"):
            return None
        return start_of(given["received_on"], given["at"].hour, given["at"].minute)


class KeepForm(NewForm):
    """Under which reference a date is kept."""

    label = forms.CharField(
        label="Your own reference", max_length=40, required=False,
        help_text="A number or a word that you will know again. No names: nothing about a person is kept here.",
    )  # fmt: skip


class StopForm(DoForm):
    """What the school asked for, and when."""

    kind = forms.TypedChoiceField(label="What did you ask for?", coerce=StopKind, widget=forms.RadioSelect)
    asked_on = DateField(label="Which day did you ask?")

    def __init__(self, *args: Any, law: Law, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("kind", [(kind.value, kind.label.capitalize()) for kind in stops_allowed(law)])


class RestartForm(DoForm):
    """When it came."""

    answered_on = DateField(label="Which day did it come?")


class ExtendForm(DoForm):
    """When the person was told."""

    told_on = DateField(label="Which day did you tell the person, with the reason?")
