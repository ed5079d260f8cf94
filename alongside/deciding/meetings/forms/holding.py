"""The register, interests, decisions, actions, and what follows."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from django import forms

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.kinds import Deputy
from alongside.deciding.meetings.models import Decision, Meeting
from alongside.deciding.meetings.queries.planning import Member
from alongside.deciding.meetings.rules.kinds import NOTED, ActionState, Attendance
from alongside.ground.web.forms import DateField, DoForm, EditForm, NewForm, OneOf, PoundsField
from alongside.members.authority.rules import DecisionKind

PERSON, SCHOOL = "p:", "s:"


Known = Mapping[str, tuple[Attendance, str]]


class OfEach(DoForm):
    """Something of each who sits there. `known` is what was entered, or what they answered from their diary."""

    asked = "How is {} here?"

    def __init__(self, *args: Any, members: Sequence[Member], known: Known, **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = members
        for one in members:
            came = known.get(one.key, (Attendance.UNTAKEN, ""))[0]
            self.fields[f"came_{one.key}"] = forms.TypedChoiceField(
                label=self.asked.format(one.name), coerce=Attendance, choices=self.offered(one), initial=came
            )

    def offered(self, one: Member) -> list[tuple[str, str]]:
        """What can be said of somebody: a deputy comes where the seat has one."""
        return [pair for pair in Attendance.choices() if one.deputy is not Deputy.NONE or pair[0] != Attendance.DEPUTY]

    @property
    def rows(self) -> list[tuple[Member, Any, Any]]:
        """Each who sits there, with their field and that of their deputy."""
        return [
            (one, self[f"came_{one.key}"], self[deputy] if (deputy := f"deputy_{one.key}") in self.fields else None)
            for one in self.members
        ]


class ApologiesForm(OfEach):
    """Who has sent apologies, before the day."""

    asked = "Has {} sent apologies?"

    def offered(self, one: Member) -> list[tuple[str, str]]:
        """No apologies, or how they stand; that somebody comes is left as they said it."""
        return [(str(Attendance.UNTAKEN), "No apologies"), *(pair for pair in Attendance.choices() if pair[0] in NOTED)]

    def clean(self) -> dict[str, Any]:
        """What was changed."""
        given: dict[str, Any] = super().clean() or {}
        names = {f"came_{one.key}": one.key for one in self.members}
        return {"noted": {names[name]: given[name] for name in self.changed_data if name in given}}


class RegisterForm(OfEach):
    """How each who sits there is at the meeting, and who chairs."""

    def __init__(self, *args: Any, members: Sequence[Member], known: Known, chair: str, **options: Any) -> None:
        super().__init__(*args, members=members, known=known, **options)
        for one in members:
            if one.deputy is not Deputy.NONE:
                label, deputy = f"Who comes for {one.name}?", known.get(one.key, (Attendance.UNTAKEN, ""))[1]
                self.fields[f"deputy_{one.key}"] = forms.CharField(label=label, max_length=120, required=False, initial=deputy)
        chairs = [("", "Nobody yet"), *((one.key, one.name) for one in members)]
        self.fields["chair"] = forms.ChoiceField(label="Who chairs?", required=False, initial=chair, choices=chairs)
        self.sometimes = (*(name for name in self.fields if name.startswith("deputy_")), "chair")

    def clean(self) -> dict[str, Any]:
        """How each came, who came for whom, and who chairs; whoever has not sent apologies is here where everybody is."""
        given: dict[str, Any] = super().clean() or {}
        came = {one.key: given[name] for one in self.members if (name := f"came_{one.key}") in given}
        if "everybody" in self.data:
            came = {key: Attendance.HERE if how in {Attendance.ABSENT, Attendance.UNTAKEN} else how for key, how in came.items()}
        deputies = {one.key: given.get(f"deputy_{one.key}", "") for one in self.members}
        return {"came": came, "deputies": deputies, "chair": given.get("chair", "")}


class DeclareForm(NewForm):
    """An interest in an item."""

    member = forms.ChoiceField(label="Who?")
    words = forms.CharField(label="What is the interest?", max_length=300)
    leaves = forms.BooleanField(
        label="They leave for this item, and see nothing more of it where it is restricted", initial=True, required=False
    )

    def __init__(self, *args: Any, members: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("member", [(one.key, one.name) for one in members])


class NotesForm(EditForm):
    """What the minutes say of an item."""

    notes = forms.CharField(label="Minutes", max_length=20_000, required=False, widget=forms.Textarea)


class DecideForm(NewForm):
    """What was decided."""

    words = forms.CharField(label="What was decided?", max_length=2_000, widget=forms.Textarea)
    proposer = forms.CharField(label="Who proposed it?", max_length=120, required=False)
    for_it = forms.IntegerField(
        label="Votes for", min_value=0, max_value=500, required=False, help_text="Leave empty where no vote was taken."
    )
    against = forms.IntegerField(label="Votes against", min_value=0, max_value=500, required=False)
    abstained = forms.IntegerField(label="Abstained", min_value=0, max_value=500, required=False)
    casting = forms.BooleanField(label="The chair’s casting vote was for it", required=False)
    supersedes = forms.ModelChoiceField(
        label="Does it take the place of an earlier decision?", queryset=Decision.objects.none(), required=False, empty_label="No"
    )
    money = forms.TypedChoiceField(
        label="Is it about the partnership’s fees?", coerce=lambda one: None if one == "no" else DecisionKind(one),
        empty_value=None, choices=[("no", "No"), *DecisionKind.choices()], initial="no", required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    amount = PoundsField(label="Amount", least=0, required=False, help_text="Where it is about money.")
    school = forms.ChoiceField(label="About which school?", required=False, help_text="Where it is about one school’s money.")
    sometimes = ("supersedes", "money", "for_it", "against", "abstained")
    shown_with = dict.fromkeys(("amount", "school"), " ".join(one.replace(" ", "-") for one in DecisionKind))

    def __init__(self, *args: Any, before: Any, schools: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.schools = schools
        earlier: Any = self.fields["supersedes"]
        earlier.label_from_instance = lambda one: f"{one.reference}: {shorten(one.words, 80, placeholder='…')}"
        self.offer("supersedes", before)
        self.offer("school", [("", "All schools"), *((key, one.name) for key, one in schools.items())])

    def clean_school(self) -> Any:
        """The school, if it is about one."""
        return self.schools.get(self.cleaned_data["school"])


class ActionForm(NewForm):
    """What is to be done."""

    words = forms.CharField(label="What is to be done?", max_length=500, widget=forms.Textarea)
    who = forms.ChoiceField(label="By whom?", required=False)
    owner = forms.CharField(label="Or by somebody else", max_length=120, required=False)
    due_on = DateField(label="By when?")
    sometimes = ("who", "owner")

    def __init__(self, *args: Any, members: Sequence[Member], schools: Mapping[str, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.schools = schools
        people = [(f"{PERSON}{one.key}", one.name) for one in members]
        places = [(f"{SCHOOL}{key}", f"{one.name} (the school)") for key, one in schools.items()]
        self.offer("who", [("", "Choose"), *people, *places])

    def clean(self) -> dict[str, Any]:
        """Somebody who sits there, or a school, or a name."""
        given: dict[str, Any] = super().clean() or {}
        who = given.pop("who", "")
        member = who.removeprefix(PERSON) if who.startswith(PERSON) else ""
        school = self.schools.get(who.removeprefix(SCHOOL)) if who.startswith(SCHOOL) else None
        return {**given, "member": member, "school": school}


class CirculateForm(DoForm):
    """Draft minutes that go out."""

    seen_by_chair = forms.BooleanField(label="The chair has seen them")

    def __init__(self, *args: Any, is_chair: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_chair:
            del self.fields["seen_by_chair"]


class OfLater(DoForm):
    """A later meeting of the body."""

    at = forms.ModelChoiceField(label="At which meeting?", queryset=Meeting.objects.none(), empty_label=None)

    def __init__(self, *args: Any, after: Sequence[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("at", (Meeting.objects.filter(pk__in=[one.pk for one in after]).select_related("body").order_by("on")))


class ApproveForm(OfLater):
    """At which meeting minutes were approved."""


class LaterNoteForm(OfLater, EditForm):
    """What is wrong in approved minutes."""

    words = forms.CharField(label="What is noted?", max_length=500, widget=forms.Textarea)


class ReportForm(DoForm):
    """How an action stands."""

    state = OneOf(ActionState, label="How does it stand?")
    said = forms.CharField(label="In a sentence", max_length=500, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, now: ActionState, of_school: bool, keeps: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        left_out = {now} | (set() if of_school else {ActionState.NOT_FOR_US}) | (set() if keeps else {ActionState.DROPPED})
        self.offer("state", [(one.value, one.label) for one in ActionState if one not in left_out])


class FollowForm(DoForm):
    """Until when schools do what was decided."""

    due_on = DateField(label="By when?")


class HandOnForm(NewForm):
    """To which body a decision is handed on."""

    body = forms.ModelChoiceField(
        label="To which body?", queryset=Body.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    words = forms.CharField(label="What is it asked to do?", max_length=2_000, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, bodies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("body", bodies)


class BetweenForm(NewForm):
    """What is decided between meetings."""

    words = forms.CharField(label="What is decided, and why can it not wait?", max_length=2_000, widget=forms.Textarea)
    is_restricted = forms.BooleanField(label="Restricted: not for those who sit there without a vote", required=False)


class ResolutionForm(BetweenForm):
    """What is resolved in writing."""

    words = forms.CharField(label="The resolution", max_length=2_000, widget=forms.Textarea)
