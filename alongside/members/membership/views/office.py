"""The manager's pages: how every school stands, one school, the phone list, the questions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.core import clock, keys
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web import pictures
from alongside.ground.web.asked import Asked
from alongside.members.membership import actions, queries
from alongside.members.membership.forms import FORMS, ContactForm, ReplyForm
from alongside.members.membership.models import Answer, Question
from alongside.members.membership.permissions import may_run_signup, may_see_membership
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.chase import chase_words
from alongside.members.membership.rules.choices import Choice
from alongside.members.membership.rules.dates import dates_of, days_left_words, next_dates
from alongside.members.membership.rules.outlook import next_contact, pace_words, projected, stands_in_the_way
from alongside.members.notices.queries import mail_that_came_back
from alongside.members.people.queries import people_of_school

MOST_DAYS = 400


def overview(request: Asked, slug: str) -> HttpResponse:
    """What stands in each school's way, the sign-up curve, whom to chase, what comes next."""
    partnership, who = request.partnership, request.who
    require(may_see_membership(who, partnership.pk))
    settings, today = queries.settings_now(partnership, viewer=who), clock.today()
    dates = dates_of(settings, partnership.started_on)
    counts, groups = queries.groups_of_answers(partnership, viewer=who)
    texts = queries.state_of_texts(partnership, viewer=who)
    table = queries.overview(request.GET, partnership, dates, settings, counts, viewer=who)
    days = queries.signup_curve(partnership, viewer=who, first=min(dates.discussion_on, today))[-MOST_DAYS:]
    expected = projected(days, today, dates.sign_by, counts.asked)
    pills = [
        ("All", counts.asked, ""),
        ("Waiting for you", counts.question, "waiting"),
        ("Subject to", counts.subject, "subject"),
        ("No reply yet", counts.waiting, "silent"),
        ("Signed", counts.signed, "signed"),
        ("Not this time", counts.declined, "declined"),
    ]
    return render(
        request,
        "membership/overview.html",
        {
            "counts": counts,
            "table": table,
            "texts": texts,
            "settings": settings,
            "dates": dates,
            "pills": [
                (words, count, table.address(state=key, page=None), table.chosen["state"] == key)
                for words, count, key in pills
                if count or not key
            ],
            "days_left": days_left_words(today, dates.sign_by),
            "curve": pictures.curve(
                "Schools that have signed, by day", days, until=max(dates.sign_by, today), most=counts.asked, expected=expected
            ),
            "pace": pace_words(counts.signed, counts.asked, expected, today, dates.sign_by),
            "chase": chase_words(groups, settings.reminders_at_most),
            "coming": next_dates(dates, today, texts.frozen_at is not None),
            "may_run": may_run_signup(who, partnership.pk),
        },
    )


def _answer(request: Asked, urn: int) -> Answer:
    require(may_see_membership(request.who, request.partnership.pk))
    found = queries.answer_at(request.partnership, urn, viewer=request.who)
    if found is None:
        raise Http404
    return found


def _school_page(request: Asked, found: Answer, **forms: Any) -> HttpResponse:
    partnership, who = request.partnership, request.who
    settings = queries.settings_now(partnership, viewer=who)
    people = people_of_school(found.school, viewer=who)
    dates, (case, label) = dates_of(settings, partnership.started_on), queries.stands(found, viewer=who)
    return render(
        request, "membership/school.html",
        {
            "answer": found, "school": found.school, "case": case, "label": label,
            "way": stands_in_the_way(case, dates.sign_by),
            "next": next_contact(case, clock.today(), settings.reminders_at_most),
            "story": queries.story_of(partnership, found.school, found, viewer=who),
            "people": people,
            "back": mail_that_came_back([found.email, *(row[4] for row in people)], viewer=who),
            "may_run": may_run_signup(who, partnership.pk),
            "contact_form": ContactForm(auto_id="talk_%s"), "choices": list(Choice), **forms,
        },
        status=400 if forms else 200,
    )  # fmt: skip


def school(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Everything about one school on its way: how it stands, who is there, what happened."""
    return _school_page(request, _answer(request, urn))


@require_POST
def contact(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Note a talk with a school."""
    require(may_run_signup(request.who, request.partnership.pk))
    found, form = _answer(request, urn), ContactForm(request.POST, auto_id="talk_%s")
    if form.is_valid():
        try:
            actions.note_contact(partnership=request.partnership, school=found.school, **form.cleaned_data, by=request.who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "Noted.")
            return redirect("membership:school", slug=slug, urn=urn)
    return _school_page(request, found, contact_form=form)


def paper(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Record an answer that came on paper or by phone, with who told it."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    found, choice = _answer(request, urn), Choice.in_address(request.GET.get("choice", "")) or Choice.SIGN
    initial = {"post": "Headteacher", "key": keys.new_key()}
    form = FORMS[choice](request.POST or None, initial=initial, schools=[found.school], on_paper=True)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_answer(
                partnership=partnership, schools=[found.school], choice=choice, words=dict(form.cleaned_data), by=who
            )
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, f"The answer of {found.school.name} is recorded.")
            return redirect("membership:school", slug=slug, urn=urn)
    return render(
        request, "membership/paper.html", {"form": form, "school": found.school, "choice": choice, "choices": list(Choice)}
    )


def phone_list(request: Asked, slug: str) -> HttpResponse:
    """Whom to ring: the schools that have not signed, with telephone numbers and people. Made to be printed."""
    require(may_see_membership(request.who, request.partnership.pk))
    found = queries.phone_list(request.partnership, request.GET.get("page", ""), viewer=request.who)
    return render(request, "membership/phone_list.html", {"found": found})


def questions(request: Asked, slug: str) -> HttpResponse:
    """The questions of schools: those that wait, and those that are answered."""
    require(may_see_membership(request.who, request.partnership.pk))
    table = queries.inbox(request.GET, request.partnership, viewer=request.who)
    return render(request, "membership/questions.html", {"table": table, "answered": bool(table.chosen["show"])})


def question(request: Asked, slug: str, key: str) -> HttpResponse:
    """Answer one question, to the school alone or for everybody."""
    partnership, who = request.partnership, request.who
    require(may_see_membership(who, partnership.pk))
    found: Question | None = queries.question_with(key, partnership, viewer=who)
    if found is None:
        raise Http404
    if request.method == "POST":
        require(may_run_signup(who, partnership.pk))
    form = ReplyForm(request.POST or None, initial={"public_words": found.words})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_question(question=found, **form.cleaned_data, by=who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(request, "The answer is on its way to the school.")
            return redirect("membership:questions", slug=slug)
    stands = queries.answer_of(partnership, found.school, viewer=who)
    return render(
        request,
        "membership/question.html",
        {
            "question": found,
            "form": form,
            "may_run": may_run_signup(who, partnership.pk),
            "state": AnswerState(stands.state) if stands else None,
        },
    )
