"""An advert, an application, ties, scores, outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from alongside.deciding.bodies.models import Seat
from alongside.deciding.recruitment.models import Application, Vacancy
from alongside.deciding.recruitment.rules import vacancies as rules
from alongside.deciding.recruitment.rules.vacancies import ApplicationState
from alongside.ground.core import clock
from alongside.ground.core.addresses import ANYBODYS
from alongside.ground.core.words import plural
from alongside.ground.web.forms import AddressField, DateField, DoForm, EditForm, Form, NewForm, SeenField, near_today
from alongside.members.partnerships.forms import SettingsForm

LINES = forms.Textarea(attrs={"rows": 5})
YES_NO = [("no", "No"), ("yes", "Yes")]


def _box(label: str, most: int, hint: str = "", **options: Any) -> forms.CharField:
    """A box of several lines."""
    return forms.CharField(label=label, max_length=most, help_text=hint, **{"widget": forms.Textarea, **options})


class SaysVacancy(Form):
    """What a vacancy says."""

    title = forms.CharField(label="Title of the advert", max_length=80, help_text="For example Independent chair.")
    advert = _box(
        "About the role", 5_000, "What it is for, how much time it takes, what is paid. Empty lines between paragraphs."
    )
    essential = _box(
        "Essential", 2_600, "One on each line. The most points may stand at its end, like “Chairs meetings well (6)”; else 4.",
        widget=LINES,
    )  # fmt: skip
    desirable = _box("Desirable", 2_600, "In the same way.", widget=LINES, required=False)
    independence = _box(
        "Questions on independence", 2_000, "One on each line, for yes or no. A yes is looked into and refuses nobody by itself.",
        widget=LINES, required=False,
    )  # fmt: skip
    contact = AddressField(label="Who answers questions about the role", help_text="An e-mail address, shown on the advert.")
    opens_on = DateField(label="Applications open on", help_text=near_today("For example 22 3 {year}."))
    closes_on = DateField(label="Applications close at the end of")
    shortlist_on = DateField(label="Applicants hear about the shortlist by")
    interviews_on = DateField(label="Interviews from")
    in_place_by = DateField(label="In place by")
    stays: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        """All that is said of the vacancy as one, with what stays as it is."""
        given = {**(super().clean() or {}), **self.stays}
        names = [one.name for one in fields(rules.Advert)]
        if self.errors:
            return given
        said = rules.Advert(**{name: given.pop(name) for name in names})
        return {**given, "said": said}


class AddVacancyForm(SaysVacancy, NewForm):
    """A new advert."""

    seat = forms.ModelChoiceField(Seat.objects.none(), label="Which seat?")
    field_order = ["seat"]

    def __init__(self, *args: Any, seats: QuerySet[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("seat", seats)
        if len(seats) == 1:
            self.initial["title"] = seats[0].title
        seat: Any = self.fields["seat"]
        seat.label_from_instance = lambda one: f"{one.title}, {one.body.name}"


class VacancyForm(SaysVacancy, EditForm):
    """The same otherwise; once published, what is looked for and asked stays."""

    def __init__(self, *args: Any, row: Vacancy, **options: Any) -> None:
        told = {
            name: rules.written_criteria(row.specification, essential=name == "essential") for name in ("essential", "desirable")
        }
        told["independence"] = "\n".join(row.independence)
        super().__init__(*args, row=row, initial=told, **options)
        self.stays = told if row.published_on else {}
        for name in self.stays:
            del self.fields[name]


class PanelForm(NewForm):
    """Somebody for the panel."""

    person = forms.ChoiceField(label="Somebody of the body", required=False)
    name = forms.CharField(label="Or somebody else: name", max_length=120, required=False)
    email = AddressField(
        like=ANYBODYS, label="Their e-mail address", required=False, help_text="They sign in with it, by a code."
    )
    sometimes = ("person", "name", "email")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        if people:
            self.offer("person", [("", "Choose"), *people])
        else:  # nobody who sits there can sign in
            del self.fields["person"]
            self.fields["name"].label = "Name"


class ApplyForm(DoForm):
    """To which address an application's link goes."""

    email = AddressField(
        like=ANYBODYS, label="Your e-mail address", help_text="We send a link to it, by which you write, save and come back."
    )


