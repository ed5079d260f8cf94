"""Inviting, and taking up an invitation: once, by one, for the address it was sent to."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.web.rows import move
from alongside.members.partnerships.models import Partnership
from alongside.members.people import tokens
from alongside.members.people.actions.letters import count_try, send_link
from alongside.members.people.actions.offering import offer, write_down
from alongside.members.people.actions.roles import make_way, require_may_invite, write_person, write_role
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.permissions import may_change_invitation, may_take_up
from alongside.members.people.queries.invitations import invitation_for, openness_of
from alongside.members.people.rules.roles import HANDS_AN_INVITATION_GOES_THROUGH, InvitationState, Purpose, can_go_to
from alongside.members.schools.models import School


@transaction.atomic
def invite(
    *,
    email: str,
    post: Post,
    school: School | None = None,
    partnership: Partnership | None = None,
    purpose: str = Purpose.ROLE,
    name: str = "",
    key: str = "",
    by: Standing,
) -> tuple[Invitation, str, str]:
    """Invite whoever has that address (or only the letter, when it is empty) to a post; sends nothing itself.

    Gives the invitation, the token for its link and the code for its letter: they exist nowhere else. An open
    invitation of the same kind to the same address is replaced.
    """
    require_may_invite(post, school, partnership, by)
    what = Purpose(purpose)
    return offer(by, email=email, name=name, post=Post(post), school=school, partnership=partnership, purpose=what, key=key)


@transaction.atomic
def invite_colleague(
    *,
    email: str,
    name: str,
    post: Post,
    school: School | None = None,
    partnership: Partnership | None = None,
    key: str = "",
    by: Standing,
) -> Invitation:
    """Invite a colleague to a post in a school, or in a partnership's office, and send them the link, once for each `key`."""
    invitation, token, _ = invite(email=email, name=name, post=post, school=school, partnership=partnership, key=key, by=by)
    if not token:
        return invitation
    place = {"school": school} if school else {"partnership": partnership}
    held = Role.objects.filter(Role.objects.lasting(clock.today()), person__email=email.strip().lower(), post=post, **place)
    if held.exists():
        raise Invalid(email=f"Whoever has this address is {Post(post).label.lower()} here already")
    send_link(template="people/invitation.txt", invitation=invitation, token=token, by=by)
    return invitation


@transaction.atomic
def accept_own(*, partnership: Partnership, by: Standing) -> int:
    """Take up every open invitation of a partnership that came to the signed-in person's own address; gives how many.

    A trust's officer is invited for several academies at once, and has proven the address with the first.
    """
    person = Person.objects.filter(pk=by.person).first() if by.person else None
    if person is None or not person.email:
        return 0
    waiting = Invitation.objects.open().filter(partnership=partnership, email=person.email, school__isnull=False)
    taken = 0
    for invitation in waiting.select_related("school__current", "partnership", "succeeds"):
        move(invitation, InvitationState.ACCEPTED, closed_at=clock.now())
        _take_post(invitation, person, by)
        write_down("people.accept_invitation", invitation, {"post": invitation.post}, by)
        taken += 1
    return taken


@transaction.atomic
def accept_invitation(*, token: str, name: str = "", email: str = "", by: Standing) -> Person:
    """Take up an invitation, once: the person is written down if new, and holds the post from today.

    `email` is asked for only when the invitation went by letter alone. Raises Conflict when it cannot be taken up
    (any more), Refused when somebody else is signed in, Invalid when a letter's reader gives a known address.
    """
    invitation = _still_open(token)
    person = _person_taking_up(invitation, name, email, by)
    move(invitation, InvitationState.ACCEPTED, closed_at=clock.now())
    as_person = replace(by, person=person.pk, name=person.name)
    _take_post(invitation, person, as_person)
    write_down("people.accept_invitation", invitation, {"post": invitation.post}, as_person)
    return person


def _take_post(invitation: Invitation, person: Person, by: Standing) -> None:
    """The post is theirs from the day of the invitation, or from today; whoever they follow leaves the day before.

    It counts in the partnership that invited them; in every one of the school's where it did so before and the school
    itself named them. Nobody makes way for themselves, nor for somebody who came to another post by an invitation passed on.
    """
    first = max(invitation.from_on or clock.today(), clock.today())
    before = Role.objects.filter(pk=invitation.succeeds_id or "-", post=invitation.post).exclude(person=person).first()
    write_role(
        person=person,
        post=Post(invitation.post),
        school=invitation.school,
        partnership=None if invitation.school else invitation.partnership,
        from_on=first,
        until_on=None,
        through=None if not invitation.school or _named_by_the_school(invitation, before) else invitation.partnership,
        by=by,
    )
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=person, stood_until=before.until_on if before else None)
    if before and invitation.from_on:
        make_way(before, first, by)


def _named_by_the_school(invitation: Invitation, before: Role | None) -> bool:
    """Whether somebody whose own post in the school counts everywhere named who follows on such a post."""
    if not before or before.through_id:
        return False
    theirs = Role.objects.filter(Role.objects.lasting(clock.today()), person=invitation.invited_by_id, through=None)
    return theirs.filter(school=invitation.school_id).exists()


