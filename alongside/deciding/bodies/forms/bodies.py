"""A body, its quorum, its seats; the partnership's settings about them; a line of the scheme."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from alongside.deciding.bodies.models import Delegated, Seat
from alongside.deciding.bodies.rules.kinds import BodySettings, Deputy, Duty, Filling, SeatFor, ShownTo
from alongside.deciding.bodies.rules.quorum import Share
from alongside.deciding.bodies.rules.scheme import Say
from alongside.deciding.bodies.rules.templates import Beginning
from alongside.ground.core import clock
from alongside.ground.web.forms import DateField, DoForm, EditForm, Form, NewForm, OneOf
from alongside.members.partnerships.forms import SettingsForm
from alongside.members.schools.rules import Constituency

COUNTED = [(one.value, one.label) for one in Constituency]


class SaysQuorum(Form):
    """How many make a quorum."""

    share = OneOf(Share, label="Quorum, of the voting members in post")
    least = forms.IntegerField(label="But at least", min_value=0, max_value=99, help_text="0 where the share alone counts.")
    needs_chair = forms.BooleanField(label="The chair, the vice-chair or an acting chair must be there", required=False)


class MakeBodyForm(SaysQuorum, NewForm):
    """A body from a template: its name and quorum, and of each kind of seat what it is called and how many there are."""

    name = forms.CharField(label="What it is called", max_length=80)
    about = forms.CharField(label="What it is for", max_length=300, required=False)
    school = forms.ChoiceField(label="School", required=False)
    started_on = DateField(label="From which day?", help_text="The day of its first meeting, or when it was set up.")
    years = forms.IntegerField(label="Term of a seat, in years", min_value=1, max_value=9, required=False)

    def __init__(self, *args: Any, start: Beginning, schools: Sequence[tuple[str, str]], **options: Any) -> None:
        known = {name: getattr(start, name) for name in ("name", "share", "least", "needs_chair", "years")}
        super().__init__(*args, initial={**known, "started_on": None}, **options)
        self.start = start
        self.offer("school", [("", "Of no one school"), *schools])
        if not start.of_school:
            del self.fields["school"]
        names = ["key", "name", "about", "school", "started_on"]
        for at, line in enumerate(start.lines):
            called = forms.CharField(label="Seat", max_length=70, initial=line.title)
            many = forms.IntegerField(label="How many?", min_value=0, max_value=30, initial=line.number)
            called.error_messages["required"] = f"Enter what the seat “{line.title}” is called, and 0 to leave it out"
            many.error_messages["required"] = f"Enter how many of “{line.title}” there are: 0 leaves it out"
            self.fields |= {f"title_{at}": called, f"number_{at}": many}
            names += [f"title_{at}", f"number_{at}"]
        self.order_fields([*names, "years", "share", "least", "needs_chair"])

    def clean(self) -> dict[str, Any]:
        """The body as the deed takes it."""
        given: dict[str, Any] = super().clean() or {}
        rows = [(given.pop(f"title_{at}", ""), given.pop(f"number_{at}", 0)) for at in range(len(self.start.lines))]
        lines = [(line, title, many) for line, (title, many) in zip(self.start.lines, rows, strict=True) if many]
        if not lines and not self.errors:
            self.add_error("number_0", "A body has at least one seat")
        return {**given, "kind": self.start.kind, "lines": lines}


class BodyForm(EditForm):
    """A body called or shown otherwise."""

    name = forms.CharField(label="What it is called", max_length=80)
    about = forms.CharField(label="What it is for", max_length=300, required=False)
    shown = OneOf(ShownTo, label="Who sees the interests of its people?")
    is_public = forms.BooleanField(label="Show it on the partnership’s public page", required=False)


class EndsForm(DoForm):
    """The last day of a body, of a seat, or of a line of the scheme."""

    until_on = DateField(label="Last day")


class QuorumForm(SaysQuorum, DoForm):
    """Another quorum from a day on."""

    from_on = DateField(label="From which day?", help_text="What was quorate before stays so.")
    field_order = ("from_on", "share", "least", "needs_chair")


class SaysSeat(Form):
    """What a seat is: first what everybody is asked, then what few seats need (`more`)."""

    sometimes = ("seat_for", "filled_by", "term_years", "other_why")
    more: tuple[str, ...] = ("filled_by", "term_years", "deputy", "others", "other_why")
    more_words = "More: who nominates, term, deputies"
    title = forms.CharField(label="What the seat is called", max_length=80, help_text="For example Parent governor.")
    seat_for = forms.TypedChoiceField(label="Whom is it for?", coerce=SeatFor, choices=SeatFor.choices(), required=False)
    filling = OneOf(Filling, label="How is it filled?")
    filled_by = forms.CharField(
        label="Who nominates or elects them?", max_length=80, required=False, help_text="For example the Primary Forum."
    )
    term_years = forms.IntegerField(
        label="How many years do they sit?", min_value=1, max_value=9, required=False, help_text="Nothing: no set term."
    )
    deputy = OneOf(Deputy, label="May somebody come in their place?", initial=Deputy.NONE)
    others = forms.MultipleChoiceField(
        label="Whoever holds one of these seats cannot hold this one too",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick nothing unless your rules say so: nobody sits on a board twice anyhow.",
    )
    other_why = forms.CharField(
        label="Why not?", max_length=120, required=False, help_text="Where you ticked a seat: who is refused reads this."
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("others", [(one.pk, one.title) for one in seats])


class AddSeatForm(SaysSeat, NewForm):
    """A seat more, from a day on."""

    more = ("duty", *SaysSeat.more)
    more_words = "More: chair or clerk, who nominates, term, deputies"
    duty = OneOf(Duty, label="What do they do on the board?", initial=Duty.MEMBER)
    votes = forms.BooleanField(label="They vote", required=False, initial=True)
    from_on = DateField(label="From which day?", help_text="No day before it changes.", initial=clock.today)
    field_order = ("title", "seat_for", "filling", "votes", "from_on", "duty")


class SeatForm(SaysSeat, EditForm):
    """A seat described otherwise, from a day on."""

    from_on = DateField(
        label="From which day is it so?", help_text="What it was before stays on the pages of the days before. The first day of "
        "the seat: it was never otherwise."
    )  # fmt: skip

    def __init__(self, *args: Any, row: Seat, **options: Any) -> None:
        super().__init__(*args, row=row, initial={"others": sorted(row.others), "from_on": clock.today()}, **options)
        self.order_fields(("title", "seat_for", "filling", "from_on"))


class BodySettingsForm(SettingsForm):
    """Whose heads count where, how heads vote, and what is asked."""

    primary = forms.MultipleChoiceField(label="Heads of these count as primary heads", choices=COUNTED)
    secondary = forms.MultipleChoiceField(label="Heads of these count as secondary heads", choices=COUNTED)
    special = forms.MultipleChoiceField(label="Heads of these count as heads of special schools", choices=COUNTED)
    executive_heads_sit = forms.BooleanField(label="Executive heads sit where heads sit by their post", required=False)
    one_vote_a_school = forms.BooleanField(label="There each school has one vote, also with two heads", required=False)
    many_hats = forms.IntegerField(label="Somebody has many hats from so many posts and seats on", min_value=2, max_value=20)
    deciders = forms.CharField(label="Who decides, in the scheme of delegation", widget=forms.Textarea, help_text="One a line.")
    skills = forms.CharField(label="What the skills audit asks for", widget=forms.Textarea, help_text="One a line.")

    def __init__(self, *args: Any, now: BodySettings, **options: Any) -> None:
        lines = {name: "\n".join(getattr(now, name)) for name in ("deciders", "skills")}
        super().__init__(*args, now=now, initial=lines, **options)
        for name in ("primary", "secondary", "special"):
            self.fields[name].widget = forms.CheckboxSelectMultiple(choices=COUNTED)

    def clean_deciders(self) -> tuple[str, ...]:
        """One a line."""
        return lines_of(self.cleaned_data["deciders"])

    def clean_skills(self) -> tuple[str, ...]:
        """One a line."""
        return lines_of(self.cleaned_data["skills"])

    def clean(self) -> dict[str, Any]:
        """As the settings hold them."""
        for name in ("primary", "secondary", "special"):
            self.cleaned_data[name] = tuple(self.cleaned_data.get(name, ()))
        return super().clean()


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something, each once and in a column's width."""
    return tuple(dict.fromkeys(line[:60] for one in text.splitlines() if (line := " ".join(one.split()))))


