"""Playing the diary: every entry calls what a person would press, at its own time."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from django.db import transaction

from alongside.across.demo import elthorne
from alongside.across.demo.diary import DiaryEntry, DiaryWhat
from alongside.across.demo.elthorne import MANAGER_EMAIL, STORY, trust_email
from alongside.across.demo.permissions import may_use_demonstration
from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.members.membership.actions import answering, chasing, office, questions, roll, signing
from alongside.members.membership.models import Answer, Question
from alongside.members.membership.rules.answers import AnswerState, SigningAuthority, SubjectTo, is_academy
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.roles import Purpose
from alongside.members.schools.models import School

STILL_OPEN = {AnswerState.NO_REPLY, AnswerState.READING, AnswerState.SUBJECT}
SILENT = {AnswerState.NO_REPLY, AnswerState.READING}


def play(*, entries: Sequence[DiaryEntry], strictly: bool = False, by: Standing) -> None:
    """Let the entries happen, each in a transaction of its own. What the visitor has made impossible is left out.

    `strictly` raises instead: when Elthorne is built, everything must happen.
    """
    require(may_use_demonstration(by))
    partnership = Partnership.objects.get(slug=elthorne.SLUG)
    schools = {one.urn: one for one in School.objects.filter(current__la_code=elthorne.LA_CODE, current__is_invented=True)}
    for entry in entries:
        with clock.at(entry.at):
            try:
                with transaction.atomic():
                    DEEDS[entry.what](partnership, [schools[urn] for urn in entry.urns], entry)
            except (Conflict, Refused, Invalid):
                if strictly:
                    raise


def _manager() -> Standing:
    return standing_of(Person.objects.get(email=MANAGER_EMAIL))


def _speaker(partnership: Partnership, school: School, officer: bool = False) -> Standing:
    """Who speaks for a school: its trust's officer, or its head, who takes up the invitation when they first speak."""
    if officer:
        return standing_of(Person.objects.get(email=trust_email(school.trust_name)))
    held = Role.objects.held(clock.today()).filter(school=school, post=Post.HEAD).select_related("person").first()
    if held:
        return standing_of(held.person)
    name = f"Head of {school.name}"
    _, token, _ = people.invite(
        email=elthorne.named(school.name).email,
        post=Post.HEAD,
        school=school,
        partnership=partnership,
        purpose=Purpose.MEMBERSHIP,
        name=name,
        by=Standing.system(),
    )
    _, who = answering.take_up(token=token, name=name, by=Standing())
    return who


def _stands(partnership: Partnership, schools: list[School], among: set[AnswerState]) -> None:
    """Raises Conflict when one of the schools has given another answer by now."""
    states = Answer.objects.filter(partnership=partnership, school__in=schools).values_list("state", flat=True)
    if len(states) != len(schools) or not set(states) <= {one.value for one in among}:
        raise Conflict("The school stands elsewhere by now.")


def _open(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    answering.open_prospectus(partnership=partnership, school=schools[0], by=Standing())


def _ask(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    questions.ask_question(partnership=partnership, school=schools[0], words=entry.text, by=_speaker(partnership, schools[0]))


def _answer(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    question = Question.objects.filter(partnership=partnership, school=schools[0], words=entry.text, replied_at=None).first()
    if question is None:
        raise Conflict("Somebody has answered it.")
    questions.answer_question(question=question, reply=entry.answer, publish=True, by=_manager())


def _sign(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    _stands(partnership, schools, STILL_OPEN)
    chance, several = Random(schools[0].urn), len(schools) > 1
    academy = is_academy(schools[0].type)
    if several:
        authority = SigningAuthority.TRUST
    elif academy:
        authority = chance.choice((SigningAuthority.DELEGATED, SigningAuthority.DELEGATED, SigningAuthority.TRUST))
    else:
        authority = (
            SigningAuthority.GOVERNING_BODY
            if entry.day
            else chance.choice((SigningAuthority.HEAD, SigningAuthority.GOVERNING_BODY, SigningAuthority.GOVERNING_BODY))
        )
    decided_on = entry.day or clock.today() - timedelta(days=chance.choice((1, 2, 5, 8)))
    who = _speaker(partnership, schools[0], officer=several)
    post = Post.TRUST_OFFICER if several else Post.HEAD
    signing.sign(
        partnership=partnership,
        schools=schools,
        authority=authority,
        authority_on=decided_on,
        name=who.name,
        post=post.label,
        by=who,
    )


def _subject(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    several = len(schools) > 1
    to = SubjectTo.TRUST if several or is_academy(schools[0].type) else SubjectTo.GOVERNORS
    for school in schools:
        who = _speaker(partnership, school, officer=several)
        answering.say_subject(partnership=partnership, school=school, to=to, on=entry.day or date.max, by=who)


def _decline(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    _stands(partnership, schools, SILENT)
    answering.decline(partnership=partnership, school=schools[0], reason=entry.text, by=_speaker(partnership, schools[0]))


def _chase(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    chasing.chase(partnership=partnership, subject=STORY["reminder_subject"], body=entry.text, schools=schools, by=_manager())


def _call(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    office.note_contact(
        partnership=partnership, school=schools[0], how="phone", words=entry.text, next_on=entry.day, by=_manager()
    )


def _freeze(partnership: Partnership, schools: list[School], entry: DiaryEntry) -> None:
    roll.freeze_roll(partnership=partnership, by=_manager())


DEEDS: dict[DiaryWhat, Callable[[Partnership, list[School], DiaryEntry], None]] = {
    DiaryWhat.OPEN: _open,
    DiaryWhat.ASK: _ask,
    DiaryWhat.ANSWER: _answer,
    DiaryWhat.SIGN: _sign,
    DiaryWhat.SUBJECT: _subject,
    DiaryWhat.DECLINE: _decline,
    DiaryWhat.CHASE: _chase,
    DiaryWhat.CALL: _call,
    DiaryWhat.FREEZE: _freeze,
}
