"""Persons, and the roles that begin and end."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.core.words import day_of, in_a_sentence, short_date
from alongside.ground.web.models import move, unless_taken
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.permissions import (
    may_change_details,
    may_create_person,
    may_end_role,
    may_invite_colleague,
    may_keep_place,
)
from alongside.members.people.queries.invitations import openness_of
from alongside.members.people.queries.roles import holdings_of, made_way_for
from alongside.members.people.rules.roles import InvitationState, is_last_manager, may_be_given_back, warnings_before_ending
from alongside.members.posts.models import ListedPost
from alongside.members.posts.queries import listed_post
from alongside.members.schools.models import School


@transaction.atomic
def create_person(*, name: str, email: str | None, by: Standing) -> Person:
    """Write down somebody, who signs in by a code to that address; with no address they do not sign in at all.

    Raises Invalid when the address is somebody's already.
    """
    require(may_create_person(by))
    with unless_taken(email="Somebody with this e-mail address is here already"):
        return write_person(name=name, email=email, by=by)


@transaction.atomic
def write_person(*, name: str, email: str | None, by: Standing) -> Person:
    """A person without a password, whoever decided it; addresses are kept in small letters. Raises IntegrityError."""
    person = Person(name=name.strip()[:120], email=(email or "").strip().lower() or None)
    person.set_unusable_password()
    person.save(force_insert=True)
    audit.record("people.create_person", row=person.pk, by=by)
    return person


@transaction.atomic
def note_sign_in(*, person: Person, by: Standing) -> None:
    """Remember when somebody last signed in, by the product's clock."""
    person.last_login = clock.now()
    person.save(update_fields=["last_login"])


@transaction.atomic
def change_details(*, person: Person, name: str, phone: str, shows_phone: bool, by: Standing) -> Person:
    """Let somebody correct their own name and phone number, and say whether other schools see the number."""
    require(may_change_details(by, person.pk))
    person.name, person.phone, person.shows_phone = name.strip(), phone.strip(), shows_phone
    person.save(update_fields=["name", "phone", "shows_phone"])
    audit.record("people.change_details", row=person.pk, by=by)
    return person


@transaction.atomic
def grant_role(
    *,
    person: Person,
    post: str,
    school: School | None = None,
    partnership: Partnership | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    by: Standing,
) -> Role:
    """Give somebody a post in a school, or in a partnership's office, from a day (today) until a day (lasting)."""
    require_may_invite(post, school, partnership, by)
    first = from_on or clock.today()
    return write_role(person=person, post=post, school=school, partnership=partnership, from_on=first, until_on=until_on, by=by)


@transaction.atomic
def write_role(
    *,
    person: Person,
    post: str,
    school: School | None,
    partnership: Partnership | None,
    from_on: date,
    until_on: date | None = None,
    by: Standing,
) -> Role:
    """A role, whoever decided it; one that is there already is not given twice, and one with a last day is prolonged.

    `partnership` is whose office it is in, or through whom a post in a school is given (nobody: the school's own). A post of a
    partnership's own list counts in no other, whoever gave it.
    """
    own = ListedPost.objects.filter(pk=post, partnership__isnull=False).select_related("partnership").first()
    partnership = own.partnership if own else partnership
    place: dict[str, Any] = {"school": school, "through": partnership} if school else {"partnership": partnership}
    same = Role.objects.filter(person=person, post=post, **place)
    role = same.filter(same.lasting(from_on)).order_by("from_on").first()
    if role and (role.until_on is None or (until_on and until_on <= role.until_on)):
        return role
    if role and role.from_on <= from_on:
        role.until_on = until_on
        role.save(update_fields=["until_on"])
    else:
        try:
            with transaction.atomic():
                role = Role.objects.create(person=person, post=post, **place, from_on=from_on, until_on=until_on)
        except IntegrityError:
            return same.get(until_on=None)
    facts = {"post": post, "person": person.pk, "from_on": from_on.isoformat()}
    _write_down("people.grant_role", role, facts, by)
    return role


@transaction.atomic
def end_role(
    *,
    role: Role,
    until_on: date | None = None,
    left_on: date | None = None,
    follower: str = "",
    even_if_last: bool = False,
    by: Standing,
) -> Role:
    """End a role at the close of a day, or at once when no day is given: the next request no longer has it.

    `left_on` is the last day of somebody who has left already: the role ends at once, with that day beside it. `follower` is
    the name of who is invited in the same deed. Raises Invalid when something would fall open and `even_if_last` is not said,
    Conflict when the role is over already.
    """
    today = clock.today()
    partnership = role.partnership_id or office_in_reach(role, by)
    lock_place(role)
    ending, others = holdings_of(role)
    require_in_sight(role, by)
    require(may_end_role(by, role.person_id, role.school_id, partnership, is_last_manager(ending, others)))
    if until_on and until_on < role.from_on:
        raise Invalid(until_on="The last day cannot be before the first day in the post")
    if until_on and until_on < today:
        raise Invalid(until_on="Enter today or a coming day; to end it now choose “At once”")
    if left_on and not role.from_on <= left_on <= today:
        raise Invalid(left_on=f"Enter a day between {short_date(role.from_on)}, when they began, and today")
    gone_from = until_on + timedelta(days=1) if until_on else today
    warnings = warnings_before_ending(ending, others, role.place, gone_from, follower)
    if warnings and not even_if_last:
        raise Invalid(sure=f"Tick the box to go on: {warnings[0][0].lower()}{warnings[0][1:]}")
    still = Role.objects.filter(Role.objects.lasting(today), pk=role.pk)
    last_day = until_on or left_on or max(today, role.from_on)
    role.until_on, role.ended_at = last_day, None if until_on else clock.now()
    if not still.update(until_on=role.until_on, ended_at=role.ended_at):
        raise Conflict("This role has ended already.")
    facts = {"post": role.post, "person": role.person_id, "until_on": last_day.isoformat(), "at_once": until_on is None}
    _write_down("people.end_role", role, facts, by, partnership)
    if until_on is None and role.from_on > today:
        _go_on_after_all(role, by)
    if role.partnership_id:
        _end_what_they_sent(role, by)
    return role


