"""A school's answer: from the link of its invitation, or signed in."""

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.decorators import rate_limit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Power, Standing
from alongside.ground.core.verdict import no, require
from alongside.ground.core.words import moment
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page, press
from alongside.members.membership.actions import answering, signing
from alongside.members.membership.actions.answering import Given
from alongside.members.membership.forms.answers import FORMS, PassOnInvitationForm
from alongside.members.membership.forms.office import WithdrawForm
from alongside.members.membership.models import Answer, Prospectus, Signature
from alongside.members.membership.permissions import may_answer_for_school, may_run_signup, may_withdraw_signature
from alongside.members.membership.queries import answers as answers_queries, story, texts
from alongside.members.membership.queries.invitations import mail_passed_on
from alongside.members.membership.rules.answers import AnswerKind, AnswerState, SigningAuthority
from alongside.members.membership.rules.dates import Dates, told_late, year_of_term
from alongside.members.membership.rules.text import fee_words
from alongside.members.membership.views.prospectus import told
from alongside.members.notices.queries.mine import my_newest
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Invitation
from alongside.members.people.passing_on import passed_on, passing_on
from alongside.members.people.queries.invitations import invitation_for, openness_of, passed_on_to
from alongside.members.people.signing_in import sign_in
from alongside.members.schools.models import School

UNKNOWN = no(
    "This link is not one of ours, or it was cut short on the way. Open it from the e-mail again, or copy the whole line."
)
SAID = {
    AnswerKind.SIGN: "Thank you. {schools} {have} signed.",
    AnswerKind.SUBJECT: "Thank you. We have noted yes for {schools}, subject to that meeting, and get in touch the day after.",
    AnswerKind.QUESTION: "Thank you. The office has the question of {schools} and answers by e-mail.",
    AnswerKind.DECLINE: "Thank you for telling us: {schools}, not this time. You are welcome whenever it suits you better.",
}
BUTTONS = {AnswerKind.SIGN: "Sign the agreement", AnswerKind.QUESTION: "Send the question"}


def _done(choice: AnswerKind, given: list[Given]) -> Done:
    """What was said, for which schools, from what was written down. A signer has the paper to print, the
    copy that was sent, and the year that begins with it."""
    first = given[0]
    schools, have = (first.school.name, "has") if len(given) == 1 else (f"{len(given)} schools", "have")
    if not isinstance(first, Signature):
        return Done(SAID[choice].format(schools=schools, have=have))
    slug = first.partnership.slug
    links = (
        ("Print or save what you signed", reverse("membership:signed", args=[slug, first.school.urn])),
        ("See the copy that we sent you", my_newest("membership.signed", viewer=Standing(person=first.person))),
        ("Our year of the partnership", reverse("home:overview", args=[slug])),
    )
    return Done(SAID[choice].format(schools=schools, have=have), links)


@never_cache
def invited(request: Asked, slug: str, token: str) -> HttpResponse:
    """Answer from the link of an invitation, without signing in. Opening it uses nothing up and says nothing of the school."""
    partnership, invitation = request.partnership, invitation_for(token)
    if not (school := _invited_school(request, invitation)) or not invitation:
        return _closed(request, invitation, token)
    choice = AnswerKind.in_address(request.GET.get("choice", ""))

    def deed(*, choice: AnswerKind, post: Post, by: Standing, **words: Any) -> tuple[list[Given], bool]:
        """The answer is given; whose browser may be signed in is, and answers for the other schools of the same address."""
        person, given = answering.answer_by_link(
            partnership=partnership, school=school, token=token, post=post, choice=choice, words=words, by=by
        )
        inside = sign_in(request, person)
        if inside:
            answering.take_up_others(partnership=partnership, person=person, post=post, by=by)
        return given, inside

    def done(choice: AnswerKind, made: tuple[list[Given], bool]) -> Done:
        said = _done(choice, made[0])
        outside = Done(f"{said.words} To see or change it, sign in with your e-mail address.")
        return said if made[1] else outside

    def following(made: tuple[list[Given], bool]) -> str:
        """To one's own page when the browser may be signed in, to the prospectus otherwise."""
        return reverse("membership:answer", args=[slug, school.urn]) if made[1] else reverse("membership:prospectus", args=[slug])

    return _page(
        request, school, choice, reverse("membership:invited", args=[slug, token]), [school],
        {"name": invitation.name, "post": invitation.post if invitation.hands > 1 else None}, deed, done, following,
        by_link=True, needs_email=not invitation.email, invitation=invitation, token=token, mine=None,
    )  # fmt: skip


def _invited_school(request: Asked, invitation: Invitation | None) -> School | None:
    """The school of an invitation of this partnership that can be taken up."""
    here = invitation and invitation.partnership_id == request.partnership.pk
    return invitation.school if invitation and here and openness_of(invitation) else None


