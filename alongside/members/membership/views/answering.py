"""A school's answer: from the link of its invitation, or signed in."""

from typing import Any

from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Invalid, no, require
from alongside.ground.web.asked import Asked
from alongside.members.membership import actions, queries
from alongside.members.membership.forms import FORMS, PassOnForm, WithdrawForm
from alongside.members.membership.forms.answering import AnswerForm
from alongside.members.membership.models import Answer, Prospectus
from alongside.members.membership.permissions import may_answer_for_school, may_run_signup, may_withdraw_signature
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.choices import Choice
from alongside.members.membership.views.public import told
from alongside.members.partnerships.middleware import public_page
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Invitation
from alongside.members.people.queries import invitation_for, openness_of
from alongside.members.people.rules import SIGNING_POSTS
from alongside.members.people.signing_in import sign_in
from alongside.members.schools.models import School

UNKNOWN = no(
    "This link is not one of ours, or it was cut short on the way. Open it from the e-mail again, or copy the whole line."
)
SAID = {
    Choice.SIGN: "Thank you. {school} has signed.",
    Choice.SUBJECT: "Thank you. We have noted yes, subject to that meeting, and get in touch the day after.",
    Choice.QUESTION: "Thank you. The office has your question and answers by e-mail.",
    Choice.DECLINE: "Thank you for telling us. You are welcome whenever it suits you better.",
}


def _form_for(
    request: Asked,
    choice: Choice,
    schools: list[School],
    prospectus: Prospectus | None,
    initial: dict[str, Any],
    needs_email: bool,
) -> AnswerForm:
    hidden = {
        "text_hash": prospectus.text_hash if prospectus else "",
        "key": keys.new_key(),
        "schools": [one.pk for one in schools],
    }
    return FORMS[choice](request.POST or None, initial={**hidden, **initial}, schools=schools, needs_email=needs_email)


@public_page
@never_cache
def invited(request: Asked, slug: str, token: str) -> HttpResponse:
    """Answer from the link of an invitation, without signing in. Opening it uses nothing up and says nothing of the school."""
    partnership, found = request.partnership, invitation_for(token)
    verdict = openness_of(found) if found else UNKNOWN
    if found is None or not verdict or found.partnership_id != partnership.pk or not found.school:
        return _closed(request, partnership, found, verdict)
    choice = Choice.in_address(request.GET.get("choice", ""))
    prospectus = queries.prospectus_of(partnership, viewer=request.who)
    form = None
    if choice:
        initial = {"name": found.name, "post": Post(found.post).label}
        form = _form_for(request, choice, [found.school], prospectus, initial, not found.email)
        if request.method == "POST" and form.is_valid():
            try:
                return _taken(request, partnership, found.school, token, choice, dict(form.cleaned_data))
            except Invalid as problem:
                form.refuse(problem)
    here = reverse("membership:invited", args=[slug, token])
    return _page(request, partnership, found.school, prospectus, choice, form, here, {"invitation": found, "token": token})


def _closed(request: Asked, partnership: Partnership, found: Invitation | None, verdict: Any) -> HttpResponse:
    """A link that cannot be used (any more): its school's people go on signed in, others read why and what to do."""
    if found and found.school and found.partnership_id == partnership.pk and request.who.holds(school=found.school_id):
        return redirect("membership:answer", slug=partnership.slug, urn=found.school.urn)
    status = 404 if found is None or found.partnership_id != partnership.pk else 410
    return render(
        request, "membership/closed.html", {"verdict": verdict if status == 410 else UNKNOWN, "found": found}, status=status
    )


def _taken(
    request: Asked, partnership: Partnership, school: School, token: str, choice: Choice, words: dict[str, Any]
) -> HttpResponse:
    """The answer is given: to one's own page when the browser may be signed in, to the prospectus otherwise."""
    person = actions.answer_by_link(
        partnership=partnership, school=school, token=token, choice=choice, words=words, by=request.who
    )
    if sign_in(request, person):
        actions.take_up_others(partnership=partnership, person=person, by=request.who)
        return redirect("membership:answer", slug=partnership.slug, urn=school.urn)
    messages.success(request, f"{SAID[choice].format(school=school.name)} To see or change it, sign in with your e-mail address.")
    return redirect("membership:prospectus", slug=partnership.slug)


def _page(
    request: Asked,
    partnership: Partnership,
    school: School,
    prospectus: Prospectus | None,
    choice: Choice | None,
    form: AnswerForm | None,
    here: str,
    more: dict[str, Any],
) -> HttpResponse:
    """The answer page: the school, what it is about, the choices, and the form of the one that was chosen."""
    who = request.who
    dates = (prospectus.stated_dates if prospectus else None) or queries.dates_in_force(partnership, viewer=who)
    reading = request.GET.get("choice") == "read"
    answers = queries.published_questions(partnership, viewer=who) if reading else []
    shown = told(prospectus, dates, answers) if prospectus else {"prospectus": None, "dates": dates}
    return render(
        request,
        "membership/answer.html",
        {
            **shown,
            "school": school,
            "choice": choice,
            "choices": list(Choice),
            "form": form,
            "here": here,
            "reading": reading,
            "counts": queries.standing_of_answers(partnership, viewer=who),
            **more,
        },
    )