class GivenBack(NamedTuple):
    """A post that somebody holds again, and who was invited to it and is so no more."""

    role: Role
    withdrawn: list[Invitation]


@transaction.atomic
def give_back(*, role: Role, by: Standing) -> GivenBack:
    """Give somebody a post in a school back that has ended lately; whoever was invited in their place is so no more.

    Raises Conflict when it has not ended, ended long ago, or they hold it again already.
    """
    partnership, today = office_in_reach(role, by), clock.today()
    lock_place(role)
    role.refresh_from_db()
    require_in_sight(role, by)
    require(may_keep_place(by, role.school_id, partnership))
    same = Role.objects.filter(person=role.person, post=role.post, school=role.school_id, through=role.through_id)
    if same.filter(Role.objects.lasting(today)).exists():
        raise Conflict("They hold this post already.")
    ended_on = day_of(role.ended_at) if role.ended_at else role.until_on
    if ended_on and not (still := may_be_given_back(ended_on, today)):
        raise Conflict(still.reason)
    role.until_on = role.ended_at = None
    role.save(update_fields=["until_on", "ended_at"])
    _write_down("people.give_back", role, {"post": role.post, "person": role.person_id}, by, partnership)
    withdrawn = list(Invitation.objects.filter(succeeds=role, state=InvitationState.OPEN))
    for one in withdrawn:
        move(one, InvitationState.CANCELLED, closed_at=clock.now())
        audit.record("people.cancel_invitation", row=one.pk, partnership=one.partnership_id or "", by=by)
    return GivenBack(role, withdrawn)


def _end_what_they_sent(role: Role, by: Standing) -> None:
    """Nobody comes to an office by what somebody sent who may not send it any more."""
    sent = Invitation.objects.filter(partnership=role.partnership_id, school=None, invited_by=role.person_id)
    for one in sent.filter(state=InvitationState.OPEN).select_related("partnership"):
        if not openness_of(one):
            move(one, InvitationState.CANCELLED, closed_at=clock.now())
            audit.record("people.cancel_invitation", row=one.pk, partnership=role.partnership_id or "", by=by)


def _go_on_after_all(never_began: Role, by: Standing) -> None:
    """Who made way for a successor that will not come keeps the post, for as long as they had it before."""
    for role_id, until_on in made_way_for(never_began).items():
        if Role.objects.filter(pk=role_id).update(until_on=until_on):
            facts = {"until_on": until_on.isoformat() if until_on else "", "instead_of": never_began.pk}
            _write_down("people.go_on", never_began, facts, by, row=role_id)


def make_way(role: Role, first: date, by: Standing) -> None:
    """Let a role end the day before its successor begins, unless it ends sooner."""
    last_day = max(first - timedelta(days=1), role.from_on)
    later = Q(until_on=None) | Q(until_on__gt=last_day)
    if Role.objects.filter(later, pk=role.pk, ended_at=None).update(until_on=last_day):
        facts = {"post": role.post, "person": role.person_id, "until_on": last_day.isoformat(), "at_once": False}
        _write_down("people.end_role", role, facts, by)


def _write_down(act: str, role: Role, facts: dict[str, Any], by: Standing, partnership: str | None = None, row: str = "") -> None:
    """The audit's line of a deed on a role, of the partnership whose office it is in unless another is named."""
    home = partnership or role.partnership_id or ""
    audit.record(act, row=row or role.pk, partnership=home, school=role.school_id or "", facts=facts, by=by)


def office_in_reach(role: Role, by: Standing) -> str | None:
    """One of the partnerships whose office the person works in, if it gave the post or the role's school belongs to it."""
    here = Membership.objects.current(clock.today()).filter(partnership__in=by.offices, school=role.school_id)
    reached = here.filter(partnership=role.through_id) if role.through_id else here.exclude(kind=Belonging.ASKED)
    return reached.values_list("partnership_id", flat=True).first()


def require_may_invite(post: str, school: School | None, partnership: Partnership | None, by: Standing) -> None:
    """Nobody gives a post in a school through a partnership that the school has no part in. Raises Refused."""
    is_of = bool(school and partnership and belongs(partnership, school, now=True))
    place = (school.pk if school else None, partnership.pk if partnership else None)
    require(may_invite_colleague(by, listed_post(post, partnership), *place, is_of))


def require_new_here(invitation: Invitation) -> None:
    """Nobody is invited to what they hold. Raises Invalid."""
    here = {"school": invitation.school_id} if invitation.school_id else {"partnership": invitation.partnership_id}
    held = Role.objects.filter(Role.objects.lasting(clock.today()), person__email=invitation.email, post=invitation.post, **here)
    if held.exists():
        raise Invalid(email=f"Whoever has this address is {in_a_sentence(invitation.post_name)} here already")


def require_in_sight(role: Role, by: Standing) -> None:
    """Nobody changes a post that they may not see, whatever post they hold in the same school. Raises Refused."""
    if not Role.objects.visible_to(by).filter(pk=role.pk).exists():
        raise Refused("This post is not in your care: another partnership gave it, or the school has not joined yours.")


def lock_place(role: Role) -> None:
    """Hold the roles of the place until the transaction ends, so that the last two cannot end each other's."""
    roles = Role.objects.select_for_update().filter(school=role.school_id, partnership=role.partnership_id)
    list(roles.order_by("pk").values_list("pk", flat=True))
