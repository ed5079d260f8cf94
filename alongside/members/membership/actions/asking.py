"""Asking schools, inviting the people in them, reminding those that have not answered, and who comes without being asked."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.web.models import lock
from alongside.members.membership.models import Answer
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.queries.invitations import words_of_invitations
from alongside.members.membership.queries.texts import settings_now
from alongside.members.membership.rules.answers import AnswerState, is_academy
from alongside.members.membership.rules.invitations import OPENING, SUBJECT, wrong_with_words
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Invitation
from alongside.members.people.rules.roles import InvitationState, Purpose, show_code
from alongside.members.schools.models import School

A_MOMENT = timedelta(minutes=5)  # so soon nobody means to write to the same address again


@transaction.atomic
def ask_schools(*, partnership: Partnership, schools: list[School], by: Standing) -> list[School]:
    """Put schools on the list of those asked to join; gives the ones that are new on it. Raises Conflict for a closed one."""
    require(may_run_signup(by, partnership.pk))
    _require_open(schools)
    new = partnerships.ask_schools(partnership=partnership, schools=schools, by=by)
    _write_answers(partnership, schools)
    return new


def _require_open(schools: list[School]) -> None:
    """Nobody is there to answer for a school that is not open. Raises Conflict."""
    if closed := [one for one in schools if not one.is_open]:
        raise Conflict(f"{closed[0].name} is not open in the register ({closed[0].not_open.lower()}): leave it out.")


def _write_answers(partnership: Partnership, schools: list[School]) -> None:
    """A row for each school that is asked and has none; one that was let go before is taken up again."""
    asked = Membership.objects.filter(partnership=partnership, school__in=schools, kind=Belonging.ASKED, until_on=None)
    wanted = set(asked.values_list("school_id", flat=True))
    known = Answer.objects.filter(partnership=partnership, school__in=wanted)
    known.exclude(ended_on=None).update(ended_on=None, asked_on=clock.today())
    missing = wanted - set(known.values_list("school_id", flat=True))
    Answer.objects.bulk_create(
        [Answer(partnership=partnership, school_id=school, asked_on=clock.today()) for school in sorted(missing)],
        ignore_conflicts=True,
    )


@transaction.atomic
def stop_asking(*, partnership: Partnership, schools: list[School], by: Standing) -> int:
    """Take schools off the list; what they said stays on file, and what they were invited by is closed. Those that signed
    meanwhile stay: gives how many went."""
    require(may_run_signup(by, partnership.pk))
    gone = _where_possible(partnerships.stop_asking, partnership, schools, by)
    for invitation in Invitation.objects.filter(partnership=partnership, school__in=gone, state=InvitationState.OPEN):
        people.cancel_invitation(invitation=invitation, by=by)
    Answer.objects.filter(partnership=partnership, school__in=gone, ended_on=None).update(ended_on=clock.today())
    return len(gone)


@transaction.atomic
def ask_again(*, partnership: Partnership, school: School, by: Standing) -> Answer:
    """Put a school back on the list that was taken off; what it said stands. Raises Conflict when it cannot be asked."""
    require(may_run_signup(by, partnership.pk))
    answer: Any = Answer.objects.filter(partnership=partnership, school=school).select_related("school__current")
    if not answer.exists():
        raise Conflict(f"{school.name} was not asked to join {partnership}: choose it first.")
    ask_schools(partnership=partnership, schools=[school], by=by)
    if (row := answer.filter(ended_on=None).first()) is None:
        raise Conflict(f"{school.name} belongs to {partnership} without signing: it cannot be asked.")
    audit.record("membership.ask_again", row=row.pk, partnership=partnership.pk, school=school.pk, by=by)
    return row


def _where_possible(deed: Callable[..., Any], partnership: Partnership, schools: list[School], by: Standing) -> list[School]:
    """Do it for each school by itself; gives those for which nothing stood against it."""
    done = []
    for school in schools:
        with suppress(Conflict), transaction.atomic():
            deed(partnership=partnership, school=school, by=by)
            done.append(school)
    return done


@transaction.atomic
def invite_schools(
    *,
    partnership: Partnership,
    addresses: dict[str, str],
    post: str = Post.HEAD,
    names: dict[str, str] | None = None,
    subject: str = SUBJECT,
    opening: str = OPENING,
    seen: WasSeen,
    by: Standing,
) -> dict[str, str]:
    """Invite a school each: {school's id: address}. An empty address is left for a letter. Raises Invalid when the words will
    not do.

    Schools that share an address get one e-mail; where they are all academies it goes to the trust's officer.
    Gives {school's id: the token of its link}: it is in the mail and nowhere else. What went to the same address a moment ago
    is not sent again; raises Conflict where that is all, and where it is something else than was `seen`.
    """
    require(may_run_signup(by, partnership.pk))
    lock(partnership)  # the same press twice at once: the second finds what the first sent
    sent = Answer.objects.filter(partnership=partnership, invited_at__gt=clock.now() - A_MOMENT).values_list("school_id", "email")
    again = {school for school, email in sent if email and addresses.get(school, "").strip().lower() == email}
    if again and not addresses.keys() - again:
        raise Conflict("This went out a moment ago, to the same addresses. Nothing was sent a second time.")
    words, names = words_of_invitations(partnership, viewer=by), names or {}
    words.shown(addresses, names, subject, opening).agree(seen, "Nothing was sent.")
    addresses = {school: email for school, email in addresses.items() if school not in again}
    schools = {one.pk: one for one in School.objects.filter(pk__in=addresses)}
    if problems := wrong_with_words(subject, opening):
        raise Invalid(**{"opening" if name == "body" else name: remedy for name, remedy in problems.items()})
    ask_schools(partnership=partnership, schools=list(schools.values()), by=by)
    tokens: dict[str, str] = {}
    for email, together in _by_address(addresses, schools).items():
        as_post = Post.TRUST_OFFICER if len(together) > 1 and all(is_academy(one.type) for one in together) else post
        for school in together:
            tokens[school.pk] = _invite_one(partnership, school, email, as_post, names.get(school.pk, ""), by)
        first = together[0]
        said = words.of(subject, opening, [one.name for one in together], names.get(first.pk, ""))
        send_link("membership/invitation.txt", partnership, first, email, tokens[first.pk], said, by)
    return tokens


def _by_address(addresses: dict[str, str], schools: dict[str, School]) -> dict[str, list[School]]:
    """The schools of each address, by name: a trust's officer gets one e-mail for all of theirs."""
    together: dict[str, list[School]] = {}
    for school in sorted(schools.values(), key=lambda one: (one.name, one.pk)):
        if email := addresses[school.pk].strip().lower():
            together.setdefault(email, []).append(school)
    return together


def _invite_one(partnership: Partnership, school: School, email: str, post: str, name: str, by: Standing) -> str:
    _, token, _ = people.invite(
        email=email, post=post, school=school, partnership=partnership, purpose=Purpose.MEMBERSHIP, name=name, by=by
    )
    Answer.objects.filter(partnership=partnership, school=school).update(email=email, post=post, invited_at=clock.now())
    return token


def send_link(
    template: str, partnership: Partnership, school: School, email: str, token: str, words: dict[str, Any], by: Standing
) -> None:
    """A mail with the school's own link."""
    link = settings.ADDRESS + reverse("membership:invited", args=[partnership.slug, token])
    notices.send(template=template, to=email, words=words, secret={"link": link}, partnership=partnership, school=school, by=by)


@transaction.atomic
def make_letters(*, partnership: Partnership, schools: list[School], by: Standing) -> list[tuple[School, str]]:
    """A new code for each school, to be printed: earlier letters of these schools stop working. Codes are kept nowhere."""
    require(may_run_signup(by, partnership.pk))
    letters = []
    for school in sorted(schools, key=lambda one: one.name):
        asked = Answer.objects.filter(partnership=partnership, school=school, ended_on=None).exclude(state=AnswerState.SIGNED)
        if not asked.update(letter_at=clock.now()):
            continue
        _, _, code = people.invite(
            email="", post=Post.HEAD, school=school, partnership=partnership, purpose=Purpose.MEMBERSHIP, by=by
        )
        letters.append((school, show_code(code)))
    return letters


@transaction.atomic
def add_associate(*, partnership: Partnership, school: School, by: Standing) -> Membership:
    """Let a school sit with the partnership as an associate, without signing. Raises Conflict when it belongs already."""
    require(may_run_signup(by, partnership.pk))
    _require_open([school])
    associate = partnerships.admit_school(partnership=partnership, school=school, kind=Belonging.ASSOCIATE, by=by)
    Answer.objects.filter(partnership=partnership, school=school, ended_on=None).update(ended_on=clock.today())
    audit.record("membership.add_associate", partnership=partnership.pk, school=school.pk, by=by)
    return associate


@transaction.atomic
def add_members(*, partnership: Partnership, schools: list[School], by: Standing) -> int:
    """Write down a trust's own academies as its members; gives how many are new.

    Only where nobody is asked by prospectus. Raises Refused otherwise.
    """
    require(may_run_signup(by, partnership.pk))
    if settings_now(partnership, viewer=by).has_prospectus:
        raise Refused("Schools join this partnership by signing. Ask them instead.")
    _require_open(schools)
    return len(_where_possible(partnerships.admit_school, partnership, schools, by))