@public_page
@never_cache
@rate_limit(action="pass_on")
def pass_on(request: Asked, slug: str, token: str) -> HttpResponse:
    """Send the invitation on to a colleague of the same school."""
    partnership, found = request.partnership, invitation_for(token)
    verdict = openness_of(found) if found else UNKNOWN
    if found is None or not verdict or found.partnership_id != partnership.pk or not found.school:
        return _closed(request, partnership, found, verdict)
    form = PassOnForm(request.POST or None, schools=[found.school])
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            actions.pass_on(token=token, email=words["email"], name=words["name"], post=Post(words["post"]), by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Your colleague has a link of their own now. You need do nothing more.")
            return redirect("membership:prospectus", slug=slug)
    here = reverse("membership:invited", args=[slug, token])
    return render(request, "membership/pass_on.html", {"form": form, "school": found.school, "here": here})


@require_POST
@public_page
def read_prospectus(request: Asked, slug: str, token: str) -> HttpResponse:
    """Open the prospectus from the invitation: the school is reading. A button, because scanners follow links."""
    found = invitation_for(token)
    here = reverse("membership:invited", args=[slug, token])
    if found and found.school and found.partnership_id == request.partnership.pk and openness_of(found):
        actions.open_prospectus(partnership=request.partnership, school=found.school, by=request.who)
    return redirect(f"{here}?choice=read")


def _mine(request: Asked, urn: int) -> tuple[Answer, list[Answer]]:
    """The answer of that school and those of all schools of the viewer; 404 when it is not theirs to know of."""
    partnership, who = request.partnership, request.who
    answers = queries.answers_of_mine(partnership, viewer=who)
    mine = next((one for one in answers if one.school.urn == urn), None)
    if mine is None:
        raise Http404
    return mine, answers


@never_cache
def answer(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Answer for one's school, or for several at once; what was answered, and what happens next."""
    partnership, who = request.partnership, request.who
    if who.runs(partnership.pk):
        return redirect("membership:school", slug=slug, urn=urn)
    mine, answers = _mine(request, urn)
    choice = Choice.in_address(request.GET.get("choice", ""))
    prospectus = queries.prospectus_of(partnership, viewer=who)
    open_answers = [
        one for one in answers if one.answer_state is not AnswerState.SIGNED and may_answer_for_school(who, one.school_id)
    ]
    schools = [one.school for one in open_answers] if any(one.pk == mine.pk for one in open_answers) else [mine.school]
    form = None
    if choice:
        posts = [role.post.label for role in who.roles if role.school == mine.school_id and role.post in SIGNING_POSTS]
        form = _form_for(request, choice, schools, prospectus, {"name": who.name, "post": (posts or [""])[0]}, False)
        if request.method == "POST" and form.is_valid():
            words = dict(form.cleaned_data)
            wanted = words.pop("schools", [mine.school_id]) if choice is not Choice.QUESTION else [mine.school_id]
            try:
                actions.give_answer(
                    partnership=partnership,
                    schools=[one for one in schools if one.pk in wanted],
                    choice=choice,
                    words=words,
                    by=who,
                )
            except Invalid as problem:
                form.refuse(problem)
            else:
                messages.success(
                    request, SAID[choice].format(school=mine.school.name if len(wanted) == 1 else f"{len(wanted)} schools")
                )
                return redirect("membership:answer", slug=slug, urn=urn)
    roll = queries.roll_of(partnership, viewer=who)
    return _page(
        request,
        partnership,
        mine.school,
        prospectus,
        choice,
        form,
        reverse("membership:answer", args=[slug, urn]),
        {
            "mine": mine,
            "others": [one for one in answers if one.pk != mine.pk],
            "invitation": None,
            "token": "",
            "roll": roll,
            "may_answer": may_answer_for_school(who, mine.school_id),
            "may_withdraw": may_withdraw_signature(who, partnership.pk, mine.school_id, roll is not None),
            "asked": queries.questions_of(partnership, mine.school, viewer=who),
        },
    )


def withdraw(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Withdraw one's school's signature, after reading what that means."""
    found = queries.answer_at(request.partnership, urn, viewer=request.who)
    if found is None or request.who.runs(request.partnership.pk):
        raise Http404
    require(may_answer_for_school(request.who, found.school_id))
    return _withdrawing(request, found, "membership:answer")


def release(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Withdraw a school's signature for it: after the roll is frozen, by a decision."""
    require(may_run_signup(request.who, request.partnership.pk))
    found = queries.answer_at(request.partnership, urn, viewer=request.who)
    if found is None:
        raise Http404
    return _withdrawing(request, found, "membership:school")


def _withdrawing(request: Asked, found: Answer, back: str) -> HttpResponse:
    partnership, who = request.partnership, request.who
    roll = queries.roll_of(partnership, viewer=who)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(partnership=partnership, school=found.school, decision=form.cleaned_data["decision"], by=who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"The signature of {found.school.name} is withdrawn.")
            return redirect(back, slug=partnership.slug, urn=found.school.urn)
    may = may_withdraw_signature(who, partnership.pk, found.school_id, roll is not None)
    return render(request, "membership/withdraw.html", {"form": form, "school": found.school, "roll": roll, "may": may})


@require_POST
def reopen(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Open the matter again after not this time."""
    found = queries.answer_at(request.partnership, urn, viewer=request.who)
    if found is None:
        raise Http404
    actions.reopen(partnership=request.partnership, school=found.school, by=request.who)
    messages.success(request, "It is open again.")
    page = "membership:school" if request.who.runs(request.partnership.pk) else "membership:answer"
    return redirect(page, slug=slug, urn=urn)
