"""Inviting, and taking up an invitation: once, by one, for the address it was sent to."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, Verdict, require
from alongside.ground.core.words import in_a_sentence
from alongside.ground.web.mail import written
from alongside.ground.web.models import move
from alongside.members.partnerships.models import Partnership
from alongside.members.people import tokens
from alongside.members.people.actions.offers import Offered, days_open, draft, offer, send_link, words_of, write_down
from alongside.members.people.actions.roles import make_way, require_may_invite, require_new_here, write_person, write_role
from alongside.members.people.models import Invitation, Person, Role
from alongside.members.people.permissions import may_keep_place, may_take_up
from alongside.members.people.queries.invitations import invitation_for, openness_of, passed_on_to
from alongside.members.people.rules.roles import (
    HANDS_AN_INVITATION_GOES_THROUGH,
    PASSED_ON_AT_MOST,
    TRIES_IN_A_DAY,
    InvitationState,
    Purpose,
    can_go_to,
)
from alongside.members.posts.queries import listed_post
from alongside.members.schools.models import School

PASSED_ON = "people/passed_on.txt"
Words = dict[str, Any] | None


@transaction.atomic
def invite(
    *,
    email: str,
    post: str,
    school: School | None = None,
    partnership: Partnership | None = None,
    purpose: str = Purpose.ROLE,
    name: str = "",
    by: Standing,
) -> Offered:
    """Invite whoever has that address (or only the letter, when it is empty) to a post; sends nothing itself.

    Gives the invitation, the token for its link and the code for its letter: they exist nowhere else. An open
    invitation of the same kind to the same address is replaced.
    """
    require_may_invite(post, school, partnership, by)
    return offer(by, email=email, name=name, post=post, school=school, partnership=partnership, purpose=Purpose(purpose))


@transaction.atomic
def invite_colleague(
    *, email: str, name: str, post: str, school: School | None, partnership: Partnership | None, key: str, by: Standing
) -> Invitation:
    """Invite a colleague to a post in a school, or in a partnership's office, and send them the link, once for each `key`."""
    require_may_invite(post, school, partnership, by)
    purpose = Purpose.ROLE
    invitation, token, _ = offer(
        by, email=email, name=name, post=post, school=school, partnership=partnership, purpose=purpose, key=key
    )
    if not token:
        return invitation
    require_new_here(invitation)
    send_link(invitation=invitation, token=token, by=by)
    return invitation


@transaction.atomic
def accept_own(*, partnership: Partnership, post: str | None = None, by: Standing) -> int:
    """Take up every open invitation of a partnership that came to the signed-in person's own address; gives how many.

    A trust's officer is invited for several academies at once, and has proven the address with the first; `post` is what
    they said they are, in schools that are asked to join.
    """
    person = Person.objects.filter(pk=by.person).first() if by.person else None
    if person is None or not person.email:
        return 0
    waiting = Invitation.objects.open().filter(partnership=partnership, email=person.email, school__isnull=False)
    found = [one for one in waiting.select_related("school__current", "partnership", "succeeds") if openness_of(one)]
    for invitation in found:
        says = post if post and invitation.purpose == Purpose.MEMBERSHIP and _can_go_to(invitation, post) else invitation.post
        _take_up(invitation, person, says, by)
    return len(found)


@transaction.atomic
def accept_invitation(*, token: str, name: str = "", email: str = "", post: str | None = None, by: Standing) -> Person:
    """Take up an invitation, once: the person is written down if new, and holds the post from today.

    `email` is asked for only when the invitation went by letter alone; `post` where whoever takes it up says what they are:
    nobody comes to a post that may do more than the one invited. Raises Conflict when it cannot be taken up (any more),
    Refused when somebody else is signed in, Invalid when a letter's reader gives a known address.
    """
    invitation = _still_open(token)
    post = post or invitation.post
    if post != invitation.post:
        require(_can_go_to(invitation, post))
    person = _person_taking_up(invitation, name, email, by)
    _take_up(invitation, person, post, replace(by, person=person.pk, name=person.name))
    return person


