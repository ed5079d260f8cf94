"""How schools stand: counts, the manager's list, the curve, the map."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case as Choice, Count, DateField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.ground.web.tables import Column, Table, table
from alongside.members.membership.models import Answer
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.dates import Dates, MembershipSettings
from alongside.members.membership.rules.outlook import Case, Counts, next_contact, signer_words, stands_in_the_way
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School
from alongside.members.schools.rules import phase_in_words

RANK = [
    AnswerState.QUESTION,
    AnswerState.SUBJECT,
    AnswerState.READING,
    AnswerState.NO_REPLY,
    AnswerState.DECLINED,
    AnswerState.SIGNED,
]
COLUMNS = (
    Column("school", "School", ("school__current__name",)),
    Column("answer", "Answer", ("rank", "school__current__name")),
    Column("way", "What stands in the way"),
    Column("next", "Next contact", ("due", "school__current__name")),
)
FIELDS = (
    "school__current__urn",
    "school__current__name",
    "school__current__phase",
    "school__current__type",
    "school__current__phone",
    "state",
    "question__words",
    "subject_to",
    "subject_on",
    "reason",
    "signature__name",
    "signature__post",
    "signature__signed_at",
    "signature__batch_size",
    "signature__is_late",
    "opened",
    "invited_at",
    "email",
    "letter_at",
    "reminders",
    "note",
    "next_on",
)
FILTERS = {
    "waiting": (AnswerState.QUESTION,),
    "subject": (AnswerState.SUBJECT,),
    "silent": (AnswerState.NO_REPLY, AnswerState.READING),
    "signed": (AnswerState.SIGNED,),
    "declined": (AnswerState.DECLINED,),
}


def _day(at: Any) -> date | None:
    return at.astimezone(clock.LONDON).date() if at else None


@dataclass(frozen=True)
class AnswerRow:
    """A school in the list of those that were asked: its answer with its tone, what stands in its way, what comes next."""

    school: str
    address: str
    phase: str
    answer: str
    tone: str
    way: str
    next: str


def case_from(row: Any) -> Case:
    """What is known of one school's answer, from a row of FIELDS."""
    return Case(
        AnswerState(row.state),
        row.question__words or "",
        row.subject_to,
        row.subject_on,
        row.reason,
        signer_words(row.signature__post or "", row.signature__name or ""),
        _day(row.signature__signed_at),
        row.signature__batch_size or 1,
        bool(row.signature__is_late),
        row.opened,
        _day(row.invited_at),
        bool(row.email),
        _day(row.letter_at),
        row.reminders,
        row.note,
        row.next_on,
        row.school__current__phone or "",
    )


def standing_of_answers(partnership: Partnership, *, viewer: Standing) -> Counts:
    """How many stand how; outsiders do not learn who is reading or said not this time, counted apart."""
    rows = Answer.objects.filter(partnership=partnership, ended_on=None).values_list("state").annotate(count=Count("pk"))
    counts = Counts(**dict(rows))
    return counts if viewer.runs(partnership.pk) else counts.for_everyone()


@dataclass(frozen=True)
class Mine:
    """How one of the viewer's own schools stands."""

    school: str
    urn: int
    name: str
    state: AnswerState


def counts_and_mine(partnership: Partnership, *, viewer: Standing) -> tuple[Counts, list[Mine]]:
    """How many stand how, as far as the viewer may know, and how the viewer's own schools stand: one query."""
    own = When(school__in=viewer.schools_in(partnership.pk), then=F("school_id"))
    rows = (
        Answer.objects.filter(partnership=partnership, ended_on=None)
        .annotate(
            own=Choice(own, default=None),
            urn=Choice(When(own.condition, then=F("school__current__urn")), default=None),
            name=Choice(When(own.condition, then=F("school__current__name")), default=None),
        )
        .values_list("state", "own", "urn", "name")
        .annotate(count=Count("pk"))
        .order_by("name")
    )
    totals: dict[str, int] = {}
    mine: list[Mine] = []
    for state, school, urn, name, count in rows:
        totals[state] = totals.get(state, 0) + count
        if school:
            mine.append(Mine(school, urn, name, AnswerState(state)))
    counts = Counts(**totals)
    return counts if viewer.runs(partnership.pk) else counts.for_everyone(), mine


def groups_of_answers(partnership: Partnership, *, viewer: Standing) -> tuple[Counts, dict[tuple[str, int, bool], int]]:
    """The counts, and how many stand at (state, reminders had, has an address): one query for the whole page."""
    rows = list(
        Answer.objects.visible_to(viewer)
        .filter(partnership=partnership, ended_on=None)
        .values("state", "reminders")
        .annotate(count=Count("pk"), reached=Count(Choice(When(email="", then=None), default=F("pk"))))
        .values_list("state", "reminders", "count", "reached")
    )
    totals: dict[str, int] = {}
    groups: dict[tuple[str, int, bool], int] = {}
    for state, reminders, count, reached in rows:
        totals[state] = totals.get(state, 0) + count
        groups[state, reminders, True] = reached
        groups[state, reminders, False] = count - reached
    return Counts(**totals), groups


