"""Calling an election, nominating, watching, voting."""

from collections.abc import Sequence
from typing import Any

from django import forms

from alongside.deciding.elections.models import Candidate, Election, Scrutineer
from alongside.deciding.elections.queries.elections import OnBallot
from alongside.deciding.elections.rules.standing import MOST_WORDS, Method, in_order
from alongside.ground.web.forms import DateField, DoForm, EditForm, Form, NewForm, OneOf

SUGGESTED = 9  # scrutineers: so many stand there at once
ABOUT = f"Up to {MOST_WORDS} words, shown on the ballot."


class CallElectionForm(NewForm):
    """An election: its seats and days; how votes are counted stands behind More."""

    more = ("method", "has_proof")
    seats = forms.MultipleChoiceField(label="Seats to fill", widget=forms.CheckboxSelectMultiple)
    nominations_until = DateField(label="Last day of nominations")
    opens_on = DateField(label="If more stand than there are seats: the ballot opens on")
    closes_on = DateField(label="Last day of the ballot", help_text="At least five school days, and never across a holiday.")
    method = OneOf(Method, label="How votes are counted", initial=Method.MARKS)
    has_proof = forms.BooleanField(
        label="Each voter can find their own ballot in the published list",
        required=False,
        help_text="Where ten schools or more have voted. Whoever can find it can be pressed to show it to somebody.",
    )

    def __init__(self, *args: Any, seats: tuple[list[tuple[str, str]], dict[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offered, hints = seats
        self.offer("seats", offered)
        self.hint("seats", hints)
        self.initial.setdefault("seats", [key for key, _ in offered])


class NominateForm(NewForm):
    """Oneself, or another head."""

    person = forms.ChoiceField(label="Who stands?")
    statement = forms.CharField(
        label="Your statement", required=False, widget=forms.Textarea, help_text=f"{ABOUT} Another head writes their own."
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("person", people)


class AnswerNominationForm(EditForm):
    """Whether one stands."""

    stands = forms.TypedChoiceField(
        label="Do you stand?", choices=[("yes", "Yes, I stand"), ("no", "No")], widget=forms.RadioSelect,
        coerce=lambda said: said == "yes",
    )  # fmt: skip
    statement = forms.CharField(label="Your statement", required=False, widget=forms.Textarea, help_text=ABOUT)

    def __init__(self, *args: Any, row: Candidate, **options: Any) -> None:
        known = {"asked": "", "stands": "yes", "declined": "no"}
        super().__init__(*args, row=row, initial={"stands": known.get(row.state, "")}, **options)


class ScrutineersForm(DoForm):
    """Three people who watch the box."""

    people = forms.MultipleChoiceField(
        label="Three scrutineers", widget=forms.CheckboxSelectMultiple,
        help_text="Best from three schools from which nobody stands: these come first, and three are ticked.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, initial={"people": [key for key, _ in people[:3]]}, **options)
        self.offer("people", people)
        self.fold("people", SUGGESTED)


class ScrutineerCodeForm(DoForm):
    """A scrutineer's code."""

    code = forms.CharField(label="Your code", widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))


class OpenBallotForm(DoForm):
    """From when until when votes are taken."""

    opens_on = DateField(label="The ballot opens on")
    closes_on = DateField(label="Last day of the ballot", help_text="At least five school days, and never across a holiday.")

    def __init__(self, *args: Any, row: Election, **options: Any) -> None:
        super().__init__(*args, initial={"opens_on": row.opens_on, "closes_on": row.closes_on}, **options)


class VoterForm(DoForm):
    """Who casts a school's vote."""

    person = forms.ChoiceField(label="Who casts the school’s vote?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], person: str, **options: Any) -> None:
        super().__init__(*args, initial={"person": person}, **options)
        self.offer("person", people)


class BallotFields(Form):
    """What may stand on a ballot; `choices` are the candidates' numbers of each contest."""

    def __init__(self, *args: Any, ballot: Sequence[OnBallot], method: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ballot, self.method = ballot, method
        for at, one in enumerate(ballot):
            if method == Method.MARKS:
                self.fields[f"contest_{at}"] = forms.TypedMultipleChoiceField(
                    label=f"{one.contest.title}: tick up to {one.seats}" if one.seats > 1 else f"{one.contest.title}: tick one",
                    choices=[(str(each.number), f"{each.name}, {each.school.name}") for each in one.candidates],
                    coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
                )  # fmt: skip
                self.hint(f"contest_{at}", {str(each.number): each.statement for each in one.candidates if each.statement})
                continue
            places = [("", "No preference"), *((str(place), str(place)) for place in range(1, len(one.candidates) + 1))]
            for each in one.candidates:
                label = f"{each.name}, {each.school.name}"
                self.fields[f"contest_{at}_{each.number}"] = forms.TypedChoiceField(
                    label=label, choices=places, coerce=int, empty_value=None, required=False, help_text=each.statement
                )

    def clean(self) -> dict[str, Any]:
        """The choices by contest, one error where the numbers of a contest say no order."""
        told: dict[str, Any] = super().clean() or {}
        choices: list[Sequence[int]] = []
        for at, one in enumerate(self.ballot):
            if self.method == Method.MARKS:
                chosen = told.pop(f"contest_{at}", [])
                if len(chosen) > one.seats:
                    self.add_error(f"contest_{at}", f"Tick at most {one.seats}: you have ticked {len(chosen)}")
                choices.append(chosen)
                continue
            order = in_order([told.pop(f"contest_{at}_{each.number}", None) for each in one.candidates])
            if order is None:
                self.add_error(f"contest_{at}_0", f"{one.contest.title}: number them 1, 2, 3 without a gap, each number once")
            choices.append(order or ())
        return {**told, "choices": choices}


class BallotForm(BallotFields, DoForm):
    """A ballot, with the tracker that was fixed when the page was shown first."""

    tracker = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class BallotPaperForm(BallotFields, NewForm):
    """What stands on a ballot paper, and who saw it typed in."""

    seen_by = forms.ModelChoiceField(Scrutineer.objects.none(), label="Which scrutineer is beside you?", empty_label="Choose")

    def __init__(self, *args: Any, scrutineers: Sequence[Scrutineer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("seen_by", Scrutineer.objects.filter(pk__in=[one.pk for one in scrutineers]))


class CloseBoxForm(DoForm):
    """The order of lots of each contest, and who saw them drawn."""

    seen_by = forms.ModelChoiceField(Scrutineer.objects.none(), label="Which scrutineer watched?", empty_label="Choose")

    def __init__(self, *args: Any, ballot: Sequence[OnBallot], scrutineers: Sequence[Scrutineer], **options: Any) -> None:
        super().__init__(*args, **options)
        self.ballot = ballot
        self.offer("seen_by", Scrutineer.objects.filter(pk__in=[one.pk for one in scrutineers]))
        for one in ballot:
            for each in one.candidates:
                self.fields[f"lots_{one.contest.position}_{each.number}"] = forms.IntegerField(
                    label=f"{each.name} ({one.contest.title})",
                    min_value=1,
                    max_value=len(one.candidates),
                    error_messages={"required": f"Enter the number at which {each.name} was drawn"},
                )

    def clean(self) -> dict[str, Any]:
        """The order of lots by contest."""
        told: dict[str, Any] = super().clean() or {}
        lots = {}
        for one in self.ballot:
            names = [f"lots_{one.contest.position}_{each.number}" for each in one.candidates]
            order = in_order([told.pop(name, None) for name in names])
            if order is None or len(order) < len(names):
                self.add_error(names[0], f"{one.contest.title}: number them as they were drawn, 1, 2, 3, each number once")
            lots[one.contest.pk] = order or ()
        return {**told, "lots": lots}


class OpenBoxForm(ScrutineerCodeForm):
    """The codes of two scrutineers."""

    second_code = forms.CharField(
        label="The second scrutineer’s code", widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )


class SeatElectedForm(DoForm):
    """From when those elected sit."""

    from_on = DateField(label="First day on the body")


class FreeSeatForm(DoForm):
    """Why somebody elected does not take their seat up."""

    why_not = forms.CharField(label="Why?", max_length=300, help_text="Everybody who sees the election reads this.")


class CallOffForm(DoForm):
    """Why an election is called off."""

    why_off = forms.CharField(label="Why?", max_length=300, help_text="Everybody who sees the election reads this.")
