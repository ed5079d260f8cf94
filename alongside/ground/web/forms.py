"""Our forms and their fields; how they are drawn stands in `drawing.py`."""

from calendar import month_name
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import lazy

from alongside.ground.core import clock, keys, money
from alongside.ground.core.addresses import SCHOOLS, tidy_address, wrong_with_address
from alongside.ground.core.choice import Choice
from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import without_marks
from alongside.ground.web.models import Versioned

WITHOUT_ARTICLE = frozenset("a an the their your how what when where which who why in".split())  # so begins no plain noun
FIRST_YEAR, YEARS_AHEAD = 1950, 50  # the dates that a school writes down lie between them
LOST = "Something in the page was lost on its way: load the page again, then send it once more"


class Form(forms.Form):
    """A form whose rules may refuse, and whose empty fields say what to enter. `sometimes` are the fields that one answer needs
    and another does not: they are not marked as optional, their hint says when they are wanted. `shown_with` are such fields with
    the values of the radio button that ask for them, between spaces, what has several words with hyphens: while none of those is
    chosen, the browser hides them. `more` are the fields that few need: they stand behind a press, named `more_words`."""

    sometimes: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    more_words = "More"
    shown_with: Mapping[str, str] = {}
    use_required_attribute = False

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        super().__init__(_without_marks(data), *args, **options)

    def full_clean(self) -> None:
        """Before anything is read, every field, also one that was added on the way, says what to enter and what it holds."""
        for name, field in self.fields.items():
            label = str(field.label or name.replace("_", " ").capitalize())
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _what_to_enter(field, label)
            for code, remedy in _remedies(field, label.rstrip("?")).items():
                if field.error_messages.get(code) in {None, getattr(type(field), "default_error_messages", {}).get(code)}:
                    field.error_messages[code] = remedy
            if isinstance(field, forms.IntegerField) and field.max_value is None:
                field.validators = [*field.validators, fits_a_column]
            if isinstance(field.widget, forms.TextInput):
                field.validators = [*field.validators, in_one_line]
        super().full_clean()

    def offer(self, name: str, choices: Iterable[tuple[Any, Any]] | QuerySet[Any]) -> None:
        """What a field offers to choose from, rows or pairs, where that is known only when the form is shown; the only one is
        chosen already."""
        chosen: Any = self.fields[name]
        if isinstance(choices, QuerySet):
            chosen.queryset = choices
        else:
            chosen.choices = list(choices)
        if chosen.required and len(real := [value for value, _ in chosen.choices if value]) == 1:
            self.initial.setdefault(name, real if getattr(chosen.widget, "allow_multiple_selected", False) else real[0])

    def hint(self, name: str, hints: Mapping[Any, str]) -> None:
        """What stands under each choice of a field."""
        chosen: Any = self.fields[name]
        chosen.choice_hints = hints

    def fold(self, name: str, first: int) -> None:
        """Of the choices of a long list so many stand there at once, the rest behind a press."""
        chosen: Any = self.fields[name]
        chosen.unfolded = first

    def refuse(self, problem: Invalid) -> None:
        """Put what a rule refused beside the fields it names."""
        for name, remedy in problem.problems.items():
            self.add_error(name if name in self.fields else None, remedy)


class NewForm(Form):
    """A form that makes something new: pressed twice, it is made once. What was made gets the key as its id."""

    key = forms.CharField(
        widget=forms.HiddenInput, max_length=keys.LENGTH, initial=keys.new_key, error_messages={"required": LOST}
    )


class EditForm(Form):
    """A form that changes a row: it shows the row's own fields, and saves nothing over what somebody else just saved."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": LOST, "invalid": LOST})

    def __init__(self, *args: Any, row: Versioned, initial: dict[str, Any] | None = None, **options: Any) -> None:
        shown = {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
        super().__init__(*args, initial={**shown, **(initial or {})}, **options)


class DoForm(Form):
    """A form whose deed may be done again without harm, or is a `move` that happens once by itself."""


class OneOf(forms.TypedChoiceField):
    """One of a list of choices, as radio buttons; the deed is given the choice itself."""

    def __init__(self, of: type[Choice], **options: Any) -> None:
        super().__init__(coerce=of, choices=of.choices(), widget=forms.RadioSelect, **options)


def _without_marks(data: Any) -> Any:
    """What was sent without marks that are not seen."""
    if not isinstance(data, QueryDict):
        return data
    plain = data.copy()
    for name, texts in data.lists():
        plain.setlist(name, [without_marks(text) for text in texts])
    return plain


def in_one_line(text: Any) -> None:
    """A box of one line holds one line, whatever was sent: names stand in the subjects and greetings of mails."""
    if len(str(text).splitlines()) > 1:
        raise ValidationError("Enter this in one line")


def fits_a_column(number: int) -> None:
    """A whole number is one that the database can keep."""
    if abs(number) > money.MOST:
        raise ValidationError("Enter a smaller number")


class MarkedForm(DoForm):
    """A form that edits what keeps no version of its own: it carries the mark of what it showed (`models.marked`)."""

    version = forms.CharField(widget=forms.HiddenInput, error_messages={"required": LOST})


class SeenField(forms.CharField):
    """What the page showed before its button (`core.shown`), carried along. Lost on its way, the deed refuses."""

    def __init__(self) -> None:
        super().__init__(max_length=1000, required=False, widget=forms.HiddenInput)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """A page that is shown again shows what is so now, whatever was sent."""
        return initial


class AddressField(forms.CharField):
    """One e-mail address, taken as it was meant; who may be of no school is shown one `like` anybody's."""

    widget = forms.EmailInput

    def __init__(self, *, like: str = SCHOOLS, **options: Any) -> None:
        super().__init__(max_length=254, **options)
        self.like = like

    def run_validators(self, value: str) -> None:
        """Refuse what is not one e-mail address, by the one rule of the house."""
        super().run_validators(value)
        if value and (wrong := wrong_with_address(value, self.like)):
            raise ValidationError(wrong)

    def to_python(self, value: Any) -> str:
        """In small letters, without what stands around it."""
        return tidy_address(super().to_python(value) or "")