class ApplicationForm(EditForm):
    """What an applicant says: a box for each criterion, a yes or no for each question; all of it may wait."""

    name = forms.CharField(label="Your name", max_length=120, required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)

    def __init__(self, *args: Any, row: Application, **options: Any) -> None:
        self.asked = {"answers": len(row.vacancy.criteria), "independence": len(row.vacancy.independence)}
        given = {f"{what}_{at}": said for what in self.asked for at, said in enumerate(getattr(row, what))}
        texts = {name: getattr(row, name) for name in ("independence_words", "interests", "referees")}
        super().__init__(*args, row=row, initial=given | texts, **options)
        for at, one in enumerate(row.vacancy.specification):
            hint = f"{'Essential' if one.is_essential else 'Desirable'}, up to {one.points} points."
            self.fields[f"answers_{at}"] = _box(
                one.words, rules.MOST_SAID, f"{hint} Say what you did, where and when.", required=False
            )
        for at, question in enumerate(row.vacancy.independence):
            said: Any = {"choices": YES_NO, "widget": forms.RadioSelect, "required": False}
            self.fields[f"independence_{at}"] = forms.ChoiceField(label=question, **said)
        self.fields["independence_words"] = _box("If you said yes to any of these, say more", 1_000, required=False)
        interests = "Work, posts, holdings and family ties that touch the partnership or its schools; or “none”."
        self.fields["interests"] = _box("Your interests", 1_000, interests, required=False)
        referees = "Name, post and how to reach them. Nobody is asked before you are invited to an interview."
        self.fields["referees"] = _box("Two people who may be asked about you", 600, referees, required=False)
        self.sometimes = tuple(self.fields)

    def clean(self) -> dict[str, Any]:
        """The answers in the order of what was asked."""
        given: dict[str, Any] = super().clean() or {}
        return _in_order(given, **self.asked)


def _in_order(given: dict[str, Any], **many: int) -> dict[str, Any]:
    """All that was typed, with what stands in so many numbered fields of a name as one list of that name."""
    found = {name: [given.pop(f"{name}_{at}", "") for at in range(number)] for name, number in many.items()}
    return {**given, **found}


