"""Who comes next: successors, shared mailboxes, and the question of each September."""

from datetime import date
from functools import partial

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.verdict import require
from alongside.ground.core.words import day_of, short_date
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page
from alongside.members.people.actions import september as september_actions, succession
from alongside.members.people.forms.people import MailboxForm, SeptemberForm, SuccessorForm
from alongside.members.people.models import Invitation
from alongside.members.people.permissions import may_invite_colleague, may_keep_people, may_pass_on_mailbox, may_see_people
from alongside.members.people.queries import roles, september as september_queries
from alongside.members.people.rules.roles import can_follow_from, days_without, left_by_september, may_confirm_people_on
from alongside.members.people.views.keeping import invited, people_of, role_at


def invite_successor(request: Asked, slug: str, role: str) -> HttpResponse:
    """Invite whoever comes next, from a day; the one before leaves the day before."""
    held = role_at(request, role)
    require(may_invite_colleague(request.who, held.get_post(), held.school_id, request.partnership.pk, True))
    suggested, post = date(academic_year_of(clock.today()).last_on.year, 9, 1), held.get_post_display()
    initial = {"from_on": suggested} if can_follow_from(suggested, clock.today(), held.from_on) else {}
    back, until = people_of(slug, held.school), f", until {short_date(held.until_on)}" if held.until_on else ""

    def named(row: Invitation) -> Done:
        first = row.from_on or clock.today()
        words = f"{row.name} is invited from {short_date(first)}. {held.person.name} stays in the post until the answer is yes."
        if empty := days_without(held.until_on, first):
            days = f"From {short_date(empty[0])} until {short_date(empty[1])}"
            words += f" {days} nobody would be {post.lower()}: {held.person.name} goes before that."
        return invited(request, row, words)

    return form_page(
        request, partial(SuccessorForm, initial=initial),
        partial(succession.invite_successor, role=held, partnership=request.partnership),
        title=f"Who comes after {held.person.name}?", caption=held.place, back=back, button="Send the invitation",
        lead=f"{post} since {short_date(held.from_on)}{until}. The next one is invited now and begins on the day you choose.",
        done=named, next=back[1], page="people/invite_successor.html", role=held,
    )  # fmt: skip


def pass_on_mailbox(request: Asked, slug: str, role: str) -> HttpResponse:
    """Let the next holder of a post have the shared mailbox."""
    held, who = role_at(request, role), request.who
    places = roles.places_of(held.person, viewer=who)
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
    school = found(roles.school_of_partnership(urn, partnership=partnership, viewer=who))
    require(may_keep_people(who, school.pk, partnership.pk))
    year, is_open = academic_year_of(today), may_confirm_people_on(today)
    held = [(row.role, row.name, row.post) for row in roles.people_of_school(school, viewer=who) if row.from_on <= today]
    title, lead = "Are these your people this year?", "Three minutes, once each September. What somebody may do here follows "
    lead += "from the post they hold."
    if check := september_queries.september_of(school, partnership=partnership, viewer=who).done:
        title, lead = f"Confirmed for {year}", f"By {check[0]} on {short_date(day_of(check[1]))}. Change anything since then on "
        lead += "the page of your people."
    elif not is_open:
        title, lead = "The September check", is_open.reason
    back = people_of(slug, school)

    def onward(_: object) -> str:
        """To the school's page, or to one's own for whoever has just said that they have left."""
        now = roles.standing_of(found(roles.person_of(viewer=who)))
        return back[1] if may_see_people(now, school.pk, partnership.pk) else reverse("people:account")

    return form_page(
        request, partial(SeptemberForm, roles=held, initial={"left_on": left_by_september(today)}),
        partial(september_actions.confirm_people, partnership=partnership, school=school),
        title=title, caption=school.name, lead=lead, back=back, button=f"That is right for {year}",
        done=lambda row: f"Thank you. That is confirmed for {year}.", next=onward,
        page="people/september.html", school=school, held=held, asks=is_open and not check,
    )  # fmt: skip
