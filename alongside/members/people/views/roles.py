"""What people hold and who comes after them: ending a role, successors, shared mailboxes, the question of each September."""

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.verdict import Conflict, Refused, require
from alongside.ground.core.words import day_of, in_a_sentence, short_date
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page, on_its_way, press
from alongside.ground.web.tables import Column, listed
from alongside.members.notices.queries.office import see_message
from alongside.members.people.actions import roles, second_factor, september as checks, succession
from alongside.members.people.forms.people import EndRoleForm, MailboxForm, SeptemberForm, SuccessorForm, SureForm
from alongside.members.people.models import Invitation, Role
from alongside.members.people.permissions import (
    may_end_role,
    may_free_person,
    may_invite_colleague,
    may_keep_people,
    may_keep_place,
    may_pass_on_mailbox,
    may_see_people,
)
from alongside.members.people.queries import roles as roles_queries
from alongside.members.people.queries.schools import confirmed_at, posts_missing, september_of
from alongside.members.people.rules.roles import (
    can_follow_from,
    days_without,
    ending_words,
    left_by_september,
    may_confirm_people_on,
)
from alongside.members.people.views.invitations import invitation_to, invited, people_of
from alongside.members.posts.queries import listed_post

CONFIRMED = (
    Column("name", "Name"),
    Column("title", "Post"),
    Column("until_on", "Until", cell=lambda row: row.until_on and short_date(row.until_on)),
)


def role_at(request: Asked, key: str, in_office: bool | None) -> Role:
    """The role that the address names, in a school or in the office as the address says, that is not over. Raises Conflict for
    a form of one that somebody else has ended meanwhile."""
    held = found(roles_queries.role_to_end(key, in_office, partnership=request.partnership, viewer=request.who))
    if held.ended_at or (held.until_on or clock.today()) < clock.today():
        if request.method == "POST":
            raise Conflict("This role has ended already.")
        raise Http404
    return held


def role_to_end(request: Asked, key: str, in_office: bool) -> Role:
    """That role, if the viewer may end it."""
    held = role_at(request, key, in_office)
    require(may_end_role(request.who, held.person_id, held.school_id, request.partnership.pk, last_manager=False))
    return held


def end_role(request: Asked, slug: str, role: str, in_office: bool = False) -> HttpResponse:
    """End a role, having seen what falls open."""
    held, who = role_to_end(request, role, in_office), request.who
    post, back, is_own = held.post_name, people_of(slug, held.school), held.person_id == request.who.person
    only, warnings = roles_queries.falls_open(held, viewer=who)
    until = f", until {short_date(held.until_on)}" if held.until_on else ""

    def ended(row: Role) -> Done:
        ends = "has ended" if row.ended_at or not row.until_on else f"ends after {short_date(row.until_on)}"
        then = () if is_own else (("Invite somebody to the post", invitation_to(slug, row.school)),)
        return Done(f"{row.person.name}’s role as {in_a_sentence(post)} {ends}.", then)

    return form_page(
        request, partial(EndRoleForm, warned=bool(warnings)), partial(roles.end_role, role=held),
        title=f"End the role of {held.person.name}", caption=held.place, lead=f"{post} since {short_date(held.from_on)}{until}.",
        back=back, button="End the role", done=ended, next=reverse("people:account") if is_own else back[1],
        page="people/end_role.html", role=held, warnings=warnings, stays=roles_queries.what_stays_after(held, viewer=who),
        verdict=may_end_role(who, held.person_id, held.school_id, request.partnership.pk, only),
    )  # fmt: skip


def give_back(request: Asked, slug: str, role: str) -> HttpResponse:
    """Give a post in a school back to who held it until lately."""
    held = found(roles_queries.role_to_end(role, in_office=False, partnership=request.partnership, viewer=request.who))
    require(may_keep_place(request.who, held.school_id, request.partnership.pk))

    def given(made: roles.GivenBack) -> str:
        told = [f"The invitation to {one.name or one.email} in their place is withdrawn." for one in made.withdrawn]
        return " ".join([f"{made.role.person.name} is {in_a_sentence(made.role.post_name)} again.", *told])

    return press(request, partial(roles.give_back, role=held), done=given, next=people_of(slug, held.school)[1])


def free(request: Asked, slug: str, role: str) -> HttpResponse:
    """Take the second factors off somebody who has lost them."""
    held = role_at(request, role, None)
    offices, back = roles_queries.offices_of(held.person, viewer=request.who), people_of(slug, held.school)
    require(may_free_person(request.who, held.person_id, offices))
    if roles_queries.is_at_home_elsewhere(held, request.partnership, viewer=request.who):
        raise Refused("This school has not joined the partnership: an office where it belongs does this for its people.")
    return form_page(
        request, SureForm, lambda sure, by: second_factor.free_person(person=held.person, offices=offices, by=by),
        title=f"Has {held.person.name} lost their second factor?", caption=held.place, back=back, button="Take everything off",
        lead="Then everything they set up is removed: the app, passkeys, the printed list. They are signed out everywhere, "
        "sign in again with their e-mail address, and set up a new one.",
        done=lambda person: f"{person.name} is signed out everywhere and can set up a new second factor.", next=back[1],
        page="people/free.html",
    )  # fmt: skip