def _asked(partnership: Partnership, viewer: Standing) -> QuerySet[Any]:
    return Answer.objects.visible_to(viewer).filter(partnership=partnership, ended_on=None)


def overview(
    asked: QueryDict, partnership: Partnership, dates: Dates, settings: MembershipSettings, counts: Counts, *, viewer: Standing
) -> Table:
    """The manager's list: a row a school with its answer, what stands in the way and the next contact."""
    today = clock.today()
    chosen = {"state": asked.get("state", ""), "q": asked.get("q", "").strip()[:80]}
    rows, count = _asked(partnership, viewer), None
    if chosen["state"] in FILTERS:
        rows = rows.filter(state__in=FILTERS[chosen["state"]])
        count = sum(counts.of(state) for state in FILTERS[chosen["state"]])
    else:
        chosen["state"] = ""
        count = counts.asked
    if chosen["q"]:
        rows, count = rows.filter(school__current__name__icontains=chosen["q"]), None
    ranked = rows.annotate(
        rank=Choice(*[When(state=state, then=Value(place)) for place, state in enumerate(RANK)], output_field=IntegerField()),
        due=Coalesce(
            "next_on",
            Choice(
                When(state=AnswerState.QUESTION, then=Value(today)),
                When(state=AnswerState.SUBJECT, then=F("subject_on")),
            ),
            Choice(When(state__in=[AnswerState.NO_REPLY, AnswerState.READING], then=Value(dates.sign_by))),
            Value(date.max),
            output_field=DateField(),
        ),
    )

    def cells(row: Any) -> AnswerRow:
        case = case_from(row)
        return AnswerRow(
            row.school__current__name,
            reverse("membership:school", args=[partnership.slug, row.school__current__urn]),
            phase_in_words(row.school__current__phase, row.school__current__type),
            _label(case),
            case.state.tone,
            stands_in_the_way(case, dates.sign_by),
            next_contact(case, today, settings.reminders_at_most),
        )

    return table(asked, ranked, COLUMNS, fields=FIELDS, sort="answer", chosen=chosen, cells=cells, count=count)


def _label(case: Case) -> str:
    """The answer's tag: 'Yes, subject to trust' where it is the trust."""
    return "Yes, subject to trust" if case.state is AnswerState.SUBJECT and case.subject_to == "trust" else case.state.label


def answer_of(partnership: Partnership, school: School, *, viewer: Standing) -> Answer | None:
    """How one school stands, for its people and the office."""
    found: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, school=school)
    return found.select_related("signature__prospectus", "question", "school__current").first()


def _case_of(answer: Answer) -> Case:
    """What is known of one answer that was loaded with its signature and question."""
    sign, asked = answer.signature, answer.question
    return Case(
        answer.answer_state,
        asked.words if asked else "",
        answer.subject_to,
        answer.subject_on,
        answer.reason,
        signer_words(sign.post, sign.name) if sign else "",
        _day(sign.signed_at) if sign else None,
        sign.batch_size if sign else 1,
        bool(sign and sign.is_late),
        answer.opened,
        _day(answer.invited_at),
        bool(answer.email),
        _day(answer.letter_at),
        answer.reminders,
        answer.note,
        answer.next_on,
        answer.school.phone,
    )


def answers_of_mine(partnership: Partnership, *, viewer: Standing) -> list[Answer]:
    """The answers of all schools in which the viewer holds a role: a trust officer's several."""
    found: Any = Answer.objects.filter(partnership=partnership, ended_on=None, school__in=viewer.schools)
    return list(found.select_related("signature__prospectus", "question", "school__current").order_by("school__current__name"))


def answer_at(partnership: Partnership, urn: int, *, viewer: Standing) -> Answer | None:
    """How the school with that URN stands, for its people and the office; also when it is asked no longer."""
    found: Any = Answer.objects.visible_to(viewer).filter(partnership=partnership, school__current__urn=urn)
    return found.select_related("signature__prospectus", "question", "school__current", "partnership").first()


def stands(answer: Answer, *, viewer: Standing) -> tuple[Case, str]:
    """What is known of one answer, and its tag's words; the note of the office for the office only."""
    case = _case_of(answer)
    return case if viewer.runs(answer.partnership_id) else replace(case, note=""), _label(case)


def signups_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many of the schools that were asked have signed, in words."""
    counts = standing_of_answers(partnership, viewer=viewer)
    return f"{counts.signed} of {plural(counts.asked, 'school')} signed" if counts.asked else "No school is asked yet"
