"""What happened with one school on its way: its story, and what it asked."""

from datetime import datetime
from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast, Concat

from alongside.ground.audit.models import Event
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of, in_a_sentence, moment, short_date
from alongside.members.membership.models import Answer, ChaseMail, Contact, Question, Signature
from alongside.members.membership.rules.answers import SigningAuthority
from alongside.members.membership.rules.text import short_hash
from alongside.members.people.models import Invitation
from alongside.members.people.rules.roles import InvitationState, Purpose

HOW = {"phone": "Phone call", "email": "E-mail", "visit": "Talked in person", "letter": "Letter"}
DEEDS = {  # told from the log
    "partnerships.stop_asking": "No longer asked",
    "membership.ask_again": "Asked again",
    "membership.correct_answer": "Answer to a question changed",
    "membership.take_back": "What was passed on was taken back",
}
Step = tuple[datetime | None, str, str]


def _of(model: Any, answer: Answer, viewer: Standing) -> Any:
    return model.objects.visible_to(viewer).filter(partnership=answer.partnership_id, school=answer.school_id)


def questions_of(answer: Answer, *, viewer: Standing) -> list[Question]:
    """What a school asked, oldest first."""
    return list(_of(Question, answer, viewer).order_by("asked_at"))


def _signature(one: Signature) -> list[Step]:
    authority = f"{SigningAuthority(one.authority).printed}, {short_date(one.authority_on)}"
    text = f"version {one.prospectus.number}, text {short_hash(one.text_hash)}"
    paper = f"; recorded by the office: {one.told_by}" if one.told_by else ""
    what = f"Signed by {one.name}{f', {one.post}' if one.post else ''}{', late' if one.is_late else ''}"
    return [
        (one.signed_at, what, f"{authority[:1].upper()}{authority[1:]}; {text}{paper}"),
        (one.withdrawn_at, f"Withdrew the signature of {short_date(day_of(one.signed_at))}", one.withdrawn_by_decision),
    ]


def _steps(rows: Any, at: str, what: Any, detail: Any) -> Any:
    text = TextField()
    named = rows.annotate(at_=F(at), what_=Cast(what, output_field=text), detail_=Cast(detail, output_field=text))
    return named.values_list("at_", "what_", "detail_")


def _talked(answer: Answer, viewer: Standing) -> Any:
    """Questions, answers, reminders, what the log tells and, for the office, its talks: one query."""
    questions, asked = _of(Question, answer, viewer), Concat(Value("“"), "words", Value("”"), output_field=TextField())
    replied = Case(When(is_public=True, then=Value("Question answered and published")), default=Value("Question answered"))
    reminder = Concat(Value("Reminder "), Cast("number", TextField()), Value(" sent"), output_field=TextField())
    how = Case(*(When(how=how, then=Value(words)) for how, words in HOW.items()))
    to = Case(When(spoke_to="", then=Value("")), default=Concat(Value(" with "), "spoke_to"), output_field=TextField())
    told = _of(Event, answer, viewer).filter(act__in=DEEDS)
    deed = Case(*(When(act=act, then=Value(words)) for act, words in DEEDS.items()))
    parts = [
        _steps(told, "at", deed, Value("")),
        _steps(questions.filter(replied_at__isnull=False), "replied_at", replied, "reply"),
        _steps(_of(ChaseMail, answer, viewer), "sent_at", reminder, "email"),
    ]
    if viewer.runs(answer.partnership_id):
        parts.append(
            _steps(
                _of(Contact, answer, viewer).filter(taken_off_at=None), "at", Concat(how, to, output_field=TextField()), "words"
            )
        )
    return _steps(questions, "asked_at", Value("Asked a question"), asked).union(*parts, all=True)


def passed_on_for(answer: Answer, *, viewer: Standing) -> list[Invitation]:
    """The invitations that somebody of the school passed on, oldest first, each with the one that it `follows`."""
    rows = _of(Invitation, answer, viewer).filter(purpose=Purpose.MEMBERSHIP, follows__state=InvitationState.PASSED_ON)
    return list(rows.select_related("follows__follows__follows").order_by("made_at"))


def _passed(one: Invitation) -> tuple[str, str]:
    before: Any = one.follows
    named = ", ".join(filter(None, (one.name, in_a_sentence(one.post_name))))
    return f"Passed on to {named}", f"To {one.email}, by {before.email or 'the reader of a letter'}"


def story_of(answer: Answer, *, viewer: Standing) -> list[tuple[str, str, str]]:
    """(when, what, detail), newest first."""
    passed = passed_on_for(answer, viewer=viewer) if getattr(answer, "passed_from", "") is not None else []
    first = next((one.follows for one in passed if one.email == answer.email and one.made_at == answer.invited_at), None)
    while first and first.follows and first.follows.state == InvitationState.PASSED_ON:
        first = first.follows
    steps: list[Step] = [
        (first.made_at if first else answer.invited_at, "Invited", first.email if first else answer.email),
        *((one.made_at, *_passed(one)) for one in passed),
        (answer.letter_at, "Letter with a code printed", ""),
        *_talked(answer, viewer),
    ]
    for one in _of(Signature, answer, viewer).select_related("prospectus"):
        steps += _signature(one)
    done = sorted(((at, what, detail) for at, what, detail in steps if at), key=lambda step: step[0], reverse=True)
    return [(moment(at), what, detail) for at, what, detail in done]
