"""How schools stand: counts, the manager's list, the curve, the map."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial, reduce
from typing import Any

from django.db.models import (
    Case as Choice,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.http import QueryDict
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of, plural
from alongside.ground.web.pictures import Spot
from alongside.ground.web.tables import Column, Table, Where, listed, ordering, table
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.membership.models import Answer, Contact, Prospectus, Question, Signature
from alongside.members.membership.rules.answers import PICTURE_TONES, TO_INVITE, WITHDREW, AnswerState
from alongside.members.membership.rules.dates import Dates, MembershipSettings
from alongside.members.membership.rules.outlook import (
    WITHDREW_WORDS,
    Case,
    Counts,
    growth,
    next_contact,
    rests_until,
    signer_words,
    stands_in_the_way,
)
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Invitation
from alongside.members.people.rules.roles import InvitationState, Purpose
from alongside.members.schools.rules import not_open_words, phase_in_words

RANK = ("question", "subject", "reading", "no_reply", "declined", "signed")
COLUMNS = (
    Column("urn", "URN", where=Where.FILE),
    Column("school", "School", ("school__current__name",), classes="mb-cell-school", alone=True),
    Column("answer", "Answer", ("rank", "school__current__name"), classes="mb-cell-tag", alone=True),
    Column("way", "What stands in the way", alone=True),
    Column("next", "Next contact", ("due", "school__current__name")),
)
AFTER = tuple(replace(one, heading="How it stands") if one.key == "way" else one for one in COLUMNS)  # the roll
FIELDS = """
    school__current__urn school__current__name school__current__phase school__current__type school__current__phone telephone state
    question__words subject_to subject_on reason signature__name signature__post signature__signed_at signature__batch_size
    signature__is_late opened invited_at email letter_at reminders note next_on
    school__current__is_open school__current__status school__current__closed_on withdrew_at passed_from replied_at reminded_on
