"""Everything that happened between one school and the office, in the order of time."""

from datetime import datetime
from typing import Any

from alongside.core.standing import Standing
from alongside.core.words import moment, short_date
from alongside.membership.models import Answer, Contact, Question, Reminder, Signature
from alongside.membership.rules.answers import Authority
from alongside.membership.rules.roll import short_hash
from alongside.partnerships.models import Partnership
from alongside.schools.models import School

HOW = {"phone": "Phone call", "email": "E-mail", "visit": "Talked in person", "letter": "Letter"}
Step = tuple[datetime, str, str]


def contacts_with(partnership: Partnership, school: School, *, viewer: Standing) -> list[tuple[datetime, str, str, str]]:
    """(at, how, spoke to, words) of the talks that the office noted; the office's own."""
    if not viewer.runs(partnership.pk):
        return []
    rows: Any = Contact.objects.filter(partnership=partnership, school=school).order_by("at")
    return list(rows.values_list("at", "how", "spoke_to", "words"))


def questions_of(partnership: Partnership, school: School, *, viewer: Standing) -> list[Question]:
    """What a school asked, oldest first."""
    rows: Any = Question.objects.visible_to(viewer).filter(partnership=partnership, school=school)
    return list(rows.order_by("asked_at"))


def _signatures(partnership: Partnership, school: School, viewer: Standing) -> list[Step]:
    rows: Any = Signature.objects.visible_to(viewer).filter(partnership=partnership, school=school).select_related("prospectus")
    steps: list[Step] = []
    for one in rows:
        authority = f"{Authority(one.authority).printed}, {short_date(one.authority_on)}"
        text = f"version {one.prospectus.number}, text {short_hash(one.text_hash)}"
        paper = f"; recorded by the office: {one.told_by}" if one.told_by else ""
        late = ", late" if one.is_late else ""
        steps.append((one.signed_at, f"Signed by {one.name}{f', {one.post}' if one.post else ''}{late}", f"{authority}; {text}{paper}"))
        if one.withdrawn_at:
            steps.append((one.withdrawn_at, "Signature withdrawn", one.withdrawn_by_decision))
    return steps


def story_of(partnership: Partnership, school: School, answer: Answer | None, *, viewer: Standing) -> list[tuple[str, str, str]]:
    """(when, what, detail), newest first."""
    steps = _signatures(partnership, school, viewer)
    for question in questions_of(partnership, school, viewer=viewer):
        steps.append((question.asked_at, "Asked a question", f"“{question.words}”"))
        if question.replied_at:
            steps.append((question.replied_at, "Question answered" + (" and published" if question.is_public else ""), question.reply))
    for at, how, spoke_to, words in contacts_with(partnership, school, viewer=viewer):
        steps.append((at, f"{HOW[how]}{f' with {spoke_to}' if spoke_to else ''}", words))
    reminders: Any = Reminder.objects.visible_to(viewer).filter(partnership=partnership, school=school)
    for at, number, email in reminders.values_list("sent_at", "number", "email"):
        steps.append((at, f"Reminder {number} sent", email))
    if answer and answer.invited_at:
        steps.append((answer.invited_at, "Invited", answer.email))
    if answer and answer.letter_at:
        steps.append((answer.letter_at, "Letter with a code printed", ""))
    return [(moment(at), what, detail) for at, what, detail in sorted(steps, key=lambda step: step[0], reverse=True)]
