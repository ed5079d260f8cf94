"""Inviting colleagues, and ending what they hold."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import require
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, Link, form_page, press
from alongside.members.notices.queries.office import see_message
from alongside.members.people.actions import invitations, roles, second_factor
from alongside.members.people.forms.people import EndRoleForm, InviteForm, SureForm
from alongside.members.people.models import Invitation, Role
from alongside.members.people.permissions import (
    may_change_invitation,
    may_end_role,
    may_free_person,
    may_keep_office,
    may_keep_people,
)
from alongside.members.people.queries import roles as roles_queries
from alongside.members.people.rules.roles import InvitationState
from alongside.members.schools.models import School


def people_of(slug: str, school: School | None) -> Link:
    """The page of a school's people, or of the office."""
    if school:
        return f"People at {school.name}", reverse("people:school", args=[slug, school.urn])
    return "The office", reverse("people:office", args=[slug])


def invite(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Invite a colleague to a post in a school."""
    school = found(roles_queries.school_of_partnership(urn, partnership=request.partnership, viewer=request.who))
    require(may_keep_people(request.who, school.pk, request.partnership.pk))
    return invite_to(request, school)


def invite_office(request: Asked, slug: str) -> HttpResponse:
    """Invite a colleague to the partnership's office."""
    require(may_keep_office(request.who, request.partnership.pk))
    return invite_to(request, None)


def invite_to(request: Asked, school: School | None) -> HttpResponse:
    """The form for a school's colleague, and for the office's."""
    partnership = request.partnership
    back = people_of(partnership.slug, school)
    return form_page(
        request, partial(InviteForm, in_office=school is None),
        partial(invitations.invite_colleague, school=school, partnership=partnership),
        title="Invite a colleague", caption=str(school or partnership), back=back, button="Send the invitation",
        lead="We send them a link that works once. They hold the post as soon as they take it up.",
        done=lambda row: invited(request, row, f"The invitation to {row.email} is on its way."), next=back[1],
    )  # fmt: skip


def invited(request: Asked, row: Invitation, words: str) -> Done:
    """What was sent to somebody who is invited."""
    return Done(words, see_message(row.email, partnership=row.partnership or request.partnership, viewer=request.who))


def role_at(request: Asked, key: str) -> Role:
    """The role that the address names, if the viewer may end it."""
    held = found(roles_queries.role_to_end(key, partnership=request.partnership, viewer=request.who))
    require(may_end_role(request.who, held.person_id, held.school_id, request.partnership.pk, last_manager=False))
    return held


def end_role(request: Asked, slug: str, role: str) -> HttpResponse:
    """End a role, having seen what falls open."""
    held, who = role_at(request, role), request.who
    post, back, is_own = held.get_post_display(), people_of(slug, held.school), held.person_id == request.who.person
    only, warnings = roles_queries.falls_open(held, viewer=who)
    until = f", until {short_date(held.until_on)}" if held.until_on else ""

    def ended(row: Role) -> Done:
        ends = "has ended" if row.ended_at or not row.until_on else f"ends after {short_date(row.until_on)}"
        then = () if is_own else (("Invite somebody to the post", invitation_to(slug, row.school)),)
        return Done(f"{row.person.name}’s role as {post.lower()} {ends}.", then)

    return form_page(
        request, partial(EndRoleForm, warned=bool(warnings)), partial(roles.end_role, role=held),
        title=f"End the role of {held.person.name}", caption=held.place, lead=f"{post} since {short_date(held.from_on)}{until}.",
        back=back, button="End the role", done=ended, next=reverse("people:account") if is_own else back[1],
        page="people/end_role.html", role=held, warnings=warnings, stays=roles_queries.what_stays_after(held, viewer=who),
        verdict=may_end_role(who, held.person_id, held.school_id, request.partnership.pk, only),
    )  # fmt: skip


def invitation_to(slug: str, school: School | None) -> str:
    """The page that invites to a post in the school, or in the office."""
    return reverse("people:invite", args=[slug, school.urn]) if school else reverse("people:invite_office", args=[slug])


def free(request: Asked, slug: str, role: str) -> HttpResponse:
    """Take the second factors off somebody who has lost them."""
    held = found(roles_queries.role_to_end(role, partnership=request.partnership, viewer=request.who))
    offices, back = roles_queries.offices_of(held.person, viewer=request.who), people_of(slug, held.school)
    require(may_free_person(request.who, held.person_id, offices))
    return form_page(
        request, SureForm, lambda sure, by: second_factor.free_person(person=held.person, offices=offices, by=by),
        title=f"Has {held.person.name} lost their second factor?", caption=held.place, back=back, button="Take everything off",
        lead="Then everything they set up is taken off: the app, passkeys, the printed list. They are signed out everywhere, "
        "sign in again with their e-mail address, and set up a new one.",
        done=lambda person: f"{person.name} is signed out everywhere and can set up a new second factor.", next=back[1],
        page="people/free.html",
    )  # fmt: skip


def cancel_invitation(request: Asked, slug: str, key: str) -> HttpResponse:
    """Withdraw an invitation."""
    row = to_change(request, key)

    def withdrawn(row: Invitation) -> Done:
        words = f"The invitation to {who_is_invited(row)} is withdrawn. The link it carried no longer works."
        return Done(words, (("Invite somebody else", invitation_to(slug, row.school)),))

    return press(
        request, partial(invitations.cancel_invitation, invitation=row), done=withdrawn, next=people_of(slug, row.school)[1]
    )


def renew_invitation(request: Asked, slug: str, key: str) -> HttpResponse:
    """Send an invitation again, with a new link."""
    row = to_change(request, key)

    def renewed(made: tuple[Invitation, str, str]) -> Done:
        words = f"A new link is on its way to {who_is_invited(made[0])}. The old one no longer works."
        return invited(request, made[0], words)

    return press(
        request, partial(invitations.renew_invitation, invitation=row), done=renewed, next=people_of(slug, row.school)[1]
    )


def to_change(request: Asked, key: str) -> Invitation:
    """The open invitation that the address names, if the viewer may change it."""
    row = find(Invitation.objects.select_related("school__current", "partnership"), request, pk=key, state=InvitationState.OPEN)
    require(may_change_invitation(request.who, row.school_id, row.partnership_id))
    return row


def who_is_invited(row: Invitation) -> str:
    """The address, or the post of a letter."""
    return row.email or f"the {Post(row.post).label.lower()}"