""".split()
UNINVITED = Q(state=AnswerState.NO_REPLY, invited_at=None, letter_at=None)
WITHDRAWN = Signature.objects.filter(
    partnership=OuterRef("partnership"), school=OuterRef("school"), withdrawn_at__isnull=False
).order_by("-withdrawn_at")
NOTES = Contact.objects.filter(partnership=OuterRef("partnership"), school=OuterRef("school"), taken_off_at=None).order_by(
    "-at", "pk"
)  # the newest is the note that stands in the list
WITHDREW_AT = Subquery(WITHDRAWN.values("withdrawn_at")[:1])
PASSED_FROM = Subquery(  # the address from which the invitation was passed on to where it is now
    Invitation.objects.filter(
        partnership=OuterRef("partnership"), school=OuterRef("school"), email=OuterRef("email"),
        purpose=Purpose.MEMBERSHIP, follows__state=InvitationState.PASSED_ON,
    ).values("follows__email")[:1]
)  # fmt: skip
REPLIED = Question.objects.filter(partnership=OuterRef("partnership"), school=OuterRef("school"), replied_at__isnull=False)
REPLIED_AT = Subquery(REPLIED.order_by("-replied_at").values("replied_at")[:1])
KNOWN = {"withdrew_at": WITHDREW_AT, "passed_from": PASSED_FROM, "replied_at": REPLIED_AT}  # of FIELDS, what other tables know


def told_since(day: date) -> Q:
    """Answers of schools that were written to after the day: invited, by letter too, answered or reminded."""
    first = clock.start_of(day + timedelta(days=1))
    replied = Exists(REPLIED.filter(replied_at__gte=first))
    return Q(invited_at__gte=first) | Q(letter_at__gte=first) | Q(reminded_on__gt=day) | Q(replied)


HAS_WITHDRAWN = Q(Exists(WITHDRAWN), state__in=[AnswerState.NO_REPLY, AnswerState.READING])
SILENT = Q(state__in=[AnswerState.NO_REPLY, AnswerState.READING]) & ~Q(invited_at=None, letter_at=None) & ~HAS_WITHDRAWN


def to_chase(told_by: date) -> Q:
    """Answers of schools that were invited and are silent, and were not written to after the day."""
    return SILENT & ~told_since(told_by)


STAND = Choice(When(UNINVITED, then=Value(TO_INVITE)), When(HAS_WITHDRAWN, then=Value(WITHDREW)), default=F("state"))


@dataclass(frozen=True)
class Pill:
    """Schools that stand alike: what they are called, the figure of Counts that counts them, and which answers they are."""

    words: str
    figure: str
    rows: Q
    number: int | None = None  # where Counts has no figure of them

    def count(self, counts: Counts) -> int:
        """How many they are."""
        return getattr(counts, self.figure) if self.number is None else self.number


PILLS = {
    "": Pill("All", "asked", Q()),
    "waiting": Pill("Waiting for you", "question", Q(state=AnswerState.QUESTION)),
    "subject": Pill("Subject to", "subject", Q(state=AnswerState.SUBJECT)),
    "silent": Pill("Not answered yet", "waiting", Q(stand__in=[AnswerState.NO_REPLY, AnswerState.READING])),
    "uninvited": Pill("To be invited", "to_invite", UNINVITED),
    "signed": Pill("Signed", "signed", Q(state=AnswerState.SIGNED)),
    "withdrew": Pill("Withdrew", "withdrew", Q(stand=WITHDREW)),
    "declined": Pill("Not this time", "declined", Q(state=AnswerState.DECLINED)),
}


def pills_of(
    partnership: Partnership, counts: Counts, frozen_at: datetime | None, chase: Pill, *, viewer: Standing
) -> dict[str, Pill]:
    """The ways to narrow the list: before the roll by what schools have answered, and whom to `chase`; after it the members, who
    signed later, and who may still join."""
    if frozen_at is None:
        return {**PILLS, "chase": chase}
    later, outside = Q(signature__signed_at__gt=frozen_at), ~Q(state__in=[AnswerState.SIGNED, AnswerState.DECLINED])
    late = _asked(partnership).visible_to(viewer).filter(later).count()
    return {
        "": Pill("Members", "signed", Q(signature__signed_at__lte=frozen_at), counts.signed - late),
        "late": Pill("Signed after the roll", "signed", later, late),
        "open": Pill("May still join", "asked", outside, counts.asked - counts.signed - counts.declined),
        **{key: PILLS[key] for key in ("waiting", "declined")},
        "all": PILLS[""],
    }


@dataclass(frozen=True)
class AnswerRow:
    """A school in the list of those that were asked: its answer, what stands in its way, what comes next."""

    urn: str
    school: Text
    answer: Tag
    way: str
    next: str


@dataclass(frozen=True)
class Mine:
    """How one of the viewer's own schools stands."""

    school: str
    urn: int
    name: str
    state: AnswerState
    withdrew: bool

    @property
    def label(self) -> str:
        """The answer in the words of its tag."""
        return WITHDREW_WORDS if self.withdrew else self.state.label

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return "amber" if self.withdrew else self.state.tone


def case_of(of: Callable[[str], Any]) -> Case:
    """What is known of one school's answer, from what gives each of FIELDS by its name."""

    def day(name: str) -> date | None:
        return day_of(of(name)) if of(name) else None

    return Case(
        AnswerState(of("state")),
        of("question__words") or "",
        of("subject_to"),
        of("subject_on"),
        of("reason"),
        signer_words(of("signature__post") or "", of("signature__name") or ""),
        day("signature__signed_at"),
        of("signature__batch_size") or 1,
        bool(of("signature__is_late")),
        of("opened"),
        day("invited_at"),
        bool(of("email")),
        day("letter_at"),
        of("reminders"),
        of("note"),
        of("next_on"),
        of("telephone") or of("school__current__phone") or "",
        day("withdrew_at"),
        of("passed_from") is not None,
        day("replied_at"),
        of("reminded_on"),
    )


def stands(answer: Answer, *, viewer: Standing) -> Case:
    """What is known of one answer; the note of the office for the office only."""
    row: Any = answer
    case = case_of(lambda path: reduce(lambda of, name: getattr(of, name, None), path.split("__"), row))
    return case if viewer.runs(answer.partnership_id) else replace(case, note="")


def _asked(partnership: Partnership) -> Any:
    return Answer.objects.filter(partnership=partnership, ended_on=None).annotate(stand=STAND, **KNOWN)


