"""Answering from the link of an invitation, in one step: taking it up and saying what the school says."""

from datetime import date
from typing import Any

from django.db import transaction

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid
from alongside.ground.web.rows import lock
from alongside.members.membership.actions.answering import decline, say_subject, take_up
from alongside.members.membership.actions.questions import ask_question
from alongside.members.membership.actions.signing import sign
from alongside.members.membership.models import Answer, Question, Signature
from alongside.members.membership.rules.answers import SigningAuthority, SubjectTo
from alongside.members.membership.rules.choices import AnswerKind
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.schools.models import School

Given = Signature | Answer | Question


@transaction.atomic
def answer_by_link(
    *, partnership: Partnership, school: School, token: str, choice: AnswerKind, words: dict[str, Any], by: Standing
) -> tuple[Person, list[Given]]:
    """Take up the invitation and give the school's answer; both happen or neither. Gives the person who answered, and what was
    written down."""
    lock(partnership)
    person, who = take_up(token=token, name=words.get("name", ""), email=words.pop("email", ""), by=by)
    return person, give_answer(partnership=partnership, schools=[school], choice=choice, words=words, by=who)


@transaction.atomic
def give_answer(
    *, partnership: Partnership, schools: list[School], choice: AnswerKind, words: dict[str, Any], by: Standing
) -> list[Given]:
    """Say for one school or several what the form says; gives what was written down, a row a school. Raises Invalid when it
    names no school of those."""
    if not schools:
        raise Invalid(schools="Choose at least one school")
    told_by: str = words.get("told_by", "")
    if choice is AnswerKind.SIGN:
        signed = sign(
            partnership=partnership,
            schools=schools,
            authority=SigningAuthority(words["authority"]),
            authority_on=_day(words["authority_on"]),
            name=words["name"],
            post=words.get("post", ""),
            text_hash=words.get("text_hash", ""),
            key=words.get("key", ""),
            told_by=told_by,
            by=by,
        )
        return list(signed)
    given: list[Given] = []
    for school in schools:
        of: Any = {"partnership": partnership, "school": school, "told_by": told_by, "by": by}
        if choice is AnswerKind.SUBJECT:
            given.append(say_subject(to=SubjectTo(words["subject_to"]), on=_day(words["subject_on"]), **of))
        elif choice is AnswerKind.QUESTION:
            given.append(ask_question(words=words["question"], key=words.get("key", ""), **of))
        elif choice is AnswerKind.DECLINE:
            given.append(decline(reason=words.get("reason", ""), **of))
    return given


def _day(value: Any) -> date:
    """A date that a form has checked."""
    if not isinstance(value, date):
        raise Invalid(authority_on="Enter a real date, like 18 3 2026")
    return value
