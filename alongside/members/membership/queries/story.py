"""Everything that happened between one school and the office, in the order of time."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast

from alongside.ground.core.standing import Standing
from alongside.ground.core.words import moment, short_date
from alongside.members.membership.models import Answer, ChaseMail, Contact, Question, Signature
from alongside.members.membership.rules.answers import SigningAuthority
from alongside.members.membership.rules.roll import short_hash
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

HOW = {"phone": "Phone call", "email": "E-mail", "visit": "Talked in person", "letter": "Letter"}
Step = tuple[datetime, str, str]


def questions_of(partnership: Partnership, school: School, *, viewer: Standing) -> list[Question]:
    """What a school asked, oldest first."""
    rows: Any = Question.objects.visible_to(viewer).filter(partnership=partnership, school=school)
    return list(rows.order_by("asked_at"))


def _signatures(partnership: Partnership, school: School, viewer: Standing) -> list[Step]:
    rows: Any = Signature.objects.visible_to(viewer).filter(partnership=partnership, school=school).select_related("prospectus")
    steps: list[Step] = []
    for one in rows:
        authority = f"{SigningAuthority(one.authority).printed}, {short_date(one.authority_on)}"
        text = f"version {one.prospectus.number}, text {short_hash(one.text_hash)}"
        paper = f"; recorded by the office: {one.told_by}" if one.told_by else ""
        late = ", late" if one.is_late else ""
        steps.append(
            (
                one.signed_at,
                f"Signed by {one.name}{f', {one.post}' if one.post else ''}{late}",
                f"{authority[:1].upper()}{authority[1:]}; {text}{paper}",
            )
        )
        if one.withdrawn_at:
            steps.append((one.withdrawn_at, "Signature withdrawn", one.withdrawn_by_decision))
    return steps


def _told(partnership: Partnership, school: School, viewer: Standing) -> list[tuple[str, datetime, str, str, str]]:
    """(kind, at, and three texts) of questions, answers, reminders and talks: one query."""
    questions: Any = Question.objects.visible_to(viewer).filter(partnership=partnership, school=school)
    reminders: Any = ChaseMail.objects.visible_to(viewer).filter(partnership=partnership, school=school)
    asked = _rows(questions, "asked", "asked_at", Value(""), Value(""), F("words"))
    answered = _rows(
        questions.filter(replied_at__isnull=False),
        "answered",
        "replied_at",
        Cast("is_public", CharField()),
        Value(""),
        F("reply"),
    )
    sent = _rows(reminders, "reminder", "sent_at", Cast("number", CharField()), Value(""), F("email"))
    parts = [answered, sent]
    if viewer.runs(partnership.pk):
        parts.append(
            _rows(
                Contact.objects.filter(partnership=partnership, school=school), "talk", "at", F("how"), F("spoke_to"), F("words")
            )
        )
    return list(asked.union(*parts, all=True))


def _rows(rows: Any, kind: str, at: str, one: Any, two: Any, three: Any) -> Any:
    text = {"output_field": TextField()}
    return rows.annotate(
        kind_=Value(kind, **text), at_=F(at), one_=Cast(one, **text), two_=Cast(two, **text), three_=Cast(three, **text)
    ).values_list("kind_", "at_", "one_", "two_", "three_")


def story_of(partnership: Partnership, school: School, answer: Answer | None, *, viewer: Standing) -> list[tuple[str, str, str]]:
    """(when, what, detail), newest first."""
    steps = _signatures(partnership, school, viewer)
    for kind, at, one, two, words in _told(partnership, school, viewer):
        if kind == "asked":
            steps.append((at, "Asked a question", f"“{words}”"))
        elif kind == "answered":
            steps.append((at, "Question answered" + (" and published" if one in ("1", "true", "t") else ""), words))
        elif kind == "reminder":
            steps.append((at, f"Reminder {one} sent", words))
        else:
            steps.append((at, f"{HOW[one]}{f' with {two}' if two else ''}", words))
    if answer and answer.invited_at:
        steps.append((answer.invited_at, "Invited", answer.email))
    if answer and answer.letter_at:
        steps.append((answer.letter_at, "Letter with a code printed", ""))
    return [(moment(at), what, detail) for at, what, detail in sorted(steps, key=lambda step: step[0], reverse=True)]