def standing_of_answers(partnership: Partnership, *, viewer: Standing) -> Counts:
    """How many stand how; outsiders do not learn who is reading, said not this time or is yet to be invited, counted apart."""
    return counts_and_mine(partnership, viewer=viewer)[0]


def counts_and_mine(partnership: Partnership, *, viewer: Standing) -> tuple[Counts, list[Mine]]:
    """How many stand how, as far as the viewer may know, and how the viewer's own schools stand: one query."""
    own = When(school__in=viewer.schools_in(partnership.pk), then=F("school_id"))
    rows = (
        _asked(partnership)
        .annotate(
            own=Choice(own, default=None),
            urn=Choice(When(own.condition, then=F("school__current__urn")), default=None),
            name=Choice(When(own.condition, then=F("school__current__name")), default=None),
        )
        .values_list("stand", "state", "own", "urn", "name")
        .annotate(count=Count("pk"))
        .order_by("name")
    )
    totals: Counter[str] = Counter()
    mine: list[Mine] = []
    for stand, state, school, urn, name, count in rows:
        totals[stand] += count
        if school:
            mine.append(Mine(school, urn, name, AnswerState(state), stand == WITHDREW))
    counts = Counts(**totals)
    return counts if viewer.runs(partnership.pk) else counts.for_everyone(), mine


def groups_of_answers(
    partnership: Partnership, told_by: date, at_most: int, *, viewer: Standing
) -> tuple[Counts, dict[tuple[str, int, bool], int], int, Pill]:
    """The counts, how many stand at (state, reminders had, has an address), how many of those that could be reminded rest, as
    they were written to after the day `told_by`, and whom to chase or call: one query for the whole page."""
    could = Q(state__in=[AnswerState.NO_REPLY, AnswerState.READING], reminders__lt=at_most) & ~Q(email="") & ~HAS_WITHDRAWN
    rests = Choice(When(could & told_since(told_by), then=Value(True)), default=Value(False))
    reached = Choice(When(email="", then=Value(False)), default=Value(True))
    chase = Choice(When(to_chase(told_by), then=Value(True)), default=Value(False))
    rows = _asked(partnership).visible_to(viewer).annotate(reached=reached, rests=rests, chase=chase)
    groups: Counter[tuple[str, int, bool]] = Counter()
    totals: Counter[str] = Counter()
    resting = wanted = 0
    counted = rows.values_list("stand", "reminders", "reached", "rests", "chase").annotate(count=Count("pk"))
    for stand, *of, waits, is_wanted, count in counted:
        groups[(stand, *of)] += count
        totals[stand] += count
        resting += count if waits else 0
        wanted += count if is_wanted else 0
    return Counts(**totals), groups, resting, Pill("To chase or call", "waiting", to_chase(told_by), wanted)


def overview(
    asked: QueryDict,
    partnership: Partnership,
    dates: Dates,
    settings: MembershipSettings,
    counts: Counts,
    days: SchoolDays,
    pills: Mapping[str, Pill] = PILLS,
    *,
    viewer: Standing,
) -> Table:
    """The manager's list: a row a school with its answer, what stands in the way and the next contact; all for a file."""
    today, state, most = clock.today(), asked.get("state", ""), settings.reminders_at_most
    over = "all" in pills  # the roll is frozen
    chosen = {"state": state if state in pills else "", "q": asked.get("q", "").strip()[:80]}
    pill, columns = pills[chosen["state"]], AFTER if over else COLUMNS
    rows = _asked(partnership).visible_to(viewer).filter(pill.rows)
    count = None if chosen["q"] else pill.count(counts)
    if chosen["q"]:
        rows = rows.filter(school__current__name__icontains=chosen["q"])
    ranked = rows.annotate(
        rank=Choice(*[When(state=state, then=Value(place)) for place, state in enumerate(RANK)], output_field=IntegerField()),
        due=Coalesce(
            "next_on",
            Choice(
                When(state=AnswerState.QUESTION, then=Value(today)),
                When(state=AnswerState.SUBJECT, then=F("subject_on")),
                When(state__in=[AnswerState.NO_REPLY, AnswerState.READING], then=Value(dates.sign_by)),
            ),
            Value(date.max),
            output_field=DateField(),
        ),
    )

    def cells(row: Any) -> AnswerRow:
        case, urn = case_of(partial(getattr, row)), row.school__current__urn
        phase = phase_in_words(row.school__current__phase, row.school__current__type)
        closed = not_open_words(row.school__current__is_open, row.school__current__status, row.school__current__closed_on)
        rests = case.told_on and rests_until(case.told_on, today, days, settings.days_between_reminders)
        return AnswerRow(
            str(urn),
            Text(
                row.school__current__name,
                reverse("membership:school", args=[partnership.slug, urn]),
                " · ".join(filter(None, [phase, closed])),
            ),
            Tag(case.label, case.tone),
            stands_in_the_way(case, dates.sign_by, today, over=over),
            next_contact(case, today, most, rests, over=over),
        )

    if "as" in asked:
        every = ranked.order_by(*ordering(COLUMNS, "answer"), "pk").values_list(*FIELDS, named=True)
        return listed(columns, map(cells, every))
    return table(asked, ranked, columns, fields=FIELDS, sort="answer", chosen=chosen, cells=cells, count=count)


