"""Signing, withdrawing a signature, and freezing the roll of those that stand: under one lock."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import day_of, moment, short_date
from alongside.ground.web import declared
from alongside.ground.web.models import lock
from alongside.members.membership.models import Answer, Prospectus, Roll, RollEntry, Signature
from alongside.members.membership.permissions import (
    may_record_answer,
    may_run_signup,
    may_sign_agreement,
    may_withdraw_signature,
)
from alongside.members.membership.queries.texts import dates_in_force, standing_signatures
from alongside.members.membership.rules.answers import (
    AnswerState,
    SigningAuthority,
    authority_date_problem,
    may_rest_on,
    states_before,
)
from alongside.members.membership.rules.dates import is_late
from alongside.members.membership.rules.text import hash_of, roll_text, shown_on_roll
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import holder_of, person_of
from alongside.members.schools.models import School


@transaction.atomic
def sign(
    *,
    partnership: Partnership,
    schools: list[School],
    authority: SigningAuthority,
    authority_on: date,
    name: str,
    post: str = "",
    text_hash: str = "",
    key: str,
    told_by: str = "",
    by: Standing,
) -> list[Signature]:
    """Sign for one school or, in one act, for several: a signature a school under the same text, and each is a member.

    `text_hash` is what the signer read (the newest published text when empty); `key` is made by the page, so that a
    double press signs once; `told_by` says how a paper reached the office. Raises Invalid by field, Conflict when a
    school has signed meanwhile, the text is another by now, or something else was signed with this key. All sign or none.
    """
    for school in schools:
        require(may_record_answer(by, partnership.pk) if told_by else may_sign_agreement(by, school.pk))
    lock(partnership)
    said: dict[str, Any] = {
        "partnership_id": partnership.pk,
        "name": name.strip(),
        "post": post.strip(),
        "authority": SigningAuthority(authority),
        "authority_on": authority_on,
        "person": by.person or "" if not told_by else "",
        "told_by": told_by.strip(),
    }
    if done := _signed_before(key, said, {one.pk for one in schools}, text_hash):
        return done
    prospectus, now = _text_to_sign(partnership, text_hash), clock.now()
    _check(schools, said, by)
    said |= {"prospectus": prospectus, "text_hash": prospectus.text_hash, "batch": key, "batch_size": len(schools)}
    said |= {"signed_at": now, "is_late": is_late(day_of(now), dates_in_force(partnership, viewer=by).sign_by)}
    signatures = [Signature(school=school, **said) for school in sorted(schools, key=lambda one: one.pk)]
    for signature in signatures:
        _sign_one(signature, signature.school, by)
    _confirm(partnership, signatures, prospectus, by)
    return signatures


def _signed_before(key: str, said: dict[str, Any], schools: set[str], text_hash: str) -> list[Signature]:
    """What was signed with this key. `once` tells a repeat from a conflict by a row's id; one act of signing has several."""
    if not keys.is_key(key):
        raise Conflict("Something in the page was not as we expected. Load it again and repeat what you did.")
    done = list(Signature.objects.filter(batch=key).select_related("school__current"))
    same = [one for one in done if all(getattr(one, name) == value for name, value in {**said, "withdrawn_at": None}.items())]
    if done and (same != done or {one.school_id for one in done} != schools or text_hash not in {"", done[0].text_hash}):
        raise Conflict("This page was sent before with something else in it, and that was recorded. Load it again to see it.")
    return done


def _text_to_sign(partnership: Partnership, text_hash: str) -> Prospectus:
    newest = Prospectus.objects.filter(partnership=partnership, published_at__isnull=False).order_by("-number").first()
    if newest is None:
        raise Conflict("There is no prospectus to sign yet: its text is still being written.")
    if text_hash and text_hash != newest.text_hash:
        raise Conflict(
            f"The text was changed while you were reading: version {newest.number} is the one to sign. Please read what changed."
        )
    return newest


def _check(schools: list[School], said: dict[str, Any], by: Standing) -> None:
    problems: dict[str, str] = {}
    if not schools:
        problems["schools"] = "Choose at least one school"
    if not said["name"]:
        problems["name"] = "Enter your name as you wish it printed"
    if problem := authority_date_problem(said["authority_on"], clock.today()):
        problems["authority_on"] = problem
    for school in schools:
        own = frozenset(role.post for role in by.roles if role.school == school.pk and not role.acts_for)
        posts = None if said["told_by"] or by.is_system else own
        if not (verdict := may_rest_on(said["authority"], school.name, school.type, posts)):
            problems["authority"] = verdict.reason
    if problems:
        raise Invalid(**problems)


def _sign_one(signature: Signature, school: School, by: Standing) -> None:
    """One school's signature, answer and membership, in the order of the database's locks."""
    partnership = signature.partnership
    try:
        with transaction.atomic():
            signature.save(force_insert=True)
    except IntegrityError:
        raise _signed_already(signature, school) from None
    answer = Answer.objects.filter(partnership=partnership, school=school, ended_on=None)
    if not answer.filter(state__in=states_before(AnswerState.SIGNED)).update(
        state=AnswerState.SIGNED, signature=signature, changed_at=signature.signed_at, next_on=None, reason=""
    ):
        raise Conflict(f"{school} is not asked to join {partnership} (any more). Please talk to the partnership's office.")
    partnerships.admit_school(partnership=partnership, school=school, by=by)
    audit.record(
        "membership.sign",
        row=signature.pk,
        partnership=partnership.pk,
        school=school.pk,
        facts={
            "text_hash": signature.text_hash,
            "authority": signature.authority,
            "authority_on": signature.authority_on.isoformat(),
            "late": signature.is_late,
            "batch": signature.batch,
            "paper": bool(signature.told_by),
        },
        by=by,
    )


