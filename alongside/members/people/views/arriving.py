"""Coming in by a link or by the code of a letter. Opening a page uses nothing up; only sending its form does."""

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Invalid, Verdict, no
from alongside.ground.web.asked import Asked
from alongside.members.people import actions, queries
from alongside.members.people.forms import CodeForm, LetterNameForm, NameForm, PassOnForm
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
    found = queries.invitation_for(token)
    verdict = state_of(found)
    if found is None or not verdict:
        return render(
            request, "people/closed.html", {"verdict": verdict, "invitation": found}, status=404 if found is None else 410
        )
    if found.purpose in ANSWERED_AT and found.partnership:
        return redirect(ANSWERED_AT[Purpose(found.purpose)], slug=found.partnership.slug, token=token)
    form = (NameForm if found.email else LetterNameForm)(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.accept_invitation(token=token, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"Welcome. You are now {Post(found.post).label.lower()} at {found.place} here.")
            if sign_in(request, person):
                return redirect("home:me")
            return redirect("account_login")
    return render(
        request, "people/invitation.html", {"form": form, "invitation": found, "token": token, "post": Post(found.post).label}
    )


@login_not_required
@never_cache
@rate_limit(action="pass_on")
def pass_on(request: Asked, token: str) -> HttpResponse:
    """Send an invitation on to the colleague whose matter it is."""
    found = queries.invitation_for(token)
    verdict = state_of(found)
    if found is None or not verdict or not found.school:
        return render(
            request, "people/closed.html", {"verdict": verdict, "invitation": found}, status=404 if found is None else 410
        )
    form = PassOnForm(request.POST or None, post=Post(found.post), initial={"post": Post.BUSINESS_MANAGER.value})
    if request.method == "POST" and form.is_valid():
        try:
            passed = actions.pass_on(invitation_token=token, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(
                request, f"We have sent {passed.name} a link of their own at {passed.email}. You need do nothing more."
            )
            return redirect("people:invitation", token=token)
    return render(request, "people/pass_on.html", {"form": form, "invitation": found, "token": token})


@login_not_required
@never_cache
@rate_limit(action="letter")
def code(request: Asked) -> HttpResponse:
    """Type the code of a letter; what it opens is then shown as if the link had been opened."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        letters = queries.letters_of(form.cleaned_data["school"], viewer=request.who)
        ticket = actions.open_letter(letters=letters, code=form.cleaned_data["code"], by=request.who)
        if ticket:
            return redirect(reverse("people:invitation", args=[ticket]))
        form.add_error(
            None, "The school and the code do not go together. Check both against the letter; letters run out after some weeks."
        )
    return render(request, "people/code.html", {"form": form})


def state_of(found: Invitation | None) -> Verdict:
    """Whether the invitation can be taken up, and the reason to show where it cannot."""
    return queries.openness_of(found) if found else UNKNOWN
