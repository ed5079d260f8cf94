"""Inviting: one or all of a sheet; and coming in by a link or by the code of a letter. Opening a page uses nothing up; only
sending its form does."""

import csv
import io
from collections.abc import Sequence
from functools import partial

from allauth.decorators import rate_limit
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alongside.ground.core.sheets import is_guess, rows_of, text_rows, unread_in
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Invalid, Verdict, no, require
from alongside.ground.core.words import in_a_sentence, plural, short_date
from alongside.ground.web import sheets
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, Link, form_page, on_its_way, press, say_and_go
from alongside.ground.web.tables import Column, listed
from alongside.members.notices.queries.office import see_message
from alongside.members.people.actions import invitations, offers
from alongside.members.people.forms.people import (
    CheckedSheetForm,
    CodeForm,
    InviteForm,
    LetterNameForm,
    NameForm,
    PassOnForm,
    SheetForm,
)
from alongside.members.people.models import Invitation
from alongside.members.people.passing_on import passed_on, passing_on
from alongside.members.people.permissions import may_keep_office, may_keep_people, may_keep_place, may_list_people
from alongside.members.people.queries import invitations as invitations_queries
from alongside.members.people.queries.roles import school_of_partnership
from alongside.members.people.queries.schools import schools_to_fill_in
from alongside.members.people.rules.bulk import COLUMNS, read_lines
from alongside.members.people.rules.roles import Purpose
from alongside.members.people.signing_in import sign_in, somebody_else
from alongside.members.posts.queries import posts_to_choose, title_of
from alongside.members.posts.rules import Level
from alongside.members.schools.models import School

ANSWERED_AT = {Purpose.MEMBERSHIP: "membership:invited"}  # where an invitation that asks for more than a name is answered
UNKNOWN = no(
    "This link is not one of ours, or it was cut short on the way. Open it from the e-mail again, or copy the whole line."
)
SHOWN = 100  # right lines shown of a long sheet
WRONG_SHOWN = 500
REMARKS = (
    Column("number", "Where", cell=lambda row: f"Line {row.number}", classes="al-nowrap"),
    Column("said", "What it says", cell=lambda row: row.said or "Nothing", classes="al-lines"),
    Column("remedy", "What to do"),
)
READY = (
    Column("name", "Name"),
    Column("email", "E-mail", classes="al-lines"),
    Column("post", "Post", cell=lambda row: title_of(row.post)),
    Column("school_name", "School"),
)


@never_cache
def invitation(request: Asked, token: str) -> HttpResponse:
    """Take up a post: one field, one button."""
    row, here = invitations_queries.invitation_for(token), reverse("people:invitation", args=[token])
    verdict = invitations_queries.openness_of(row) if row else UNKNOWN
    if row and row.purpose in ANSWERED_AT and row.partnership:
        return redirect(ANSWERED_AT[Purpose(row.purpose)], slug=row.partnership.slug, token=token)
    if row and (passed := invitations_queries.passed_on_to(row)):
        return passed_on(request, row, passed, partial(invitations.take_back, invitation_token=token), here)
    if row is None or not verdict:
        return closed(request, row, verdict)
    if request.method == "GET" and (page := somebody_else(request, row, here)):
        return page
    post, begins = row.post_name, f", from {short_date(row.from_on)}" if row.from_on else ""
    who = row.invited_by or row.partnership or "The office"
    return form_page(
        request, partial(NameForm if row.email else LetterNameForm, initial={"name": row.name}),
        partial(invitations.accept_invitation, token=token),
        title=row.place, caption="You are invited", button="Take up the invitation",
        lead=f"{who} invites you here as {in_a_sentence(post)}{' of this school' if row.school else ''}{begins}.",
        done=f"Welcome. You are now {in_a_sentence(post)} at {row.place} here.",
        next=lambda person: reverse("home:me" if sign_in(request, person) else "account_login"),
        page="people/invitation.html", invitation=row, token=token, post=post,
    )  # fmt: skip