def _signed_already(signature: Signature, school: School) -> Conflict:
    standing = Signature.objects.filter(partnership=signature.partnership, school=school, withdrawn_at=None).first()
    who = f" by {standing.name}, {moment(standing.signed_at)}" if standing else ""
    return Conflict(f"{school} has been signed for already{who}. Nothing more is needed: thank you.")


def _confirm(partnership: Partnership, signatures: list[Signature], prospectus: Prospectus, by: Standing) -> None:
    """The signer's own copy, by e-mail, where the signer has an address."""
    person = person_of(by)
    if person is None or not person.email or signatures[0].told_by:
        return
    notices.send(
        template="membership/signed.txt",
        to=person.email,
        words={
            "partnership": partnership.name,
            "schools": [signature.school.name for signature in signatures],
            "name": signatures[0].name,
            "authority": SigningAuthority(signatures[0].authority).printed,
            "authority_on": short_date(signatures[0].authority_on),
            "number": prospectus.number,
            "text_hash": prospectus.text_hash,
            "agreement": prospectus.agreement,
            "signed_at": moment(signatures[0].signed_at),
            "contact": partnership.contact_email,
        },
        person=person.pk,
        partnership=partnership,
        school=signatures[0].school,
        by=by,
    )


@transaction.atomic
def withdraw(*, partnership: Partnership, school: School, decision: str = "", by: Standing) -> Signature:
    """Withdraw a school's signature: freely until the roll is frozen, afterwards with the decision it rests on.

    The signature stays on file as withdrawn; before the roll the school is asked again, after it membership ends.
    Raises Conflict when there is none that stands.
    """
    lock(partnership)
    frozen = Roll.objects.filter(partnership=partnership).exists()
    require(may_withdraw_signature(by, partnership.pk, school.pk, frozen))
    if frozen and not decision.strip():
        raise Invalid(decision="Enter the decision that this rests on: who decided it and when")
    after = AnswerState.DECLINED if frozen else AnswerState.READING
    answer = Answer.objects.filter(partnership=partnership, school=school, state=AnswerState.SIGNED)
    reason = f"Left by decision: {decision.strip()}"[:500] if frozen else ""
    if not answer.update(state=after, signature=None, changed_at=clock.now(), subject_to="", subject_on=None, reason=reason):
        raise Conflict("There is no signature to withdraw: it may have been withdrawn just now.")
    standing = Signature.objects.filter(partnership=partnership, school=school, withdrawn_at=None)
    signature: Any = standing.select_related("school__current", "partnership").get()
    standing.update(withdrawn_at=clock.now(), withdrawn_by_decision=decision.strip()[:300])
    if frozen:
        partnerships.end_membership(partnership=partnership, school=school, by=by)
    else:
        partnerships.ask_again(partnership=partnership, school=school, by=by)
    audit.record("membership.withdraw", partnership=partnership.pk, school=school.pk, facts={"frozen": frozen}, by=by)
    if partnership.contact_email and not by.runs(partnership.pk):
        _tell_office(signature, by)
    return signature


def _tell_office(signature: Signature, by: Standing) -> None:
    """The office hears of a signature that its school withdraws, with what stays asked for."""
    partnership, school = signature.partnership, signature.school
    page, holder = (
        reverse("membership:school", args=[partnership.slug, school.urn]),
        holder_of(partnership.contact_email, viewer=by),
    )
    words = {
        "school": school.name,
        "partnership": partnership.name,
        "who": by.name,
        "signed_on": short_date(day_of(signature.signed_at)),
        "stays": declared.told("leaving", partnership=partnership, school=school, viewer=Standing.system()),
        "link": settings.ADDRESS + page,
    }
    place: dict[str, Any] = {"partnership": partnership, "school": school, "person": holder, "link": page}
    notices.send(template="membership/withdrawn.txt", to=partnership.contact_email, words=words, **place, by=by)


@transaction.atomic
def freeze_roll(*, partnership: Partnership, seen: WasSeen, by: Standing) -> Roll:
    """Write down who has signed at this moment, for good. Raises Conflict when the roll is frozen already, or others stand on it
    than were `seen`.

    Signing holds the same lock: whoever comes first in the database's order is on the roll, whoever comes second is not.
    """
    require(may_run_signup(by, partnership.pk))
    lock(partnership)
    if Roll.objects.filter(partnership=partnership).exists():
        raise Conflict("The roll is frozen already. It is never frozen twice.")
    at = clock.now()
    lines, name = standing_signatures(partnership), partnership.name
    shown_on_roll(lines).agree(seen, "Nothing was frozen.")
    text_hash = hash_of(roll_text(name, at, lines))
    roll = Roll.objects.create(partnership=partnership, frozen_at=at, text_hash=text_hash, count=len(lines), name=name)
    for line in lines:
        line.roll = roll
    RollEntry.objects.bulk_create(lines)
    facts = {"schools": len(lines), "text_hash": text_hash}
    audit.record("membership.freeze_roll", row=roll.pk, partnership=partnership.pk, facts=facts, by=by)
    return roll