def invite_successor(request: Asked, slug: str, role: str, in_office: bool = False) -> HttpResponse:
    """Invite whoever comes next, from a day; the one before leaves the day before."""
    held = role_to_end(request, role, in_office)
    listed = listed_post(held.post, request.partnership)
    require(may_invite_colleague(request.who, listed, held.school_id, request.partnership.pk, True))
    suggested, post = date(academic_year_of(clock.today()).last_on.year, 9, 1), held.post_name
    initial = {"from_on": suggested} if can_follow_from(suggested, clock.today(), held.from_on) else {}
    back, until = people_of(slug, held.school), f", until {short_date(held.until_on)}" if held.until_on else ""

    def named(row: Invitation) -> Done:
        first = row.from_on or clock.today()
        words = f"{row.name} is invited from {short_date(first)}. {held.person.name} stays in the post until the answer is yes."
        if empty := days_without(held.until_on, first):
            days = f"From {short_date(empty[0])} until {short_date(empty[1])}"
            words += f" {days} nobody would be {in_a_sentence(post)}: {held.person.name} goes before that."
        return invited(request, row, words)

    return form_page(
        request, partial(SuccessorForm, initial=initial),
        partial(succession.invite_successor, role=held, partnership=request.partnership),
        title=f"Who comes after {held.person.name}?", caption=held.place, back=back, button="Send the invitation",
        lead=f"{post} since {short_date(held.from_on)}{until}. The next one is invited now and begins on the day you choose.",
        done=named, next=back[1], page="people/invite_successor.html", role=held,
    )  # fmt: skip


def pass_on_mailbox(request: Asked, slug: str, role: str, in_office: bool = False) -> HttpResponse:
    """Let the next holder of a post have the shared mailbox."""
    held, who = role_to_end(request, role, in_office), request.who
    places = roles_queries.places_of(held.person, viewer=who)
    require(may_pass_on_mailbox(who, held.person_id, held.school_id, request.partnership.pk, places))
    back = people_of(slug, held.school)
    return form_page(
        request, MailboxForm, partial(succession.pass_on_mailbox, role=held, partnership=request.partnership),
        title=f"Does somebody else read {held.person.email or 'this mailbox'} now?", caption=held.place, back=back,
        lead="For an address like head@ that belongs to the post. Whoever takes over is invited at the same address, as a person "
        "of their own.", button="Pass the mailbox on",
        done=lambda row: invited(request, row, f"{row.name} is invited at the shared address."),
        next=settings.ACCOUNT_LOGOUT_REDIRECT_URL if held.person_id == who.person else back[1],
        page="people/pass_on_mailbox.html", role=held,
    )  # fmt: skip


def september(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Are these your people this year?"""
    partnership, who, today = request.partnership, request.who, clock.today()
    school = found(roles_queries.school_of_partnership(urn, partnership=partnership, viewer=who))
    require(may_keep_people(who, school.pk, partnership.pk))
    year, is_open = academic_year_of(today), may_confirm_people_on(today)
    held = [row for row in roles_queries.people_of_school(school, viewer=who) if row.from_on <= today]
    check = september_of(school, partnership=partnership, viewer=who)
    title, lead = "Are these your people this year?", "Three minutes, once each September. What somebody may do here follows "
    lead += "from the post they hold."
    if check.at:
        title, lead = f"Confirmed for {year}", f"By {check.by} on {short_date(day_of(check.at))}."
    elif not is_open:
        title, lead = "The September check", is_open.reason
    back = people_of(slug, school)

    def look(said: dict[str, Any]) -> list[str]:
        """Whose post would end, and when; who would be invited in their place."""
        ends = {row.role: row for row in held if row.role in {*said["gone"], *said["followed"]}}
        return [ending_words(row.name, row.said, said["left_on"], said["followed"].get(key), today) for key, row in ends.items()]

    def confirmed(row: checks.Confirmed) -> Done:
        """What was done, whom we wrote to, and where somebody is still to be invited."""
        words, links = [f"Thank you. That is confirmed for {year}."], []
        for one in row.left:
            words.append(f"{one.person.name} has left.")
            invite = reverse("people:invite", args=[slug, urn]) + f"?post={one.post}"
            links += [(f"Invite the next {in_a_sentence(one.post_name)}", invite)] if one.person_id != who.person else []
        for made in row.invited:
            begins = f"from {short_date(made.from_on)}, if they say yes" if made.from_on else "as soon as they say yes"
            words.append(f"{made.name} is invited as {in_a_sentence(made.post_name)}; the post is theirs {begins}.")
            words.append(f"The e-mail to {made.email} is {on_its_way()}.")
            links += see_message(made.email, partnership=partnership, viewer=who)
        links += [("Was it a mistake? Give a post back", f"{back[1]}#ended")] if row.left or row.invited else []
        return Done(" ".join(words), tuple(links))

    def onward(_: object) -> str:
        """To the school's page, or to one's own for whoever has just said that they have left."""
        now = roles_queries.standing_of(found(roles_queries.person_of(viewer=who)))
        return back[1] if may_see_people(now, school.pk, partnership.pk) else reverse("people:account")

    return form_page(
        request, partial(SeptemberForm, roles=held, began=year.first_on, initial={"left_on": left_by_september(today)}),
        partial(checks.confirm_people, partnership=partnership, school=school),
        title=title, caption=school.name, lead=lead, back=back, button=f"That is right for {year}",
        done=confirmed, next=onward, look=look,
        page="people/september.html", school=school, held=held, asks=is_open and not check.at, confirmed_already=check.at,
        confirmed=listed(CONFIRMED, confirmed_at(school, check.at, viewer=who)) if check.at else None,
        missing=posts_missing(partnership, held, viewer=who),
    )  # fmt: skip
