"""A meeting, a series of them, an item, a line of the year."""

from calendar import day_name, month_name
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms

from alongside.deciding.bodies.models import Body
from alongside.deciding.meetings.models import AgendaItem, Meeting
from alongside.deciding.meetings.rules.kinds import HowOften, ItemKind, MeetingKind, PaperState
from alongside.deciding.meetings.rules.rhythm import LAST
from alongside.ground.core.clock import LONDON
from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import long_date
from alongside.ground.web.forms import DateField, DoForm, EditForm, Form, NewForm, OneOf, near_today
from alongside.members.partnerships.forms import SettingsForm

DAYS = [(number, day_name[number]) for number in range(5)]
MONTHS = [(0, "At every meeting"), *((number, month_name[number]) for number in (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7))]
NTH = [(1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"), (LAST, "Last")]
CLOCK = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H")
ONE_A_LINE = "One a line, like 21/3/2022."


class ClockField(forms.TimeField):
    """A time of day, as people write it: 4pm, 4.30pm, 16:00."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=CLOCK, error_messages={"invalid": "Enter a time like 4pm, 4.30pm or 16:00"},
            widget=forms.TextInput(), **options,
        )  # fmt: skip

    def to_python(self, value: Any) -> time | None:
        """The time, written in small or large letters, with or without a space."""
        return super().to_python("".join(value.upper().split()) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """As on a clock."""
        return f"{value:%H:%M}" if isinstance(value, time) else value


class Times(Form):
    """When a meeting begins, how long it is, and where."""

    begins = ClockField(label="Begins at", initial=time(16), help_text="Like 4pm or 16:00.")
    lasts = forms.IntegerField(label="Minutes", min_value=10, max_value=480, initial=90)
    place = forms.CharField(label="Place", max_length=120, required=False)
    link = forms.URLField(label="Link for video", max_length=300, required=False, assume_scheme="https")


class OfBodies(NewForm):
    """Of which body something is."""

    body = forms.ModelChoiceField(label="Which body?", queryset=Body.objects.none(), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args: Any, bodies: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("body", bodies)
        if options.get("initial") is None and bodies.count() == 1:
            self.initial.setdefault("body", bodies[0].pk)


class PlanForm(Times, OfBodies):
    """One meeting."""

    on = DateField(label="On which day?", help_text=near_today("Like 21 3 {year}."))
    kind = OneOf(MeetingKind, label="What kind?", initial=MeetingKind.ORDINARY.value)
    field_order = ("key", "body", "on", "begins", "lasts", "place", "link", "kind")


class SeriesForm(Times, OfBodies):
    """A series of meetings."""

    rhythm = OneOf(HowOften, label="How often?")
    kind = OneOf(MeetingKind, label="What kind?", initial=MeetingKind.ORDINARY.value)
    weekday = forms.TypedChoiceField(label="On which day of the week?", coerce=int, choices=DAYS, initial=0)
    nth = forms.TypedChoiceField(label="Which of the month?", coerce=int, choices=NTH, initial=1, help_text="Once a month only.")
    other_kind = forms.TypedChoiceField(
        label="What kind in the weeks between?", coerce=lambda one: MeetingKind(one) if one else None, empty_value=None,
        choices=[("", "It does not alternate"), *MeetingKind.choices()], required=False,
        help_text="Where it goes in turn.",
    )  # fmt: skip
    other_weekday = forms.TypedChoiceField(
        label="On which day in those weeks?", coerce=int, choices=DAYS, initial=2, help_text="Where it goes in turn."
    )
    from_on = DateField(label="From")
    until_on = DateField(label="Until", required=False, help_text="Otherwise to the end of that school year.")
    typed = forms.CharField(
        label="The dates",
        required=False,
        widget=forms.Textarea,
        max_length=1_000,
        help_text=f"Where you enter them. {ONE_A_LINE}",
    )
    shown_with = {
        "weekday": "alternating weekly monthly", "nth": "monthly", "other_kind": "alternating", "other_weekday": "alternating",
        "typed": "typed",
    }  # fmt: skip
    field_order = (
        "key", "body", "rhythm", "kind", "weekday", "nth", "other_kind", "other_weekday", "from_on", "until_on", "typed",
        "begins",
        "lasts", "place", "link",
    )  # fmt: skip

    def clean_typed(self) -> list[date]:
        """The dates."""
        found = []
        for line in self.cleaned_data["typed"].split("\n"):
            if words := line.strip():
                try:
                    day, month, year = (
                        int(one) for one in words.replace("-", "/").replace(".", "/").replace(" ", "/").split("/")
                    )
                    found.append(date(year, month, day))
                except ValueError:
                    raise forms.ValidationError(f"“{words[:30]}” is no date. {ONE_A_LINE}") from None
        return found

    def clean(self) -> dict[str, Any]:
        """What alternates has a second kind, and what is typed has dates."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("rhythm") is HowOften.ALTERNATING and given.get("other_kind") in {None, given.get("kind")}:
            self.add_error("other_kind", "Choose another kind for the weeks between")
        if given.get("rhythm") is HowOften.TYPED and not given.get("typed"):
            self.add_error("typed", f"Enter the dates. {ONE_A_LINE}")
        return given


class MoveForm(Times, EditForm):
    """A meeting on another day, at another time or place."""

    on = DateField(label="On which day?")
    field_order = ("version", "on", "begins", "lasts", "place", "link")

    def __init__(self, *args: Any, row: Meeting, **options: Any) -> None:
        first = {"begins": row.starts_at.astimezone(LONDON).time(), "lasts": row.lasts}
        super().__init__(*args, row=row, initial=first, **options)


class CancelForm(DoForm):
    """Why a meeting does not take place."""

    why = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea, help_text="Whoever sits there reads this.")


class SaysItem(Form):
    """An item of an agenda."""

    title = forms.CharField(label="Item", max_length=160)
    kind = OneOf(ItemKind, label="What for?", initial=ItemKind.DISCUSSION.value)
    minutes = forms.IntegerField(label="Minutes", min_value=0, max_value=480, initial=10)
    about = forms.CharField(label="What is the meeting asked?", max_length=500, required=False, widget=forms.Textarea)
    is_restricted = forms.BooleanField(
        label="Restricted: not for those who sit there without a vote, nor for who has an interest in it", required=False
    )  # fmt: skip


class Presented(SaysItem):
    """An item with who presents it."""

    presenter = forms.CharField(label="Who presents it?", max_length=120, required=False)
    field_order = ("key", "version", "title", "kind", "minutes", "presenter", "about", "is_restricted")


class AddItemForm(Presented, NewForm):
    """A new item."""


class AgendaItemForm(Presented, EditForm):
    """An item in other words."""

    def __init__(self, *args: Any, row: AgendaItem, **options: Any) -> None:
        super().__init__(*args, row=row, **options)


class BusinessForm(SaysItem, NewForm):
    """A line that fills agendas."""

    meeting_kind = forms.ChoiceField(
        label="At which meetings?", choices=[("", "At all of them"), *MeetingKind.choices()], required=False
    )
    month = forms.TypedChoiceField(label="When?", coerce=int, choices=MONTHS, initial=0)
    sometimes = ("meeting_kind",)
    field_order = ("key", "title", "month", "meeting_kind", "kind", "minutes", "about", "is_restricted")


class AddPaperForm(NewForm):
    """A paper of an item."""

    file = forms.FileField(label="File", max_length=200, allow_empty_file=True, help_text="A PDF is part of the pack.")
    title = forms.CharField(label="What is it?", max_length=120, required=False, help_text="Otherwise its file’s name.")
    state = forms.TypedChoiceField(
        label="When does it come?", coerce=PaperState, empty_value=None, required=False, widget=forms.RadioSelect, choices=[
            ("", "With the agenda; late, and sent at once, when that has gone"), ("tabled",
            "Tabled at the meeting: sent to nobody"),
            ("minutes", "These are the minutes of this meeting, as a file"),
        ],
    )  # fmt: skip
    sometimes = ("state",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "sure" in self.data:
            self._ask()

    def _ask(self) -> None:
        label = "I have read this. Keep the paper so, for everybody who can open it"
        self.fields["sure"] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """The file as its name and its bytes."""
        given: dict[str, Any] = super().clean() or {}
        sent = given.pop("file", None)
        return {**given, "name": sent.name, "data": sent.read()} if sent else given

    def refuse(self, problem: Invalid) -> None:
        """Whoever has to be sure of what was found in the file gets a box to say so."""
        if "sure" in problem.problems:
            self._ask()
        super().refuse(problem)


class SendAgendaForm(DoForm):
    """An agenda that goes out."""

    urgent = forms.BooleanField(label="The chair says that it is urgent: send it on shorter notice", required=False)

    def __init__(self, *args: Any, short: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if not short:
            del self.fields["urgent"]


class BringForm(OfBodies):
    """Something for a meeting, with when each body meets next."""

    def __init__(self, *args: Any, meets_next: Mapping[str, date], **options: Any) -> None:
        super().__init__(*args, **options)
        self.hint("body", {body: f"Meets next on {long_date(on)}" for body, on in meets_next.items()})

    title = forms.CharField(label="What is it about?", max_length=160)
    words = forms.CharField(
        label="What should the meeting talk about or decide, and why?", max_length=2_000, widget=forms.Textarea,
        help_text="No child’s name, and nothing by which a child could be known.",
    )  # fmt: skip


class PlaceForm(DoForm):
    """On which agenda something comes that was brought."""

    meeting = forms.ModelChoiceField(label="At which meeting?", queryset=Meeting.objects.none(), empty_label=None)
    kind = OneOf(ItemKind, label="What for?", initial=ItemKind.DISCUSSION.value)
    minutes = forms.IntegerField(label="Minutes", min_value=0, max_value=480, initial=10)
    is_restricted = forms.BooleanField(label="Restricted", required=False)

    def __init__(self, *args: Any, ahead: Sequence[Meeting], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer("meeting", (Meeting.objects.filter(pk__in=[one.pk for one in ahead]).select_related("body").order_by("on")))


class NotThisTimeForm(DoForm):
    """Why something is not put on an agenda."""

    reason = forms.CharField(
        label="What do you answer?", max_length=500, widget=forms.Textarea, help_text="Whoever brought it reads this."
    )


class WaysForm(SettingsForm):
    """How the partnership's own bodies decide."""

    notice_days = forms.IntegerField(label="Clear days of notice of a board or committee", min_value=0, max_value=60)
    short_notice_days = forms.IntegerField(
        label="Clear days of notice of the Headboard and of working groups", min_value=0, max_value=60
    )
    casting_vote = forms.BooleanField(label="The chair has a casting vote", required=False)
    chairs_action = forms.BooleanField(label="The chair may act between meetings where it cannot wait", required=False)
    written_resolutions = forms.BooleanField(label="They may resolve in writing, when all who vote agree", required=False)