@never_cache
@rate_limit(action="pass_on")
def pass_on(request: Asked, token: str) -> HttpResponse:
    """Send an invitation on to the colleague whose matter it is."""
    row, here = invitations_queries.invitation_for(token), reverse("people:invitation", args=[token])
    verdict = invitations_queries.openness_of(row) if row else UNKNOWN
    if row and (passed := invitations_queries.passed_on_to(row)):
        return passed_on(request, row, passed, partial(invitations.take_back, invitation_token=token), here)
    if row is None or not verdict or not row.school:
        return closed(request, row, verdict)
    form = partial(PassOnForm, posts=invitations_queries.posts_to_pass_on(row), initial={"post": Post.BUSINESS_MANAGER.value})
    deed = partial(invitations.pass_on, invitation_token=token)
    look = partial(invitations.look_at_passing_on, invitation_token=token)
    return passing_on(request, row, form, deed, look, here)


@never_cache
@rate_limit(action="letter")
def code(request: Asked) -> HttpResponse:
    """Type the code of a letter; what it opens is then shown as if the link had been opened."""
    return form_page(
        request, CodeForm, opened, title="Type the code in your letter", button="Open",
        lead="Some schools’ mail is blocked before it arrives, so we wrote to you on paper. The code opens the same page that "
        "the link would have.", done="That is the code. This is what the letter is about.",
        next=lambda ticket: reverse("people:invitation", args=[ticket]), page="people/code.html",
    )  # fmt: skip


def opened(*, school: str, code: str, by: Standing) -> str:
    """The ticket of the letter that the code opens."""
    ticket = invitations.open_letter(letters=invitations_queries.letters_of(school, viewer=by), code=code, by=by)
    if ticket is None:
        words = "The school and the code do not go together. Check both against the letter; letters run out after some weeks."
        raise Invalid(letter=words)
    return ticket


def closed(request: Asked, row: Invitation | None, verdict: Verdict) -> HttpResponse:
    """What a link shows that opens nothing."""
    return render(request, "people/closed.html", {"verdict": verdict, "invitation": row}, status=404 if row is None else 410)


def people_of(slug: str, school: School | None) -> Link:
    """The page of a school's people, or of the office."""
    if school:
        return f"People at {school.name}", reverse("people:school", args=[slug, school.urn])
    return "The office", reverse("people:office", args=[slug])