def _take_up(invitation: Invitation, person: Person, post: str, by: Standing) -> None:
    """The post is theirs from the day of the invitation, or from today; whoever they follow leaves the day before.

    It counts in the partnership that invited them; in every one of the school's where it did so before and the school
    itself named them. Nobody makes way for themselves, nor for somebody who came to another post by an invitation passed on.
    """
    move(invitation, InvitationState.ACCEPTED, closed_at=clock.now())
    first = max(invitation.from_on or clock.today(), clock.today())
    before = Role.objects.filter(pk=invitation.succeeds_id or "-", post=post).exclude(person=person).first()
    through = None if invitation.school and _named_by_the_school(invitation, before) else invitation.partnership
    write_role(person=person, post=post, school=invitation.school, partnership=through, from_on=first, by=by)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=person, stood_until=before.until_on if before else None)
    if before and invitation.from_on:
        make_way(before, first, by)
    write_down("people.accept_invitation", invitation, by, post=post)


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
                return write_person(name=name or invitation.name or invitation.post_name, email=address, by=by)
        except IntegrityError:
            raise Conflict("Somebody has just taken up an invitation with this address.") from None
    if not invitation.email:
        raise Invalid(email="There is an account with this address. Sign in first, then type the code again")
    if not known.is_active:
        raise Refused("The account with this address was closed. Ask the partnership's office to open it again.")
    return known


def _can_go_to(invitation: Invitation, post: str) -> Verdict:
    """As the partnership has settled its posts today."""
    return can_go_to(*(listed_post(code, invitation.partnership) for code in (invitation.post, post)))


def _may_pass_on(invitation: Invitation, address: str, post: str) -> None:
    """Raises Refused, Invalid or Conflict where it cannot go to that address and post (any more)."""
    require(_can_go_to(invitation, post))
    if address == invitation.email:
        raise Invalid(email="This is the address that the invitation came to: enter a colleague's")
    passed = Event.objects.filter(act="people.pass_on", row=invitation.pk).count()
    if invitation.hands >= HANDS_AN_INVITATION_GOES_THROUGH or passed >= PASSED_ON_AT_MOST:
        raise Conflict(
            "This invitation has been passed on often enough. Ask the partnership's office to send one to the right person."
        )


def _passed_on_by(invitation: Invitation, by: Standing) -> dict[str, str]:
    """Who passes it on, as far as is known: whoever is signed in, or whose address it came to."""
    name = (by.name if by.person else "") or invitation.name
    who = name or (f"The {in_a_sentence(invitation.post_name)}" if invitation.email else "Whoever opened our letter")
    address = f" ({invitation.email})" if invitation.email else ""
    return {"from_whom": f"{who}{'' if invitation.place in who else f' of {invitation.place}'}{address}"}


@transaction.atomic
def look_at_passing_on(
    *, invitation_token: str, email: str, name: str, post: str, template: str = PASSED_ON, words: Words = None, by: Standing
) -> tuple[str, str]:
    """The subject and words of the mail that a colleague would get; nothing is sent. Raises what `pass_on` raises."""
    invitation, address = _still_open(invitation_token), email.strip().lower()
    _may_pass_on(invitation, address, post)
    place: dict[str, Any] = {"school": invitation.school, "partnership": invitation.partnership, "from_on": invitation.from_on}
    passed, _, _ = draft(by, email=address, name=name, days=days_open(invitation.partnership), post=post, **place)
    said = {**words_of(passed, by), **_passed_on_by(invitation, by), **(words or {}), "link": "(a link of their own)"}
    return written(template, said)


@transaction.atomic
def pass_on(
    *, invitation_token: str, email: str, name: str, post: str, template: str = PASSED_ON, words: Words = None, by: Standing
) -> Invitation:
    """Send an invitation on to a colleague of the same school, who gets a link of their own. The link it came with rests, and
    is good again when that is taken back."""
    invitation, address = _still_open(invitation_token), email.strip().lower()
    _may_pass_on(invitation, address, post)
    move(invitation, InvitationState.PASSED_ON, closed_at=clock.now())
    passed, token, _ = _offer_again(invitation, by, email=address, post=post, name=name, hands=invitation.hands + 1)
    write_down("people.pass_on", invitation, by, to=passed.pk, post=passed.post)
    said = {**_passed_on_by(invitation, by), **(words or {})}
    send_link(invitation=passed, token=token, template=template, words=said, by=by)
    return passed