def answers_of_mine(partnership: Partnership, *, viewer: Standing) -> list[Answer]:
    """The answers of all schools in which the viewer holds a role: a trust officer's several."""
    found: Any = Answer.objects.filter(partnership=partnership, ended_on=None, school__in=viewer.schools)
    found = found.annotate(withdrew_at=WITHDREW_AT).order_by("school__current__name")
    return list(found.select_related("signature__prospectus", "question", "school__current", "partnership__roll"))


def answer_at(partnership: Partnership, urn: int, *, viewer: Standing) -> Answer | None:
    """How the school with that URN stands, for its people and the office; also when it is asked no longer. `has_text`: whether a
    prospectus was published, whose text schools sign."""
    rows: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, school__current__urn=urn)
    text = Prospectus.objects.filter(partnership=OuterRef("partnership"), published_at__isnull=False)
    found = rows.annotate(**KNOWN, noted=Subquery(NOTES.values("pk")[:1]), has_text=Exists(text))
    return found.select_related("signature__prospectus", "question", "school__current", "partnership__roll").first()


def signups_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many of the schools that were asked have signed, in words."""
    counts = standing_of_answers(partnership, viewer=viewer)
    return f"{counts.signed} of {plural(counts.asked, 'school')} signed" if counts.asked else "No school is asked yet"


def signup_curve(partnership: Partnership, *, viewer: Standing, first: date | None = None) -> list[tuple[date, int]]:
    """How many had signed by the end of each day, from the first day to today; counts only, so anybody may see it."""
    signed = Signature.objects.filter(partnership=partnership, withdrawn_at=None)
    by_day = signed.annotate(day=TruncDate("signed_at", tzinfo=clock.LONDON)).values_list("day").annotate(count=Count("pk"))
    return growth(list(by_day.order_by("day")), first or partnership.started_on, clock.today())


def answers_map(partnership: Partnership, *, viewer: Standing) -> list[Spot]:
    """The schools that were asked, on the map. The office sees how each stands; others only which have signed."""
    office = viewer.runs(partnership.pk)
    facts = ("easting", "northing", "name", "urn", "pupils")
    rows = _asked(partnership).filter(school__current__easting__isnull=False).order_by("school__current__northing", "pk")
    spots = []
    for easting, northing, name, urn, pupils, state, stand in rows.values_list(
        *(f"school__current__{fact}" for fact in facts), "state", "stand"
    ):
        shown = AnswerState(state) if office or state == AnswerState.SIGNED else AnswerState.NO_REPLY
        words = "Asked to join" if shown is AnswerState.NO_REPLY and not office else shown.label
        words = {TO_INVITE: PILLS["uninvited"].words, WITHDREW: WITHDREW_WORDS}.get(stand, words) if office else words
        size = 1 if (pupils or 0) < 500 else 2 if (pupils or 0) < 1100 else 3
        href = reverse("membership:school", args=[partnership.slug, urn]) if office else ""
        spots.append(Spot(easting, northing, name, PICTURE_TONES[shown], words, size, href))
    return spots
