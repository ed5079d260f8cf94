"""The manager's pages: how every school stands, one school, the phone list, the questions."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.core.words import moment
from alongside.ground.web import pictures
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, form_page
from alongside.members.membership.actions import links, office, questions as questions_actions
from alongside.members.membership.actions.links import Given
from alongside.members.membership.forms.answering import FORMS
from alongside.members.membership.forms.office import ContactForm, ReplyForm
from alongside.members.membership.models import Answer, Question
from alongside.members.membership.permissions import may_run_signup, may_see_membership
from alongside.members.membership.queries import answers, growth, schools, story, texts as texts_queries
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.rules.chase import chase_words
from alongside.members.membership.rules.choices import AnswerKind
from alongside.members.membership.rules.dates import dates_of, days_left_words, next_dates
from alongside.members.membership.rules.outlook import next_contact, pace_words, projected, stands_in_the_way
from alongside.members.notices.queries.returned import mail_that_came_back
from alongside.members.people.queries.roles import people_of_school

MOST_DAYS = 400


def overview(request: Asked, slug: str) -> HttpResponse:
    """What stands in each school's way, the sign-up curve, whom to chase, what comes next."""
    partnership, who = request.partnership, request.who
    require(may_see_membership(who, partnership.pk))
    settings, today = texts_queries.settings_now(partnership, viewer=who), clock.today()
    dates = dates_of(settings, partnership.started_on)
    counts, groups = answers.groups_of_answers(partnership, viewer=who)
    texts = texts_queries.state_of_texts(partnership, viewer=who)
    table = answers.overview(request.GET, partnership, dates, settings, counts, viewer=who)
    days = growth.signup_curve(partnership, viewer=who, first=min(dates.discussion_on, today))[-MOST_DAYS:]
    expected = projected(days, today, dates.sign_by, counts.asked)
    pills = [
        ("All", counts.asked, ""),
        ("Waiting for you", counts.question, "waiting"),
        ("Subject to", counts.subject, "subject"),
        ("No reply yet", counts.waiting, "silent"),
        ("Signed", counts.signed, "signed"),
        ("Not this time", counts.declined, "declined"),
    ]
    chase_count, chase_said = chase_words(groups, settings.reminders_at_most)
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
            "chase_count": chase_count,
            "chase_words": chase_said,
            "coming": next_dates(dates, today, texts.frozen_at is not None),
            "may_run": may_run_signup(who, partnership.pk),
        },
    )


def _answer(request: Asked, urn: int) -> Answer:
    require(may_see_membership(request.who, request.partnership.pk))
    return found(answers.answer_at(request.partnership, urn, viewer=request.who))


def _of_school(request: Asked, answer: Answer) -> dict[str, Any]:
    partnership, who = request.partnership, request.who
    settings = texts_queries.settings_now(partnership, viewer=who)
    people = people_of_school(answer.school, viewer=who)
    dates, (case, label) = dates_of(settings, partnership.started_on), answers.stands(answer, viewer=who)
    return {
        "answer": answer, "school": answer.school, "case": case, "label": label,
        "way": stands_in_the_way(case, dates.sign_by),
        "next_contact": next_contact(case, clock.today(), settings.reminders_at_most),
        "story": story.story_of(partnership, answer.school, answer, viewer=who),
        "people": people,
        "returned": mail_that_came_back([answer.email, *(row[4] for row in people)], viewer=who),
        "may_run": may_run_signup(who, partnership.pk), "choices": list(AnswerKind),
    }  # fmt: skip


def school(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Everything about one school on its way: how it stands, who is there, what happened."""
    form = ContactForm(auto_id="talk_%s")
    return render(request, "membership/school.html", {**_of_school(request, _answer(request, urn)), "form": form})


@require_POST
def contact(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Note a talk with a school."""
    require(may_run_signup(request.who, request.partnership.pk))
    answer = _answer(request, urn)
    return form_page(
        request, partial(ContactForm, auto_id="talk_%s"),
        partial(office.note_contact, partnership=request.partnership, school=answer.school),
        title=answer.school.name, done=lambda talk: f"The talk with {talk.school.name} is noted: it stands below.",
        next=reverse("membership:school", args=[slug, urn]), page="membership/school.html", **_of_school(request, answer),
    )  # fmt: skip


def paper(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Record an answer that came on paper or by phone, with who told it."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    of, choice = _answer(request, urn).school, AnswerKind.in_address(request.GET.get("choice", "")) or AnswerKind.SIGN
    page = reverse("membership:school", args=[slug, urn])

    def deed(*, by: Standing, **words: Any) -> list[Given]:
        return links.give_answer(partnership=partnership, schools=[of], choice=choice, words=words, by=by)

    return form_page(
        request, partial(FORMS[choice], schools=[of], on_paper=True, initial={"post": "Headteacher"}), deed,
        title="Record an answer", caption=of.name, back=(of.name, page), button="Record the answer",
        lead="Given on paper or by phone. It stands in the school’s story as recorded by the office.",
        done=lambda given: f"Recorded for {given[0].school.name}: {choice.told[:1].lower()}{choice.told[1:]}.", next=page,
        page="membership/paper.html", choice=choice,
        pills=[(one.told, None, f"?choice={one}", one is choice) for one in AnswerKind],
    )  # fmt: skip


def phone_list(request: Asked, slug: str) -> HttpResponse:
    """Whom to ring: the schools that have not signed, with telephone numbers and people. Made to be printed."""
    require(may_see_membership(request.who, request.partnership.pk))
    listed = schools.phone_list(request.partnership, request.GET.get("page", ""), viewer=request.who)
    return render(request, "membership/phone_list.html", {"found": listed})


def questions(request: Asked, slug: str) -> HttpResponse:
    """The questions of schools: those that wait, and those that are answered."""
    require(may_see_membership(request.who, request.partnership.pk))
    table = texts_queries.inbox(request.GET, request.partnership, viewer=request.who)
    return render(request, "membership/questions.html", {"table": table, "answered": bool(table.chosen["show"])})


def question(request: Asked, slug: str, key: str) -> HttpResponse:
    """Answer one question, to the school alone or for everybody."""
    partnership, who = request.partnership, request.who
    require(may_see_membership(who, partnership.pk))
    asked = find(Question.objects.select_related("school__current", "partnership"), request, pk=key)
    if request.method == "POST":
        require(may_run_signup(who, partnership.pk))
    stands = answers.answer_of(partnership, asked.school, viewer=who)

    def done(answered: Question) -> Done:
        where = "It stands on the prospectus as well, without the school’s name." if answered.is_public else ""
        if not answered.email:
            return Done(f"The question of {answered.school.name} is answered: tell them, for no address came with it. {where}")
        sent = f"{reverse('notices:list', args=[slug])}?{urlencode({'q': answered.email})}"
        return Done(f"Your answer is on its way to {answered.school.name}. {where}", (("See the message", sent),))

    return form_page(
        request, partial(ReplyForm, initial={"public_words": asked.words}),
        partial(questions_actions.answer_question, question=asked),
        title=f"A question from {asked.school.name}", caption=f"Asked {moment(asked.asked_at)}",
        back=("All questions", reverse("membership:questions", args=[slug])), button="Send the answer", done=done,
        next=reverse("membership:questions", args=[slug]), page="membership/question.html",
        question=asked, may_run=may_run_signup(who, partnership.pk), state=AnswerState(stands.state) if stands else None,
    )  # fmt: skip