def _closed(request: Asked, invitation: Invitation | None, token: str) -> HttpResponse:
    """A link that cannot be used (any more): its school's people go on signed in, others read why and what to do."""
    known = invitation if invitation and invitation.partnership_id == request.partnership.pk else None
    if known and (passed := passed_on_to(known)):
        here = reverse("membership:invited", args=[request.partnership.slug, token])
        return passed_on(request, known, passed, partial(answering.take_back, token=token), here)
    if known and known.school and request.who.holds(school=known.school_id):
        return redirect("membership:answer", slug=request.partnership.slug, urn=known.school.urn)
    if not known and not texts.prospectus_of(request.partnership, viewer=request.who):
        raise Http404  # nothing is public of this partnership, not even its name
    shown = {"verdict": openness_of(known) if known else UNKNOWN}
    return render(request, "membership/closed.html", shown, status=410 if known else 404)


def _page(
    request: Asked,
    school: School,
    choice: AnswerKind | None,
    here: str,
    schools: list[School],
    typed: dict[str, Any],
    deed: Callable[..., Any],
    done: Callable[[AnswerKind, Any], Done],
    following: Callable[[Any], str],
    *,
    by_link: bool = False,
    needs_email: bool = False,
    **more: Any,
) -> HttpResponse:
    """The answer page: the school, what it is about, the choices, and the form of the one that was chosen."""
    who, partnership = request.who, request.partnership
    prospectus: Prospectus | None = texts.prospectus_of(partnership, viewer=who)
    reading = request.GET.get("choice") == "read"
    if prospectus:
        shown = told(request, prospectus, with_answers=reading)
        if choice is AnswerKind.SIGN:
            shown |= _what_holds(request, prospectus, shown["dates"])
    else:
        shown = {"prospectus": None, "dates": texts.dates_in_force(partnership, viewer=who)}
    shown |= {
        "school": school, "choice": choice, "choices": list(AnswerKind), "here": here, "reading": reading,
        "counts": answers_queries.standing_of_answers(partnership, viewer=who), **more,
    }  # fmt: skip
    if choice is None:
        return render(request, "membership/answer.html", {**shown, "form": None, "back": None})
    hidden = {"text_hash": prospectus.text_hash if prospectus else "", "schools": [one.pk for one in schools]}
    form = partial(FORMS[choice], schools=schools, by_link=by_link, needs_email=needs_email, initial={**hidden, **typed})
    return form_page(
        request, form, partial(deed, choice=choice), title=choice.label, caption=school.name, back=("Back", here),
        button=BUTTONS.get(choice, "Send this answer"), done=partial(done, choice), next=following,
        page="membership/answer.html", **shown,
    )  # fmt: skip


def _what_holds(request: Asked, prospectus: Prospectus, dates: Dates) -> dict[str, Any]:
    """What holds for who signs today, above the text: what that says of its cost, or for who signs late what fees say of
    joiners; where neither is known, that."""
    years, today = texts.settings_now(request.partnership, viewer=request.who).term_years, clock.today()
    late = told_late(today, dates, years, texts.frozen_on(request.partnership, viewer=request.who))
    system = Standing.system()  # to whoever holds a link
    fees = declared.told("joining", partnership=request.partnership, viewer=system) if late else []
    if not fees and year_of_term(today, dates) == 1:
        return {"late": late, "fee": fee_words(prospectus.costs, dates, years)}
    unknown = ["Which years’ fees are asked of your school stands nowhere here yet: ask the office before you sign."]
    return {"late": late + (fees or unknown), "fee": ""}


@never_cache
@rate_limit(action="pass_on")
def pass_on(request: Asked, slug: str, token: str) -> HttpResponse:
    """Send the invitation on to a colleague of the same school."""
    partnership, invitation = request.partnership, invitation_for(token)
    if not _invited_school(request, invitation) or not invitation:
        return _closed(request, invitation, token)
    mail, here = mail_passed_on(partnership, viewer=request.who), reverse("membership:invited", args=[slug, token])
    deed = partial(answering.pass_on, partnership=partnership, token=token)
    look = partial(people.look_at_passing_on, invitation_token=token, **mail)
    return passing_on(request, invitation, PassOnInvitationForm, deed, look, here)


@require_POST
def read_prospectus(request: Asked, slug: str, token: str) -> HttpResponse:
    """Open the prospectus from the invitation: the school is reading. A button, because scanners follow links."""
    if school := _invited_school(request, invitation_for(token)):
        answering.open_prospectus(partnership=request.partnership, school=school, by=request.who)
    return redirect(reverse("membership:invited", args=[slug, token]) + "?choice=read")