class TiesForm(DoForm):
    """Whom somebody of the panel knows."""

    tied = forms.MultipleChoiceField(
        label="I have a tie to", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Family, friendship, work together now or lately, money. Tick nobody if there is none.",
    )  # fmt: skip
    words = forms.CharField(label="What tie?", max_length=300, required=False, help_text="If you ticked somebody.")
    sometimes = ("words",)

    def __init__(self, *args: Any, applicants: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("tied", applicants)


def _points(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, help_text=f"0 to {most}")


class ScoreForm(NewForm):
    """Points and a sentence for each criterion."""

    def __init__(self, *args: Any, row: Application, **options: Any) -> None:
        super().__init__(*args, **options)
        self.many = len(row.vacancy.criteria)
        for at, one in enumerate(row.vacancy.specification):
            self.fields[f"points_{at}"] = _points(f"{one.words}: points", one.points)
            self.fields[f"words_{at}"] = forms.CharField(label="Why, in a sentence", max_length=300)

    def clean(self) -> dict[str, Any]:
        """The marks in the order of the criteria."""
        given: dict[str, Any] = super().clean() or {}
        typed = _in_order(given, points=self.many, words=self.many)
        marks = list(zip(typed.pop("points"), typed.pop("words"), strict=True))
        return {**typed, "marks": marks}


class AgreeForm(EditForm):
    """The points on which the panel has agreed; what it may begin from stands there."""

    def __init__(self, *args: Any, row: Application, first: Sequence[int], **options: Any) -> None:
        super().__init__(*args, row=row, initial={f"points_{at}": points for at, points in enumerate(first)}, **options)
        self.many = len(row.vacancy.criteria)
        for at, one in enumerate(row.vacancy.specification):
            self.fields[f"points_{at}"] = _points(one.words, one.points)

    def clean(self) -> dict[str, Any]:
        """The points in the order of the criteria."""
        given: dict[str, Any] = super().clean() or {}
        return _in_order(given, points=self.many)


class OutcomesForm(DoForm):
    """How each applicant comes out: on the shortlist or not; at the end, who is appointed, and why."""

    def __init__(
        self, *args: Any, applicants: Sequence[Application], choices: Sequence[ApplicationState], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.applicants = {one.pk: one.name for one in applicants}
        offered = [(one.value, one.label) for one in choices]
        for one in applicants:
            first = one.state if one.state in choices else choices[-1].value
            label = f"{one.name}, {plural(one.points, 'point')}" if one.points else one.name
            self.fields[one.pk] = forms.ChoiceField(label=label, choices=offered, widget=forms.RadioSelect, initial=first)
        if rules.FINAL & set(choices):
            hint = "For the panel and who runs the competition. It is erased with what applicants sent."
            self.fields["reason"] = _box("Why did the panel decide so?", 2_000, hint)
            if any(one.lacks_score for one in applicants):
                hint = "Some applications have no score on which the panel has agreed. Nobody is appointed without one."
                self.fields["unscored"] = _box("Why is it decided before all are scored?", 500, hint, required=False)
                self.sometimes = ("unscored",)

    def clean(self) -> dict[str, Any]:
        """The outcome of each applicant by their key."""
        given: Mapping[str, Any] = super().clean() or {}
        outcomes = {key: ApplicationState(given[key]) for key in self.applicants if key in given}
        return {"outcomes": outcomes, **{name: given.get(name, "") for name in ("reason", "unscored")}}


class SlotsForm(DoForm):
    """Times for interviews, on one day."""

    on = DateField(label="Day")
    hours = forms.CharField(label="Times", max_length=200, help_text="Like 10:00, 11:00, 14:30.")
    place = forms.CharField(label="Where", max_length=160, help_text="The room and its address, or the link of the video call.")

    def clean_hours(self) -> list[time]:
        """Each of them as a time of day."""
        try:
            return [time.fromisoformat(f"{one.strip():0>5}") for one in self.cleaned_data["hours"].split(",") if one.strip()]
        except ValueError:
            raise ValidationError("Enter times like 10:00, 11:00, 14:30, with a comma between") from None

    def clean(self) -> dict[str, Any]:
        """The moments, in London."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        times = [datetime.combine(given["on"], hour, clock.LONDON) for hour in given["hours"]]
        return {"times": times, "place": given["place"]}


class SendLettersForm(DoForm):
    """What was shown before the letters are sent."""

    seen = SeenField()


class FeedbackForm(DoForm):
    """Why somebody was not chosen, in words for them."""

    words = _box("What do you tell them?", 3_000, "What was strong, and what others showed more of. Nothing of other applicants.")


class FillSeatForm(NewForm):
    """From when whoever was appointed sits there."""

    from_on = DateField(label="First day", help_text="The term of the seat counts from here.")
    rests_on = forms.CharField(
        label="What the appointment rests on", max_length=160, help_text="The panel and its day, as the minutes say it."
    )


class RecruitmentForm(SettingsForm):
    """What is asked of whoever is to be independent, and how long applications are kept."""

    independence = _box("Questions on independence", 2_000, "One on each line. For adverts to come.", widget=LINES)
    months_kept = forms.IntegerField(
        label="Months after a decision in which what applicants sent is kept", min_value=3, max_value=24,
        help_text="Then it is erased by itself. Adverts that are written already keep to what they say.",
    )  # fmt: skip

    def __init__(self, *args: Any, now: rules.RecruitmentSettings, **options: Any) -> None:
        super().__init__(*args, now=now, initial={"independence": "\n".join(now.independence)}, **options)

    def clean_independence(self) -> tuple[str, ...]:
        """Each of them."""
        return rules.lines_of(self.cleaned_data["independence"])
