"""Playing what happens in Elthorne: every entry of the diary calls what a person would press, at its own time."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from operator import itemgetter
from random import Random

from django.db import transaction

from alongside.across.demo import elthorne
from alongside.across.demo.actions import week, year
from alongside.across.demo.actions.year import manager
from alongside.across.demo.diary import DiaryEntry, DiaryWhat, diary
from alongside.across.demo.elthorne import EMAILS, STORY
from alongside.across.demo.permissions import may_use_demonstration
from alongside.across.demo.rules import Persona
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.members.bulletin import actions as bulletin
from alongside.members.inviting import actions as reminding
from alongside.members.membership.actions import answering, office, signing
from alongside.members.membership.models import Answer, Question
from alongside.members.membership.rules.answers import AnswerState, SigningAuthority, SubjectTo, is_academy
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.rules.roles import Purpose
from alongside.members.schools.models import School

SILENT = {AnswerState.NO_REPLY, AnswerState.READING}
STILL_OPEN = {*SILENT, AnswerState.SUBJECT}


def play(*, since: datetime, until: datetime, strictly: bool = False, by: Standing) -> None:
    """Let happen what happens after `since` and no later than `until`, each deed in a transaction of its own.

    What the visitor has made impossible, or has done already, is left out; `strictly` raises instead: when Elthorne is
    built, everything must happen.
    """
    require(may_use_demonstration(by))
    partnership = Partnership.objects.get(slug=elthorne.SLUG)
    for deeds in (_diary_deeds, year.deeds):  # the year is made for those whom the diary has made members
        for at, deed in sorted(deeds(partnership), key=itemgetter(0)):
            if since < at <= until:
                with clock.at(at):
                    try:
                        with transaction.atomic():
                            deed(partnership)
                    except (Conflict, Refused, Invalid):
                        if strictly:
                            raise


def _diary_deeds(partnership: Partnership) -> Iterator[year.Deed]:
    schools = {one.urn: one for one in School.objects.filter(current__la_code=elthorne.LA_CODE, current__is_invented=True)}
    for entry in diary():
        yield entry.at, partial(_do, entry, [schools[urn] for urn in entry.urns])


def _do(entry: DiaryEntry, schools: list[School], partnership: Partnership) -> None:
    words = entry.text
    match entry.what, schools:
        case DiaryWhat.OPEN, [school]:
            answering.open_prospectus(partnership=partnership, school=school, by=Standing())
        case DiaryWhat.ASK, [school] if entry.answer:
            week.answer_by_mail(partnership, school, words)
        case DiaryWhat.ASK, [school]:
            who = _speaker(partnership, school)
            answering.ask_question(partnership=partnership, school=school, words=words, key=keys.new_key(), by=who)
        case DiaryWhat.ANSWER, [school]:
            asked = Question.objects.filter(partnership=partnership, school=school, words=words, replied_at=None).first()
            if asked is None:
                raise Conflict("Somebody has answered it.")
            answering.answer_question(question=asked, reply=entry.answer, publish=True, by=manager())
        case DiaryWhat.SIGN, _:
            _sign(partnership, schools, entry.day)
        case DiaryWhat.SUBJECT, _:
            several = len(schools) > 1
            to = SubjectTo.TRUST if several or is_academy(schools[0].type) else SubjectTo.GOVERNORS
            for school in schools:
                who = _speaker(partnership, school, officer=several)
                answering.say_subject(partnership=partnership, school=school, to=to, on=entry.day or date.max, by=who)
        case DiaryWhat.DECLINE, [school]:
            _check_stands(partnership, schools, SILENT)
            answering.decline(partnership=partnership, school=school, reason=words, by=_speaker(partnership, school))
        case DiaryWhat.CHASE, _:
            said = {"subject": STORY["reminder_subject"], "body": words}
            reminding.chase(partnership=partnership, **said, schools=schools, key=keys.new_key(), seen=UNSEEN, by=manager())
        case DiaryWhat.CALL, [school]:
            said = {"how": "phone", "words": words, "next_on": entry.day}
            office.note_contact(partnership=partnership, school=school, **said, key=keys.new_key(), by=manager())
        case DiaryWhat.SEND_IN, _:
            week.send_in(partnership, words, by=manager())
        case DiaryWhat.BULLETIN, _:
            bulletin.send_bulletin(partnership=partnership, by=Standing.system())
        case DiaryWhat.DONE, _:
            week.do_what_was_asked(partnership, int(words))
        case DiaryWhat.WRITE, _:
            week.write_to_the_office(partnership, words)
        case DiaryWhat.DATES, _:
            week.send_dates()
        case DiaryWhat.ATTEND, [school]:
            week.answer_a_date(_speaker(partnership, school).person or "", entry.answer)
        case DiaryWhat.ACT, [school]:
            week.let_act(_speaker(partnership, school), EMAILS[Persona.BUSINESS_MANAGER])
        case DiaryWhat.FREEZE, _:
            signing.freeze_roll(partnership=partnership, seen=UNSEEN, by=manager())
        case _:
            raise ValueError(f"Nobody knows how to do this: {entry}")


def _speaker(partnership: Partnership, school: School, officer: bool = False) -> Standing:
    """Who speaks for a school: its trust's officer, or its head, who takes up the invitation when they first speak."""
    if officer:
        return standing_of(Person.objects.get(email=elthorne.trust_email(school.trust_name)))
    held = Role.objects.held(clock.today()).filter(school=school, post=Post.HEAD).select_related("person").first()
    if held:
        return standing_of(held.person)
    token = invite_head(partnership, school, elthorne.named(school.name).email)
    _, who = answering.take_up(token=token, post=Post.HEAD, name=elthorne.named(school.name).head, by=Standing())
    return who


def invite_head(partnership: Partnership, school: School, email: str) -> str:
    """A fresh invitation for the head of a school; gives the token of its link."""
    _, token, _ = people.invite(
        email=email,
        post=Post.HEAD,
        school=school,
        partnership=partnership,
        purpose=Purpose.MEMBERSHIP,
        name=elthorne.named(school.name).head,
        by=Standing.system(),
    )
    return token


def _check_stands(partnership: Partnership, schools: list[School], among: set[AnswerState]) -> None:
    """Raises Conflict when one of the schools has given another answer by now."""
    states = Answer.objects.filter(partnership=partnership, school__in=schools).values_list("state", flat=True)
    if len(states) != len(schools) or not set(states) <= among:
        raise Conflict("The school stands elsewhere by now.")


def _sign(partnership: Partnership, schools: list[School], met_on: date | None) -> None:
    """Signed by the trust for several, by governors who have met, or by somebody whom chance names."""
    _check_stands(partnership, schools, STILL_OPEN)
    chance, several, by_body = Random(schools[0].urn), len(schools) > 1, SigningAuthority.GOVERNING_BODY
    if several:
        authority = SigningAuthority.TRUST
    elif is_academy(schools[0].type):
        authority = chance.choice((SigningAuthority.DELEGATED, SigningAuthority.DELEGATED, SigningAuthority.TRUST))
    else:
        authority = by_body if met_on else chance.choice((SigningAuthority.HEAD, by_body, by_body))
    who = _speaker(partnership, schools[0], officer=several)
    signing.sign(
        partnership=partnership,
        schools=schools,
        authority=authority,
        authority_on=met_on or clock.today() - timedelta(days=chance.choice((1, 2, 5, 8))),
        name=who.name,
        post=(Post.TRUST_OFFICER if several else Post.HEAD).label,
        key=keys.new_key(),
        by=who,
    )
