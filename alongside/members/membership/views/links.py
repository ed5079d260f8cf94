"""What opens from the link of an invitation, without signing in; and what a link says that has been used."""

from functools import partial
from typing import Any

from allauth.decorators import rate_limit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, no
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import Done
from alongside.members.membership.actions import answering
from alongside.members.membership.actions.answering import Given
from alongside.members.membership.forms.answers import FORMS, PassOnInvitationForm
from alongside.members.membership.models import Answer
from alongside.members.membership.queries import answers as answers_queries, texts
from alongside.members.membership.queries.invitations import mail_passed_on
from alongside.members.membership.rules.answers import AnswerKind, AnswerState
from alongside.members.membership.views.answers import answer_page, given_words, slower
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Invitation
from alongside.members.people.passing_on import passed_on, passing_on
from alongside.members.people.queries.invitations import invitation_for, openness_of, passed_on_to, posts_to_pass_on
from alongside.members.people.rules.roles import InvitationState
from alongside.members.people.signing_in import sign_in, somebody_else
from alongside.members.posts.queries import posts_to_choose
from alongside.members.posts.rules import Level, PostHere
from alongside.members.schools.models import School

UNKNOWN = no(
    "This link is not one of ours, or it was cut short on the way. Open it from the e-mail again, or copy the whole line."
)


@never_cache
def invited(request: Asked, slug: str, token: str) -> HttpResponse:
    """Answer from the link of an invitation, without signing in. Opening it uses nothing up and says nothing of the school."""
    partnership, invitation = request.partnership, invitation_for(token)
    choice = AnswerKind.in_address(request.GET.get("choice", ""))
    here, school = reverse("membership:invited", args=[slug, token]), _invited_school(request, invitation)
    if not school or not invitation:
        return _closed(request, invitation, token, choice)
    if request.method == "GET" and (page := somebody_else(request, invitation, here)):
        own = request.who.holds(school=school.pk) and not request.who.runs(partnership.pk)
        return redirect("membership:answer", slug=slug, urn=school.urn) if own else page
    stands = _stands(request, invitation)
    if stands is not None and stands.answer_state is AnswerState.SIGNED and choice is not AnswerKind.QUESTION:
        return _closed(request, invitation, token, choice)

    def deed(*, choice: AnswerKind, post: str, by: Standing, **words: Any) -> tuple[list[Given], bool]:
        """The answer is given; whose browser may be signed in is, and answers for the other schools of the same address."""
        person, given = answering.answer_by_link(
            partnership=partnership, school=school, token=token, post=post, choice=choice, words=words, by=by
        )
        inside = sign_in(request, person)
        if inside:
            answering.take_up_others(partnership=partnership, person=person, post=post, by=by)
        return given, inside

    def done(choice: AnswerKind, made: tuple[list[Given], bool]) -> Done:
        said = given_words(choice, made[0])
        outside = Done(f"{said.words} To see or change it, sign in with your e-mail address.")
        return said if made[1] else outside

    def following(made: tuple[list[Given], bool]) -> str:
        """To one's own page when the browser may be signed in, to the prospectus otherwise."""
        return reverse("membership:answer", args=[slug, school.urn]) if made[1] else reverse("membership:prospectus", args=[slug])

    try:
        return answer_page(
            request, school, choice, here, [school],
            {"name": invitation.name, "post": invitation.post if invitation.hands > 1 else None}, deed, done, following,
            listed=_listed(partnership), needs_email=not invitation.email, invitation=invitation, token=token, mine=None,
        )  # fmt: skip
    except Conflict:
        now = invitation_for(token)
        if now is None or openness_of(now):  # nobody was quicker: something else is in the way
            raise
        return _closed(request, now, token, choice)


def _listed(partnership: Partnership) -> list[PostHere]:
    """The posts of which whoever has a link says which is theirs."""
    return posts_to_choose(partnership, Level.SCHOOL, Level.TRUST, viewer=Standing.system())


def _invited_school(request: Asked, invitation: Invitation | None) -> School | None:
    """The school of an invitation of this partnership that can be taken up."""
    here = invitation and invitation.partnership_id == request.partnership.pk
    return invitation.school if invitation and here and openness_of(invitation) else None


def _stands(request: Asked, invitation: Invitation | None) -> Answer | None:
    """How the school of a link stands, for whoever holds it: not where the link was withdrawn, it may have been mistyped."""
    here = invitation and invitation.partnership_id == request.partnership.pk and invitation.state != InvitationState.CANCELLED
    if not (invitation and here and invitation.school):
        return None
    return answers_queries.answer_at(request.partnership, invitation.school.urn, viewer=Standing.system())


def _closed(request: Asked, invitation: Invitation | None, token: str, choice: AnswerKind | None = None) -> HttpResponse:
    """A link that cannot be used (any more): its school's people go on signed in, others read who answered what, and what to do.
    What somebody typed who was slower stands there to be copied."""
    partnership = request.partnership
    known = invitation if invitation and invitation.partnership_id == partnership.pk else None
    here = reverse("membership:invited", args=[partnership.slug, token])
    if known and (passed := passed_on_to(known)):
        return passed_on(request, known, passed, partial(answering.take_back, token=token), here)
    if known and known.school and request.who.holds(school=known.school_id) and request.method != "POST":
        return redirect("membership:answer", slug=partnership.slug, urn=known.school.urn)
    if not known and not texts.prospectus_of(partnership, viewer=request.who):
        raise Http404  # nothing is public of this partnership, not even its name
    if known and known.school and (stands := _stands(request, known)):
        may_ask = f"{here}?choice=question" if openness_of(known) else ""
        form = None
        if choice and request.method == "POST":
            form = FORMS[choice](request.POST, schools=[known.school], listed=_listed(partnership), needs_email=not known.email)
        return slower(request, stands, form, invitation=known, verdict=openness_of(known), may_ask=may_ask)
    shown = {"verdict": openness_of(known) if known else UNKNOWN}
    return render(request, "membership/closed.html", shown, status=410 if known else 404)


@never_cache
@rate_limit(action="pass_on")
def pass_on(request: Asked, slug: str, token: str) -> HttpResponse:
    """Send the invitation on to a colleague of the same school."""
    partnership, invitation = request.partnership, invitation_for(token)
    if not _invited_school(request, invitation) or not invitation:
        return _closed(request, invitation, token)
    mail = mail_passed_on(partnership, viewer=request.who) if request.method == "POST" else {}
    here = reverse("membership:invited", args=[slug, token])
    deed = partial(answering.pass_on, partnership=partnership, token=token)
    look = partial(people.look_at_passing_on, invitation_token=token, **mail)
    return passing_on(request, invitation, partial(PassOnInvitationForm, posts=posts_to_pass_on(invitation)), deed, look, here)


@require_POST
def read_prospectus(request: Asked, slug: str, token: str) -> HttpResponse:
    """Open the prospectus from the invitation: the school is reading. A button, because scanners follow links."""
    if school := _invited_school(request, invitation_for(token)):
        answering.open_prospectus(partnership=request.partnership, school=school, by=request.who)
    return redirect(reverse("membership:invited", args=[slug, token]) + "?choice=read")