class SaysParts(Form):
    """Who does what about a decision."""

    decision = forms.CharField(label="What is decided", max_length=160, help_text="For example: which schools lead a priority.")
    from_on = DateField(label="From which day?")

    def offer_parts(self, deciders: Sequence[str], parts: Mapping[str, str]) -> None:
        """A choice for each body or post; one that the settings name no more keeps its own."""
        self.deciders = list(dict.fromkeys([*deciders, *parts]))
        self.sometimes = tuple(f"part_{at}" for at in range(len(self.deciders)))
        for at, who in enumerate(self.deciders):
            choices = [("", "Nothing"), *Say.choices()]
            self.fields[f"part_{at}"] = forms.ChoiceField(label=who, choices=choices, required=False, initial=parts.get(who, ""))

    def clean(self) -> dict[str, Any]:
        """With the parts as one."""
        given: dict[str, Any] = super().clean() or {}
        parts = {who: given.pop(f"part_{at}", "") for at, who in enumerate(self.deciders)}
        return {**given, "parts": parts}


class AddDelegationForm(SaysParts, NewForm):
    """A line more."""

    def __init__(self, *args: Any, deciders: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_parts(deciders, {})


class DelegationForm(SaysParts, EditForm):
    """A line otherwise, from a day on."""

    def __init__(self, *args: Any, row: Delegated, deciders: Sequence[str], **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        self.offer_parts(deciders, row.parts)