@never_cache
def answer(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Answer for one's school, or for several at once; what was answered, and what happens next."""
    partnership, who = request.partnership, request.who
    if who.runs(partnership.pk):
        return redirect("membership:school", slug=slug, urn=urn)
    answers = answers_queries.answers_of_mine(partnership, viewer=who)
    mine = found(next((one for one in answers if one.school.urn == urn), None))
    choice = AnswerKind.in_address(request.GET.get("choice", ""))
    open_answers = [
        one for one in answers if one.answer_state is not AnswerState.SIGNED and may_answer_for_school(who, one.school_id)
    ]
    schools = [one.school for one in open_answers] if any(one.pk == mine.pk for one in open_answers) else [mine.school]
    posts = [role.post.label for role in who.roles if role.school == mine.school_id and Power.ANSWER in role.powers]
    roll = texts.roll_of(partnership, viewer=who)

    def deed(*, choice: AnswerKind, by: Standing, **words: Any) -> list[Given]:
        wanted = words.pop("schools", [mine.school_id])
        picked = [one for one in schools if one.pk in wanted]
        return answering.give_answer(partnership=partnership, schools=picked, choice=choice, words=words, by=by)

    def following(given: list[Given]) -> str:
        """Back here, or where another school answered, to that one's page."""
        urns = [one.school.urn for one in given]
        return reverse("membership:answer", args=[slug, urn if urn in urns else urns[0]])

    return _page(
        request, mine.school, choice, reverse("membership:answer", args=[slug, urn]), schools,
        {"name": who.name, "post": (posts or [""])[0]}, deed, _done, following,
        mine=mine, others=[one for one in answers if one.pk != mine.pk], invitation=None, token="", roll=roll,
        may_answer=may_answer_for_school(who, mine.school_id),
        may_withdraw=may_withdraw_signature(who, partnership.pk, mine.school_id, roll is not None),
        asked=story.questions_of(mine, viewer=who),
    )  # fmt: skip


@never_cache
def signed(request: Asked, slug: str, urn: int) -> HttpResponse:
    """What a school signed, to print or to save: who signed, on whose authority, and the whole text with its hash."""
    signature = found(found(answers_queries.answer_at(request.partnership, urn, viewer=request.who)).signature)
    shown = {"signature": signature, "authority": SigningAuthority(signature.authority).printed}
    return render(request, "membership/signed.html", {**told(request, signature.prospectus), **shown})


def withdraw(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Withdraw one's school's signature, after reading what that means."""
    mine = found(answers_queries.answer_at(request.partnership, urn, viewer=request.who))
    if request.who.runs(request.partnership.pk):
        raise Http404
    require(may_answer_for_school(request.who, mine.school_id))
    page = reverse("membership:answer", args=[slug, urn])
    return _withdrawing(request, mine, page, ("Sign again", f"{page}?choice=sign"))


def release(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Withdraw a school's signature for it: after the roll is frozen, by a decision."""
    require(may_run_signup(request.who, request.partnership.pk))
    theirs = found(answers_queries.answer_at(request.partnership, urn, viewer=request.who))
    again = ("Record a signature again", f"{reverse('membership:paper', args=[slug, urn])}?choice=sign")
    return _withdrawing(request, theirs, reverse("membership:school", args=[slug, urn]), again)


def _withdrawing(request: Asked, of: Answer, page: str, again: tuple[str, str]) -> HttpResponse:
    roll = texts.roll_of(request.partnership, viewer=request.who)
    lead = (
        f"The roll was frozen on {moment(roll.frozen_at)}. Leaving now rests on a decision of the board, and what is owed for "
        "the term is decided with it."
        if roll
        else "Until the roll is frozen a school may change its mind. The signature stays on file as withdrawn, and you can sign "
        "again."
    )
    stays = declared.told("leaving", partnership=request.partnership, school=of.school, viewer=request.who)

    def done(row: Signature) -> Done:
        """What was withdrawn, what stays asked for, and what comes next."""
        said = f"{row.name}’s signature for {row.school.name} is withdrawn."
        if roll:
            return Done(" ".join([said, *stays]))
        told = "" if request.who.runs(request.partnership.pk) else "The partnership’s office is told. "
        following = f"{told}Nobody is reminded, and the school can sign again as long as it is asked."
        return Done(" ".join([said, *stays, following]), (again,))

    return form_page(
        request, partial(WithdrawForm, frozen=roll is not None),
        partial(signing.withdraw, partnership=request.partnership, school=of.school),
        title="Withdraw the signature", caption=of.school.name, lead=lead, back=(of.school.name, page),
        button="Withdraw the signature",
        done=done, next=page, page="membership/withdraw.html", frozen=roll is not None, stays=stays,
        may=may_withdraw_signature(request.who, request.partnership.pk, of.school_id, roll is not None),
    )  # fmt: skip


def reopen(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Open the matter again after not this time."""
    theirs = found(answers_queries.answer_at(request.partnership, urn, viewer=request.who))
    page = "membership:school" if request.who.runs(request.partnership.pk) else "membership:answer"
    return press(
        request, partial(answering.reopen, partnership=request.partnership, school=theirs.school),
        done=lambda row: f"It is open again: {row.school.name} can answer.", next=reverse(page, args=[slug, urn]),
    )  # fmt: skip