def _person_taking_up(invitation: Invitation, name: str, email: str, by: Standing) -> Person:
    """Whose the invitation is: the person of its address, or of a letter whoever is signed in or somebody new."""
    signed_in = Person.objects.filter(pk=by.person).first() if by.person else None
    require(may_take_up(by, signed_in.email or "" if signed_in else "", invitation.email))
    if signed_in:
        return signed_in
    address = invitation.email or email.strip().lower()
    if not address:
        raise Invalid(email="Enter the e-mail address that you want to sign in with")
    known = Person.objects.filter(email=address).first()
    if known is None:
        try:
            with transaction.atomic():
                return write_person(name=name or invitation.name or Post(invitation.post).label, email=address, by=by)
        except IntegrityError:
            raise Conflict("Somebody has just taken up an invitation with this address.") from None
    if not invitation.email:
        raise Invalid(email="There is an account with this address. Sign in first, then type the code again")
    if not known.is_active:
        raise Refused("The account with this address was closed. Ask the partnership's office to open it again.")
    return known


@transaction.atomic
def pass_on(*, invitation_token: str, email: str, name: str, post: Post, by: Standing) -> Invitation:
    """Send an invitation on to a colleague of the same school; the link it came with ends, the colleague gets a new one."""
    invitation, address = _still_open(invitation_token), email.strip().lower()
    require(can_go_to(Post(invitation.post), Post(post)))
    if address == invitation.email:
        raise Invalid(email="This is the address that the invitation came to: enter a colleague's")
    if invitation.hands >= HANDS_AN_INVITATION_GOES_THROUGH:
        raise Conflict(
            "This invitation has been passed on often enough. Ask the partnership's office to send one to the right person."
        )
    move(invitation, InvitationState.PASSED_ON, closed_at=clock.now())
    passed, token, _ = _offer_again(invitation, address, Post(post), name, invitation.hands + 1, by)
    write_down("people.pass_on", invitation, {"to": passed.pk, "post": passed.post}, by)
    from_whom = invitation.name or Post(invitation.post).label
    send_link(template="people/passed_on.txt", invitation=passed, token=token, words={"from_whom": from_whom}, by=by)
    return passed


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: Standing) -> Invitation:
    """Withdraw an invitation that nobody has taken up. Raises Conflict when somebody has."""
    require(may_change_invitation(by, invitation.school_id, invitation.partnership_id))
    move(invitation, InvitationState.CANCELLED, closed_at=clock.now())
    write_down("people.cancel_invitation", invitation, {"post": invitation.post}, by)
    return invitation


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: Standing) -> tuple[Invitation, str, str]:
    """Send an invitation again with a new link that lasts anew; the old link and code end."""
    require(may_change_invitation(by, invitation.school_id, invitation.partnership_id))
    move(invitation, InvitationState.REPLACED, closed_at=clock.now())
    renewed, token, code = _offer_again(
        invitation, invitation.email, Post(invitation.post), invitation.name, invitation.hands, by
    )
    if renewed.email:
        send_link(template="people/invitation.txt", invitation=renewed, token=token, by=by)
    return renewed, token, code


@transaction.atomic
def open_letter(*, letters: list[Invitation], code: str, by: Standing) -> str | None:
    """Try a letter's code on the open invitations of a school; gives a ticket that stands for the link for an hour.

    Every try is counted on each of them, whatever comes of it, in the database: the limit holds over all processes.
    Nothing is used up. Raises Conflict when there were too many tries.
    """
    right, tried = None, 0
    for letter in letters:
        if count_try(invitation=letter.pk, by=by):
            tried += 1
            if tokens.is_code(letter.pk, code, letter.code_hash):
                right = letter
    if letters and not tried:
        raise Conflict("The code of this school was tried too often today. Try again tomorrow, or ring the partnership's office.")
    if right is None:
        return None
    Invitation.objects.filter(pk=right.pk).update(tries=F("tries") - 1)
    write_down("people.open_letter", right, {"post": right.post}, by)
    return tokens.ticket_for(right.pk)


def _offer_again(
    invitation: Invitation, email: str, post: Post, name: str, hands: int, by: Standing
) -> tuple[Invitation, str, str]:
    """What follows an invitation that was closed: to the same place, for the same purpose, from the same day."""
    return offer(
        by, email=email, name=name, post=post, school=invitation.school, partnership=invitation.partnership, hands=hands,
        purpose=Purpose(invitation.purpose), from_on=invitation.from_on, succeeds=invitation.succeeds, follows=invitation,
    )  # fmt: skip


def _still_open(token: str) -> Invitation:
    """The invitation of a link that can be taken up. Raises Conflict with the reason otherwise."""
    invitation = invitation_for(token)
    if invitation is None:
        raise Conflict("This link is not one of ours, or it was cut short on the way. Open it from the e-mail again.")
    verdict = openness_of(invitation)
    if not verdict:
        raise Conflict(verdict.reason)
    return invitation