def _remedies(field: Any, label: str) -> dict[str, str]:
    """What a field says, by its name, of a number that is none or out of bounds, and of a text that is too long."""
    if isinstance(field, forms.IntegerField):
        least, most = field.min_value, field.max_value
        bounds = "" if least is None else f", {least:,} or more" if most is None else f" from {least:,} to {most:,}"
        remedy = f"{label}: enter a whole number{bounds}"
        return {"invalid": remedy, "min_value": remedy, "max_value": remedy}
    if isinstance(field, forms.CharField) and field.max_length:
        return {"max_length": f"{label}: use at most {field.max_length:,} letters"}
    return {}


def _what_to_enter(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return "Tick the box to go on"
    if label.endswith("?") and not label.startswith("Who "):
        return f"Answer: {label}"
    label = label.rstrip("?")
    choosing = isinstance(field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple | forms.FileInput)
    words = label if label[:2].isalpha() and label[:2].isupper() else label[:1].lower() + label[1:]
    article = "" if words.partition(" ")[0] in WITHOUT_ARTICLE else "the "
    return f"{'Choose' if choosing else 'Enter'} {article}{words}"


def _number_of(month: str) -> int:
    """The month's number, from its number or its English name ('3', 'March', 'mar')."""
    for number in range(1, 13):
        if len(month) > 2 and month_name[number].lower().startswith(month.lower()):
            return number
    return int(month)


def _year_of(year: str) -> int:
    """The year in full; of two figures the one in the century that is nearest to today, where one is."""
    now = clock.today().year
    is_number = year.isascii() and year.isdigit()
    if is_number and len(year) == 2:
        century = now - now % 100
        nearest, other = sorted((century + more + int(year) for more in (-100, 0, 100)), key=lambda one: abs(one - now))[:2]
        if abs(nearest - now) != abs(other - now):
            return nearest
    if not is_number or len(year) != 4:
        raise ValidationError(f"Enter the year with four figures, like {now}")
    return int(year)


def _near_today(words: str) -> str:
    """Words of a hint whose {year} is this year and whose {next} is the next: an example is never years ago."""
    now = clock.today().year
    return words.format(year=now, next=now + 1)


near_today = lazy(_near_today, str)


class DateWidget(forms.MultiWidget):
    """Day, month and year in three boxes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"day": forms.TextInput(), "month": forms.TextInput(), "year": forms.TextInput()}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        """The three boxes of a date."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class DateField(forms.MultiValueField):
    """A date typed as day, month and year."""

    widget = DateWidget

    def __init__(self, **options: Any) -> None:
        parts = (forms.CharField(max_length=10, required=False),) * 3
        super().__init__(fields=parts, require_all_fields=False, **options)

    def clean(self, value: Any) -> date | None:
        """The date, or an error that says how to write one."""
        texts = [str(text or "").strip() for text in (value or ["", "", ""])]
        if not any(texts):
            if self.required:
                raise ValidationError(self.error_messages["required"])
            return None
        try:
            typed = date(_year_of(texts[2]), _number_of(texts[1]), int(texts[0]))
        except (ValueError, OverflowError):
            raise ValidationError(f"Enter a real date, like 18 3 {clock.today().year}") from None
        last = clock.today().year + YEARS_AHEAD
        if not FIRST_YEAR <= typed.year <= last:
            raise ValidationError(f"Enter a date between {FIRST_YEAR} and {last}, like 18 3 {clock.today().year}")
        return typed


class PoundsField(forms.CharField):
    """An amount of money, kept in pence."""

    def __init__(self, **options: Any) -> None:
        self.least, self.most = options.pop("least", 0), options.pop("most", 100_000_000)  # far below `money.MOST`
        super().__init__(max_length=20, **options)

    def prepare_value(self, value: Any) -> Any:
        """Pence as pounds for the box."""
        return money.pounds(value).lstrip("£") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """The pence, within what is possible."""
        text = super().clean(value)
        if not text:
            return None
        try:
            pence = money.parse_pounds(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if not self.least <= pence <= self.most:
            raise ValidationError(f"Enter an amount between {money.short_pounds(self.least)} and {money.short_pounds(self.most)}")
        return pence