@transaction.atomic
def take_back(*, invitation_token: str, by: Standing) -> Invitation:
    """Undo that an invitation was passed on, as long as nobody has used it: its own link is good again, the colleague's ends.

    Raises Conflict when somebody has, or when a newer invitation went to the same address.
    """
    invitation = invitation_for(invitation_token)
    last = passed_on_to(invitation) if invitation else None
    if invitation is None or last is None:
        raise Conflict("This cannot be taken back any more: the link that you passed on has been used, or has ended.")
    before: Invitation | None = last
    while before and before.pk != invitation.pk:
        if before.state in (InvitationState.OPEN, InvitationState.PASSED_ON):
            move(before, InvitationState.CANCELLED, closed_at=clock.now())
        before = before.follows
    Invitation.objects.filter(follows=invitation).update(follows=None)  # one follows: it may be passed on again
    try:
        with transaction.atomic():
            move(invitation, InvitationState.OPEN, closed_at=None)
    except IntegrityError:
        raise Conflict("There is a newer invitation to your address: look for a later e-mail.") from None
    write_down("people.take_back", invitation, by, post=invitation.post)
    return invitation


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: Standing) -> Invitation:
    """Withdraw an invitation that nobody has taken up. Raises Conflict when somebody has."""
    require(may_keep_place(by, invitation.school_id, invitation.partnership_id))
    move(invitation, InvitationState.CANCELLED, closed_at=clock.now())
    write_down("people.cancel_invitation", invitation, by, post=invitation.post)
    return invitation


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: Standing) -> Offered:
    """Send an invitation again with a new link that lasts anew; the old link and code end."""
    require(may_keep_place(by, invitation.school_id, invitation.partnership_id))
    move(invitation, InvitationState.REPLACED, closed_at=clock.now())
    again = {"email": invitation.email, "post": invitation.post, "name": invitation.name, "hands": invitation.hands}
    renewed, token, code = _offer_again(invitation, by, **again)
    if renewed.email:
        send_link(invitation=renewed, token=token, by=by)
    return renewed, token, code


@transaction.atomic
def open_letter(*, letters: list[Invitation], code: str, by: Standing) -> str | None:
    """Try a letter's code on the open invitations of a school; gives a ticket that stands for the link for an hour.

    Every try is counted on each of them, whatever comes of it, in the database: the limit holds over all processes.
    Nothing is used up. Raises Conflict when there were too many tries.
    """
    right, tried = None, 0
    for letter in letters:
        if _has_try_left(letter):
            tried += 1
            if tokens.is_code(letter.pk, code, letter.code_hash):
                right = letter
    if letters and not tried:
        raise Conflict("The code of this school was tried too often today. Try again tomorrow, or ring the partnership's office.")
    if right is None:
        return None
    Invitation.objects.filter(pk=right.pk).update(tries=F("tries") - 1)
    write_down("people.open_letter", right, by, post=right.post)
    return tokens.ticket_for(right.pk)


def _has_try_left(letter: Invitation) -> bool:
    """Count one try at a letter's code, if one is left today; of many at once no more than the limit succeed.

    Tries live by real time, not by a demonstration's clock.
    """
    now = clock.now() - clock.moved.get()
    day_over = Q(tries_from=None) | Q(tries_from__lte=now - timedelta(days=1))
    this = Invitation.objects.filter(pk=letter.pk)
    if this.filter(day_over).update(tries=1, tries_from=now):
        return True
    return bool(this.filter(~day_over, tries__lt=TRIES_IN_A_DAY).update(tries=F("tries") + 1))


def _offer_again(invitation: Invitation, by: Standing, **facts: Any) -> Offered:
    """What follows an invitation that was closed: to the same place, for the same purpose, from the same day."""
    return offer(
        by, school=invitation.school, partnership=invitation.partnership, purpose=Purpose(invitation.purpose),
        from_on=invitation.from_on, succeeds=invitation.succeeds, follows=invitation, **facts,
    )  # fmt: skip


def _still_open(token: str) -> Invitation:
    """The invitation of a link that can be taken up. Raises Conflict with the reason otherwise."""
    invitation = invitation_for(token)
    if invitation is None:
        raise Conflict("This link is not one of ours, or it was cut short on the way. Open it from the e-mail again.")
    if not (verdict := openness_of(invitation)):
        raise Conflict(verdict.reason)
    return invitation
