"""A school's answer: the page of its four choices, and all that who is signed in does on it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import day_of, moment, plural
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import Done, form_page, press
from alongside.members.membership.actions import answering, signing
from alongside.members.membership.actions.answering import Given
from alongside.members.membership.forms.answers import FORMS, AnswerForm
from alongside.members.membership.forms.office import WithdrawForm
from alongside.members.membership.models import Answer, Prospectus, Signature
from alongside.members.membership.permissions import may_answer_for_school, may_run_signup, may_withdraw_signature
from alongside.members.membership.queries import answers as answers_queries, story, texts
from alongside.members.membership.rules.answers import AnswerKind, AnswerState, SigningAuthority
from alongside.members.membership.rules.dates import Dates, meets_late, told_late, year_of_term
from alongside.members.membership.rules.outlook import answer_in_words
from alongside.members.membership.rules.text import fee_totals, fee_words
from alongside.members.membership.views.prospectus import told
from alongside.members.notices.queries.mine import my_newest
from alongside.members.people.rules.roles import InvitationState
from alongside.members.posts.rules import PostHere
from alongside.members.schools.models import School

SAID = {
    AnswerKind.SIGN: "Thank you. {schools} {have} signed.",
    AnswerKind.SUBJECT: "Thank you. We have noted yes for {schools}, subject to that meeting, and get in touch the day after.",
    AnswerKind.QUESTION: "Thank you. The office has the question of {schools} and answers by e-mail.",
    AnswerKind.DECLINE: "Thank you for telling us: {schools}, not this time. You are welcome whenever it suits you better.",
}
BUTTONS = {AnswerKind.SIGN: "Sign the agreement", AnswerKind.QUESTION: "Send the question"}


def given_words(choice: AnswerKind, given: list[Given]) -> Done:
    """What was said, for which schools, from what was written down. A signer has the paper to print, the
    copy that was sent, and the year that begins with it."""
    first = given[0]
    schools, have = (first.school.name, "has") if len(given) == 1 else (f"{len(given)} schools", "have")
    slug = first.partnership.slug
    if not isinstance(first, Signature):
        copy = (("Print or keep a copy", reverse("membership:signed", args=[slug, first.school.urn])),)
        late = _meets_late(first, viewer=Standing.system()) if isinstance(first, Answer) else ""
        return Done(f"{SAID[choice].format(schools=schools, have=have)} {late}".strip(), copy)
    links = (
        ("Print or save what you signed", reverse("membership:signed", args=[slug, first.school.urn])),
        ("See the copy that we sent you", my_newest("membership.signed", viewer=Standing(person=first.person))),
        ("Our year of the partnership", reverse("home:overview", args=[slug])),
    )
    return Done(SAID[choice].format(schools=schools, have=have), links)


def _frozen_on(prospectus: Prospectus) -> date | None:
    roll = getattr(prospectus.partnership, "roll", None)
    return day_of(roll.frozen_at) if roll else None


def _meets_late(said: Answer, prospectus: Prospectus | None = None, *, viewer: Standing) -> str:
    """What a school is told whose governors or trust meet too late; nothing where they do not, or need not meet."""
    if said.answer_state is not AnswerState.SUBJECT or said.subject_on is None:
        return ""
    prospectus = prospectus or texts.prospectus_of(said.partnership, viewer=viewer)
    dates = prospectus.stated_dates if prospectus else None
    dates, frozen = dates or texts.dates_in_force(said.partnership, viewer=viewer), _frozen_on(prospectus) if prospectus else None
    return meets_late(said.subject_on, clock.today(), dates, frozen)


def answer_page(
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
    listed: Sequence[PostHere] = (),
    needs_email: bool = False,
    **more: Any,
) -> HttpResponse:
    """The answer page: the school, what it is about, the choices, and the form of the one that was chosen."""
    who, partnership = request.who, request.partnership
    prospectus: Prospectus | None = texts.prospectus_of(partnership, viewer=who)
    reading = request.GET.get("choice") == "read"
    if prospectus:
        shown = told(request, prospectus, with_answers=reading)
        shown |= _what_holds(request, prospectus, shown["dates"], len(schools), choice)
    else:
        shown = {"prospectus": None, "dates": texts.dates_in_force(partnership, viewer=who)}
    if mine := more.get("mine"):
        shown["meets_late"] = _meets_late(mine, prospectus, viewer=who)
    shown |= {
        "school": school, "choice": choice, "choices": list(AnswerKind), "here": here, "reading": reading,
        "counts": answers_queries.standing_of_answers(partnership, viewer=who), **more,
    }  # fmt: skip
    if choice is None:
        return render(request, "membership/answer.html", {**shown, "form": None, "back": None})
    of = school.name if len(schools) == 1 or choice is AnswerKind.QUESTION else plural(len(schools), "school")
    hidden = {"text_hash": prospectus.text_hash if prospectus else "", "schools": [one.pk for one in schools]}
    form = partial(FORMS[choice], schools=schools, listed=listed, needs_email=needs_email, initial={**hidden, **typed})
    return form_page(
        request, form, partial(deed, choice=choice), title=choice.label, caption=of, back=("Back", here),
        button=BUTTONS.get(choice, "Send this answer"), done=partial(done, choice), next=following,
        page="membership/answer.html", **shown,
    )  # fmt: skip


def _what_holds(request: Asked, prospectus: Prospectus, dates: Dates, schools: int, choice: AnswerKind | None) -> dict[str, Any]:
    """What holds for who signs today, above the text: what that says of its cost, or for who signs late what fees say of
    joiners; where neither is known, that."""
    years, today = texts.settings_now(request.partnership, viewer=request.who).term_years, clock.today()
    late = told_late(today, dates, years, _frozen_on(prospectus), several=schools > 1)
    if late and choice is not AnswerKind.SIGN:
        return {"fee": ""}  # told where one signs
    system = Standing.system()  # to whoever holds a link
    fees = declared.told("joining", partnership=request.partnership, viewer=system) if late else []
    if not fees and year_of_term(today, dates) == 1:
        totals, ticked = fee_totals(prospectus.costs, dates, years, schools), len(request.POST.getlist("schools")) or schools
        each = "Each school: " if totals else ""
        total = totals[min(ticked, schools) - 1] if totals else ""
        return {"late": late, "fee": each + fee_words(prospectus.costs, dates, years), "totals": totals, "total": total}
    unknown = ["Which years’ fees are asked of your school stands nowhere here yet: ask the office before you sign."]
    return {"late": late + (fees or unknown), "fee": ""}


@never_cache
def answer(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Answer for one's school, or for several at once; what was answered, and what happens next."""
    partnership, who = request.partnership, request.who
    if who.runs(partnership.pk):
        return redirect("membership:school", slug=slug, urn=urn)
    answers = answers_queries.answers_of_mine(partnership, viewer=who)
    mine = found(next((one for one in answers if one.school.urn == urn), None))
    choice = AnswerKind.in_address(request.GET.get("choice", ""))
    if mine.answer_state is AnswerState.SIGNED and choice is not AnswerKind.QUESTION and request.method != "POST":
        choice = None  # the page says that it has signed; no form that would be refused
    open_answers = [
        one for one in answers if one.answer_state is not AnswerState.SIGNED and may_answer_for_school(who, one.school_id)
    ]
    schools = [one.school for one in open_answers] if any(one.pk == mine.pk for one in open_answers) else [mine.school]
    posts = [role.title for role in who.roles if role.school == mine.school_id and Power.ANSWER in role.opens]
    roll = getattr(mine.partnership, "roll", None)

    def deed(*, choice: AnswerKind, by: Standing, **words: Any) -> list[Given]:
        wanted = words.pop("schools", [mine.school_id])
        picked = [one for one in schools if one.pk in wanted]
        return answering.give_answer(partnership=partnership, schools=picked, choice=choice, words=words, by=by)

    def following(given: list[Given]) -> str:
        """Back here, or where another school answered, to that one's page."""
        urns = [one.school.urn for one in given]
        return reverse("membership:answer", args=[slug, urn if urn in urns else urns[0]])

    try:
        return answer_page(
            request, mine.school, choice, reverse("membership:answer", args=[slug, urn]), schools,
            {"name": who.name, "post": (posts or [""])[0]}, deed, given_words, following,
            mine=mine, others=[one for one in answers if one.pk != mine.pk], invitation=None, token="", roll=roll,
            may_answer=may_answer_for_school(who, mine.school_id),
            may_withdraw=may_withdraw_signature(who, partnership.pk, mine.school_id, roll is not None),
            asked=story.questions_of(mine, viewer=who),
        )  # fmt: skip
    except Conflict as problem:
        stands = found(answers_queries.answer_at(partnership, urn, viewer=who))
        if choice is None or stands.answer_state is not AnswerState.SIGNED:
            raise
        return slower(request, stands, FORMS[choice](request.POST, schools=schools), verdict=problem)


