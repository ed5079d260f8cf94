"""Coming in by a link or by the code of a letter. Opening a page uses nothing up; only sending its form does."""

from functools import partial

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Invalid, Verdict, no
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import form_page
from alongside.members.people import actions, queries
from alongside.members.people.forms.people import CodeForm, LetterNameForm, NameForm, PassOnForm
from alongside.members.people.models import Invitation
from alongside.members.people.rules import Purpose
from alongside.members.people.signing_in import sign_in

ANSWERED_AT = {Purpose.MEMBERSHIP: "membership:invited"}  # where an invitation that asks for more than a name is answered
UNKNOWN = no(
    "This link is not one of ours, or it was cut short on the way. Open it from the e-mail again, or copy the whole line."
)


@login_not_required
@never_cache
def invitation(request: Asked, token: str) -> HttpResponse:
    """Take up a post: one field, one button."""
    row = queries.invitation_for(token)
    verdict = state_of(row)
    if row is None or not verdict:
        return closed(request, row, verdict)
    if row.purpose in ANSWERED_AT and row.partnership:
        return redirect(ANSWERED_AT[Purpose(row.purpose)], slug=row.partnership.slug, token=token)
    post, begins = Post(row.post).label, f", from {short_date(row.from_on)}" if row.from_on else ""
    who = row.invited_by or row.partnership or "The office"
    return form_page(
        request, partial(NameForm if row.email else LetterNameForm, initial={"name": row.name}),
        partial(actions.accept_invitation, token=token),
        title=row.place, caption="You are invited", button="Take up the invitation",
        lead=f"{who} invites you here as {post.lower()}{' of this school' if row.school else ''}{begins}.",
        done=f"Welcome. You are now {post.lower()} at {row.place} here.",
        next=lambda person: reverse("home:me" if sign_in(request, person) else "account_login"),
        page="people/invitation.html", invitation=row, token=token, post=post,
    )  # fmt: skip


@login_not_required
@never_cache
@rate_limit(action="pass_on")
def pass_on(request: Asked, token: str) -> HttpResponse:
    """Send an invitation on to the colleague whose matter it is."""
    row, here = queries.invitation_for(token), reverse("people:invitation", args=[token])
    verdict = state_of(row)
    if row is None or not verdict or not row.school:
        return closed(request, row, verdict)
    return form_page(
        request, partial(PassOnForm, post=Post(row.post), initial={"post": Post.BUSINESS_MANAGER.value}),
        partial(actions.pass_on, invitation_token=token), title="This is for a colleague", caption=row.place, button="Pass it on",
        lead="Tell us who looks after this at your school. We send them a link of their own, and yours ends.",
        back=("No, it is for me after all", here), next=here,
        done=lambda made: f"We have sent {made.name} a link of their own at {made.email}. You need do nothing more.",
    )  # fmt: skip


@login_not_required
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
    ticket = actions.open_letter(letters=queries.letters_of(school, viewer=by), code=code, by=by)
    if ticket is None:
        words = "The school and the code do not go together. Check both against the letter; letters run out after some weeks."
        raise Invalid(letter=words)
    return ticket


def state_of(row: Invitation | None) -> Verdict:
    """Whether the invitation can be taken up, and the reason to show where it cannot."""
    return queries.openness_of(row) if row else UNKNOWN


def closed(request: Asked, row: Invitation | None, verdict: Verdict) -> HttpResponse:
    """What a link shows that opens nothing."""
    return render(request, "people/closed.html", {"verdict": verdict, "invitation": row}, status=404 if row is None else 410)
