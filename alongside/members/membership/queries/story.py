"""Everything that happened between one school and the office, in the order of time."""

from datetime import datetime
from typing import Any

from alongside.ground.core.standing import Standing
from alongside.ground.core.words import moment, short_date
from alongside.members.membership.models import Answer, ChaseMail, Contact, Question, Signature
from alongside.members.membership.rules.answers import SigningAuthority
from alongside.members.membership.rules.roll import short_hash

HOW = {"phone": "Phone call", "email": "E-mail", "visit": "Talked in person", "letter": "Letter"}
Step = tuple[datetime | None, str, str]


def _of(model: Any, answer: Answer, viewer: Standing) -> Any:
    return model.objects.visible_to(viewer).filter(partnership=answer.partnership_id, school=answer.school_id)


def questions_of(answer: Answer, *, viewer: Standing) -> list[Question]:
    """What a school asked, oldest first."""
    return list(_of(Question, answer, viewer).order_by("asked_at"))


def _signed(one: Signature) -> list[Step]:
    authority = f"{SigningAuthority(one.authority).printed}, {short_date(one.authority_on)}"
    text = f"version {one.prospectus.number}, text {short_hash(one.text_hash)}"
    paper = f"; recorded by the office: {one.told_by}" if one.told_by else ""
    what = f"Signed by {one.name}{f', {one.post}' if one.post else ''}{', late' if one.is_late else ''}"
    return [
        (one.signed_at, what, f"{authority[:1].upper()}{authority[1:]}; {text}{paper}"),
        (one.withdrawn_at, "Signature withdrawn", one.withdrawn_by_decision),
    ]


def _asked(one: Question) -> list[Step]:
    answered = "Question answered and published" if one.is_public else "Question answered"
    return [(one.asked_at, "Asked a question", f"“{one.words}”"), (one.replied_at, answered, one.reply)]


def story_of(answer: Answer, *, viewer: Standing) -> list[tuple[str, str, str]]:
    """(when, what, detail), newest first; talks are the office's own."""
    steps: list[Step] = [
        (answer.invited_at, "Invited", answer.email),
        (answer.letter_at, "Letter with a code printed", ""),
    ]
    for one in _of(Signature, answer, viewer).select_related("prospectus"):
        steps += _signed(one)
    for one in questions_of(answer, viewer=viewer):
        steps += _asked(one)
    for one in _of(ChaseMail, answer, viewer):
        steps.append((one.sent_at, f"Reminder {one.number} sent", one.email))
    if viewer.runs(answer.partnership_id):
        for one in _of(Contact, answer, viewer):
            steps.append((one.at, f"{HOW[one.how]}{f' with {one.spoke_to}' if one.spoke_to else ''}", one.words))
    done = sorted(((at, what, detail) for at, what, detail in steps if at), key=lambda step: step[0], reverse=True)
    return [(moment(at), what, detail) for at, what, detail in done]
