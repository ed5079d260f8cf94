"""Who comes after whom: a successor from a day, and a mailbox that passes on."""

from datetime import date
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.actions.offers import Offered, offer, send_link
from alongside.members.people.actions.roles import (
    end_role,
    lock_place,
    office_in_reach,
    require_in_sight,
    require_may_invite,
    require_new_here,
)
from alongside.members.people.actions.sign_ins import end_every_session
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.permissions import may_end_role, may_pass_on_mailbox
from alongside.members.people.queries.roles import places_of
from alongside.members.people.rules.roles import InvitationState, Purpose, can_follow_from


@transaction.atomic
def invite_successor(
    *, role: Role, partnership: Partnership, name: str, email: str, from_on: date, key: str, by: Standing
) -> Invitation:
    """Invite somebody to a post from a coming day; whoever holds it now makes way when the successor has said yes.

    Until then nothing changes: an invitation that is withdrawn, expires or is never answered leaves nobody out of a
    post. Raises Invalid, Refused, Conflict.
    """
    lock_place(role)
    role.refresh_from_db()
    if role.ended_at or (role.until_on and role.until_on < clock.today()):
        raise Conflict("This role has ended already. Invite the next person to the post instead.")
    partnership = role.partnership or role.through or partnership  # who follows counts where the post counts
    require_in_sight(role, by)
    office = role.partnership_id or office_in_reach(role, by)
    require(may_end_role(by, role.person_id, role.school_id, office, last_manager=False))
    verdict = can_follow_from(from_on, clock.today(), role.from_on)
    if not verdict:
        raise Invalid(from_on=verdict.reason)
    return invite_next(role, partnership, by, name=name, email=email, from_on=from_on, key=key)


def invite_next(role: Role, partnership: Partnership, by: Standing, **facts: Any) -> Invitation:
    """Invite somebody (`name`, `email`, …) to the post of a role that ends, in place of whoever was invited to follow before.
    Raises Invalid, Refused, Conflict."""
    partnership = role.partnership or role.through or partnership
    require_may_invite(role.post, role.school, partnership, by)
    if role.school_id and not role.through_id and role.school_id not in by.schools and not by.is_system:
        _leave_to_the_school(role, partnership)
    if facts["email"].strip().lower() == role.person.email:
        raise Invalid(email="This is the address of the one who goes. If the mailbox is shared, pass it on when the day has come")
    invitation, token, _ = _offer_post_of(role, partnership, by, **facts)
    if not token:
        return invitation
    require_new_here(invitation)
    earlier = Invitation.objects.filter(succeeds=role, state=InvitationState.OPEN).exclude(pk=invitation.pk)
    earlier.update(state=InvitationState.CANCELLED, closed_at=clock.now())
    send_link(invitation=invitation, token=token, by=by)
    return invitation


def _offer_post_of(role: Role, partnership: Partnership, by: Standing, **facts: Any) -> Offered:
    """The post of a role, to whoever comes next."""
    place: dict[str, Any] = {"post": role.post, "school": role.school, "partnership": partnership}
    return offer(by, **place, purpose=Purpose.ROLE, succeeds=role, **facts)


def _leave_to_the_school(role: Role, partnership: Partnership) -> None:
    """Whoever an office names counts in its partnership alone: another partnership of the school would be without anybody."""
    elsewhere = Membership.objects.current(clock.today()).filter(school=role.school_id).exclude(partnership=partnership)
    if elsewhere.exclude(kind=Belonging.ASKED).exists():
        raise Conflict(
            f"{role.place} belongs to another partnership as well, where {role.person.name} holds the post too. "
            "Only the school can name who follows: ask somebody there to do it on the page of their people."
        )


@transaction.atomic
def pass_on_mailbox(*, role: Role, partnership: Partnership, name: str, by: Standing) -> Invitation:
    """Let the next holder of a post have the shared address (head@) that the last one signed in with.

    The last holder keeps an account without an address, and what they did under their own name; their role ends, they
    are signed out everywhere, and accounts elsewhere that may be the mailbox's own are taken off. The next one is
    invited at the address. What else was sent there and is open is theirs to take up. Raises Invalid, Refused.
    """
    lock_place(role)
    partnership = role.partnership or role.through or partnership
    person = Person.objects.select_for_update().get(pk=role.person_id)
    office = role.partnership_id or office_in_reach(role, by)
    require(may_pass_on_mailbox(by, person.pk, role.school_id, office, places_of(person, viewer=by)))
    for one in Role.objects.filter(Role.objects.lasting(clock.today()), person=person):
        require_in_sight(one, by)  # a post that somebody has anyhow is not cut off by an office that only asked the school
    if role.school:
        require(belongs(partnership, role.school, now=True))
    address = person.email
    if not address:
        raise Invalid(name="This person has no address that could be passed on")
    end_role(role=role, even_if_last=True, by=by)
    Person.objects.filter(pk=person.pk).update(email=None, password_proves=False)
    SocialAccount.objects.filter(user=person).delete()
    end_every_session(person)
    facts, school = {"post": role.post, "role": role.pk}, role.school_id or ""
    audit.record("people.pass_on_mailbox", row=person.pk, partnership=partnership.pk, school=school, facts=facts, by=by)
    invitation, token, _ = _offer_post_of(role, partnership, by, email=address, name=name)
    send_link(invitation=invitation, token=token, by=by)
    return invitation