def invite(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Invite a colleague to a post in a school."""
    school = found(school_of_partnership(urn, partnership=request.partnership, viewer=request.who))
    require(may_keep_people(request.who, school.pk, request.partnership.pk))
    return invite_to(request, school)


def invite_office(request: Asked, slug: str) -> HttpResponse:
    """Invite a colleague to the partnership's office."""
    require(may_keep_office(request.who, request.partnership.pk))
    return invite_to(request, None)


def invite_to(request: Asked, school: School | None) -> HttpResponse:
    """The form for a school's colleague, and for the office's."""
    partnership = request.partnership
    back, levels = people_of(partnership.slug, school), (Level.SCHOOL, Level.TRUST) if school else (Level.OFFICE,)
    posts = posts_to_choose(partnership, *levels, viewer=request.who)
    return form_page(
        request, partial(InviteForm, posts=posts, initial={"post": request.GET.get("post", "")}),
        partial(invitations.invite_colleague, school=school, partnership=partnership),
        title="Invite a colleague", caption=str(school or partnership), back=back, button="Send the invitation",
        lead="We send them a link that works once. They hold the post as soon as they take it up.",
        done=lambda row: invited(request, row, f"The invitation to {row.email} is {on_its_way()}."), next=back[1],
    )  # fmt: skip


def invited(request: Asked, row: Invitation, words: str) -> Done:
    """What was sent to somebody who is invited."""
    return Done(words, see_message(row.email, partnership=row.partnership or request.partnership, viewer=request.who))


def invitation_to(slug: str, school: School | None) -> str:
    """The page that invites to a post in the school, or in the office."""
    return reverse("people:invite", args=[slug, school.urn]) if school else reverse("people:invite_office", args=[slug])


def cancel_invitation(request: Asked, slug: str, key: str, in_office: bool = False) -> HttpResponse:
    """Withdraw an invitation."""
    row = to_change(request, key, in_office)

    def withdrawn(row: Invitation) -> Done:
        words = f"The invitation to {who_is_invited(row)} is withdrawn. The link it carried no longer works."
        return Done(words, (("Invite somebody else", invitation_to(slug, row.school)),))

    return press(
        request, partial(invitations.cancel_invitation, invitation=row), done=withdrawn, next=people_of(slug, row.school)[1]
    )


def renew_invitation(request: Asked, slug: str, key: str, in_office: bool = False) -> HttpResponse:
    """Send an invitation again, with a new link."""
    row = to_change(request, key, in_office)

    def renewed(made: tuple[Invitation, str, str]) -> Done:
        words = f"A new link is {on_its_way(who_is_invited(made[0]))}. The old one no longer works."
        return invited(request, made[0], words)

    return press(
        request, partial(invitations.renew_invitation, invitation=row), done=renewed, next=people_of(slug, row.school)[1]
    )


def to_change(request: Asked, key: str, in_office: bool) -> Invitation:
    """The invitation that the address names, to a school or to the office as it says, if the viewer may change it. Whether it is
    open still the deed asks: two people may have pressed."""
    rows = Invitation.objects.select_related("school__current", "partnership").filter(school__isnull=in_office)
    row = find(rows, request, pk=key)
    require(may_keep_place(request.who, row.school_id, row.partnership_id))
    return row


def who_is_invited(row: Invitation) -> str:
    """The address, or the post of a letter."""
    return row.email or f"the {in_a_sentence(row.post_name)}"


def invite_many(request: Asked, slug: str) -> HttpResponse:
    """Look a sheet through, then invite everybody in it: first what would happen, then the button that does it."""
    require(may_list_people(request.who, request.partnership.pk))
    if "rows" in request.POST:
        return invite_all(request, slug)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data["file"].read()
            return checked(request, rows_of(data), is_guessed=is_guess(data), unread=unread_in(data))
        except Invalid as problem:
            form.refuse(problem)
    return render(request, "people/invite_many.html", {"form": form})


def invite_all(request: Asked, slug: str) -> HttpResponse:
    """Send the invitations of a sheet that was looked through."""
    form = CheckedSheetForm(request.POST)
    if not form.is_valid():
        return redirect("people:invite_many", slug=slug)
    try:
        rows = text_rows(form.cleaned_data["rows"])
        sent = offers.invite_many(partnership=request.partnership, rows=rows, seen=form.cleaned_data["seen"], by=request.who)
    except Invalid as problem:
        return checked(request, text_rows(form.cleaned_data["rows"]), problem)
    words = f"{plural(len(sent.ready), 'invitation')} {on_its_way(among='the')}."
    links = (("E-mails that were sent", reverse("notices:list", args=[slug])),)
    return say_and_go(request, sent, Done(words, links), reverse("people:list", args=[slug]))


def checked(
    request: Asked,
    rows: Sequence[Sequence[str]],
    problem: Invalid | None = None,
    *,
    is_guessed: bool = False,
    unread: Sequence[str] = (),
) -> HttpResponse:
    """What a sheet would do, and what of it was not read; where its letters are guessed, with the names that show whether
    rightly."""
    reading = read_lines(rows, invitations_queries.known_for(request.partnership, viewer=request.who))
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    form = CheckedSheetForm(initial={"rows": text.getvalue(), "seen": reading.shown})
    context = {
        "reading": reading,
        "form": form,
        "wrong": listed(REMARKS, reading.wrong[:WRONG_SHOWN]),
        "right": listed(READY, reading.ready[:SHOWN]),
        "unread": unread,
        "problem": ". ".join(problem.problems.values()) if problem else "",
        "doubtful": [one.name for one in reading.ready if is_guessed and not one.name.isascii()][:SHOWN],
    }
    return render(request, "people/invite_many_checked.html", context)


def invite_template(request: Asked, slug: str) -> HttpResponseBase:
    """The sheet to fill in, with the partnership's schools."""
    require(may_list_people(request.who, request.partnership.pk))
    schools = schools_to_fill_in(request.partnership, viewer=request.who)
    lines = (("", "", "", row.school__current__urn, row.school__current__name) for row in schools)
    return sheets.sheet(request, f"{slug}-invitations", COLUMNS, lines)