def slower(request: Asked, stands: Answer, form: AnswerForm | None, **words: Any) -> HttpResponse:
    """What stands instead of a form that came too late, or of a link that was used: how the school stands by now and, to be
    copied, what was typed."""
    by = stands.signature
    signer = f"{by.name}, {by.post}," if by and by.post else by.name if by else ""
    said = answer_in_words(answers_queries.stands(stands, viewer=request.who), stands.school.name, signer)
    used = words.get("invitation")
    overtaken = stands.answer_state is AnswerState.SIGNED or (used is not None and used.state == InvitationState.ACCEPTED)
    status = 409 if form and overtaken else 200 if stands.answer_state is AnswerState.SIGNED else 410
    shown = {"stands": stands, "said": said, "typed": form.typed() if form else [], "invitation": None, "overtaken": overtaken}
    return render(request, "membership/closed.html", {**shown, **words}, status=status)


@never_cache
def signed(request: Asked, slug: str, urn: int) -> HttpResponse:
    """What a school signed or answered, to print or to save: who signed, on whose authority, and the whole text with its hash."""
    said = found(answers_queries.answer_at(request.partnership, urn, viewer=request.who))
    if said.signature is None:
        return _said(request, said)
    signature = said.signature
    shown = {"signature": signature, "authority": SigningAuthority(signature.authority).printed}
    return render(request, "membership/signed.html", {**told(request, signature.prospectus), **shown})


def _said(request: Asked, said: Answer) -> HttpResponse:
    """What a school said instead of signing, and what it asked, to print or to keep."""
    asked = story.questions_of(said, viewer=request.who)
    if said.answer_state not in (AnswerState.SUBJECT, AnswerState.DECLINED) and not asked:
        raise Http404
    case, late = answers_queries.stands(said, viewer=request.who), _meets_late(said, viewer=request.who)
    shown = {"answer": said, "words": answer_in_words(case, said.school.name), "asked": asked, "late": late}
    return render(request, "membership/said.html", shown)


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
