"""The manager's pages: how every school stands, one school, the phone list, questions, reminders, the roll."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import day_of, moment, plural, weekday_near
from alongside.ground.search.rules.writing import fold
from alongside.ground.web import pictures
from alongside.ground.web.asked import Asked, find, found, next_page
from alongside.ground.web.pages import Done, form_page, on_its_way, press
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, Where, listed, looked_through
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.membership.actions import answering, asking, office, signing
from alongside.members.membership.actions.answering import Given
from alongside.members.membership.forms.answers import FORMS
from alongside.members.membership.forms.office import ContactForm, CorrectionForm, FreezeForm, ReplyForm, TelephoneForm
from alongside.members.membership.models import Answer, Contact, Question, Roll
from alongside.members.membership.permissions import may_run_signup, may_see_membership
from alongside.members.membership.queries import answers, story, texts
from alongside.members.membership.rules.answers import AnswerKind, AnswerState
from alongside.members.membership.rules.dates import dates_of, days_left_words, next_dates
from alongside.members.membership.rules.invitations import chase_words
from alongside.members.membership.rules.outlook import (
    MOST_REST,
    next_contact,
    pace_words,
    projected,
    rests_until,
    stands_in_the_way,
    told_before,
)
from alongside.members.membership.rules.text import mark_of_answer, shown_on_roll
from alongside.members.notices.queries.office import see_message
from alongside.members.notices.queries.returned import mail_that_came_back
from alongside.members.people.queries.roles import people_of_school
from alongside.members.schools.models import School
from alongside.members.schools.queries.schools import told_not_open

MOST_DAYS = 400


ROLL = (
    Column("urn", "URN", cell=lambda row: str(row.urn), where=Where.FILE),
    Column("name", "School", ("name", "urn")),
    Column("urn", "URN", ("urn",), cell=lambda row: str(row.urn), where=Where.PAGE),
    Column("kind", "Kind of school", ("constituency", "name"), cell=lambda row: row.constituency, where=Where.PAGE),
    Column("constituency", "Constituency", where=Where.FILE),
    Column("signed_at", "Signed at", ("signed_at", "urn")),
    Column("text_hash", "Text signed (SHA-256)", where=Where.FILE),
    Column("is_late", "Late", cell=lambda row: "late" if row.is_late else "", where=Where.FILE),
)
LATE = (
    Column("urn", "URN", cell=lambda row: str(row.school.urn)),
    Column("school", "School", cell=lambda row: row.school.name),
    Column("signed_at", "Signed"),
)


def _holds(row: Any, typed: str) -> bool:
    return fold(typed) in fold(f"{row.name} {row.urn}")


def overview(request: Asked, slug: str) -> HttpResponseBase:
    """What stands in each school's way (as a file too), the sign-up curve, whom to chase, what comes next."""
    partnership, who = request.partnership, request.who
    require(may_see_membership(who, partnership.pk))
    (settings, days), today = texts.settings_and_days(partnership, viewer=who), clock.today()
    dates = dates_of(settings, partnership.started_on)
    most, apart = settings.reminders_at_most, settings.days_between_reminders
    counts, groups, resting, chase = answers.groups_of_answers(partnership, told_before(today, days, apart), most, viewer=who)
    there = texts.state_of_texts(partnership, viewer=who)
    pills = answers.pills_of(partnership, counts, there.frozen_at, chase, viewer=who)
    table = answers.overview(request.GET, partnership, dates, settings, counts, days, pills, viewer=who)
    if "as" in request.GET:
        return list_sheet(request, f"{slug}-asked", table.columns, table.rows)
    last = day_of(there.frozen_at) if there.frozen_at else today  # the picture ends with the roll
    by_day = answers.signup_curve(partnership, viewer=who, first=min(dates.discussion_on, last))
    by_day = [one for one in by_day if one[0] <= last][-MOST_DAYS:]
    expected = projected(by_day, today, dates.sign_by, counts.asked)
    chase_count, chase_said = chase_words(groups, most, resting)
    return render(
        request,
        "membership/overview.html",
        {
            "counts": counts,
            "table": table,
            "texts": there,
            "settings": settings,
            "dates": dates,
            "pills": [
                (pill.words, count, table.address(state=key, page=None), table.chosen["state"] == key)
                for key, pill in pills.items()
                if (count := pill.count(counts)) or not key
            ],
            "days_left": days_left_words(today, dates.sign_by, there.frozen_at and day_of(there.frozen_at)),
            "figures": {key: pill.count(counts) for key, pill in pills.items()},
            "curve": pictures.curve(
                "Schools that have signed, by day",
                by_day,
                until=last if there.frozen_at else max(dates.sign_by, today),
                most=counts.asked,
                expected=expected,
                today=today,
            ),
            "pace": pace_words(counts.signed, counts.asked, expected, today, dates.sign_by),
            "chase_count": chase_count,
            "chase_words": chase_said,
            "coming": next_dates(dates, today, there.frozen_at is not None),
            "may_run": may_run_signup(who, partnership.pk),
        },
    )


def _answer(request: Asked, urn: int) -> Answer:
    require(may_see_membership(request.who, request.partnership.pk))
    return found(answers.answer_at(request.partnership, urn, viewer=request.who))


def _of_school(request: Asked, answer: Answer) -> dict[str, Any]:
    partnership, who = request.partnership, request.who
    settings = texts.settings_now(partnership, viewer=who)
    people = people_of_school(answer.school, viewer=who)
    dates, case, today = dates_of(settings, partnership.started_on), answers.stands(answer, viewer=who), clock.today()
    over = getattr(answer.partnership, "roll", None) is not None
    rests = None
    if case.told_on and (today - case.told_on).days <= MOST_REST and case.state in (AnswerState.NO_REPLY, AnswerState.READING):
        rests = rests_until(case.told_on, today, school_days_of(partnership), settings.days_between_reminders)
    return {
        "answer": answer, "school": answer.school, "case": case,
        "way": stands_in_the_way(case, dates.sign_by, today, over=over),
        "next_contact": next_contact(case, today, settings.reminders_at_most, rests, over=over),
        "closed": " ".join(told_not_open([answer.school], viewer=who)),
        "story": story.story_of(answer, viewer=who),
        "people": people,
        "returned": mail_that_came_back([answer.email, *(row.email for row in people)], viewer=who),
        "may_run": may_run_signup(who, partnership.pk), "choices": _choices(answer),
    }  # fmt: skip


def _choices(answer: Answer) -> list[AnswerKind]:
    """What the office may record for a school: a signature only where there is a text to sign."""
    return [one for one in AnswerKind if getattr(answer, "has_text", False) or one is not AnswerKind.SIGN]


def _no_answer(request: Asked, answer: Answer, choice: AnswerKind) -> Done | str:
    """Why no such answer of a school can be recorded now, and what comes first; nothing where it can."""
    slug, school = request.partnership.slug, answer.school
    if answer.ended_on:
        return Done(
            f"{school.name} is not asked any more.", (("Ask it again", reverse("membership:school", args=[slug, school.urn])),)
        )
    if answer.answer_state is AnswerState.SIGNED:
        release = ("Withdraw the signature", reverse("membership:release", args=[slug, school.urn]))
        return Done(f"{school.name} has signed. Another answer can be recorded once that is withdrawn.", (release,))
    if choice not in _choices(answer):
        publish = ("Publish the prospectus", reverse("membership:edit_prospectus", args=[slug]))
        return Done("There is nothing to sign yet: a school signs the text of the prospectus.", (publish,))
    return ""


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


def telephone(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Type a school's number where our copy of the register has none, or another."""
    require(may_run_signup(request.who, request.partnership.pk))
    answer, page = _answer(request, urn), reverse("membership:school", args=[slug, urn])
    known = f"says {answer.school.phone}" if answer.school.phone else "has none"

    def done(row: Answer) -> str:
        number = row.telephone or row.school.phone
        return f"The number of {row.school.name} is {number}." if number else f"No number of {row.school.name} is written down."

    return form_page(
        request, partial(TelephoneForm, initial={"telephone": answer.telephone, "seen": answer.telephone}),
        partial(office.change_telephone, partnership=request.partnership, school=answer.school),
        title="Telephone", caption=answer.school.name, back=(answer.school.name, page), done=done,
        lead=f"Our copy of the register {known}.", next=next_page(request, within=f"/p/{slug}/") or page,
    )  # fmt: skip


def note_off(request: Asked, slug: str, urn: int, key: str) -> HttpResponse:
    """Take a note of a talk off again."""
    note = find(Contact.objects.select_related("school__current"), request, pk=key)
    return press(
        request, partial(office.take_note_off, contact=note),
        done=lambda row: f"The note about {row.school.name} is undone. See whether its next contact is still right.",
        next=reverse("membership:school", args=[slug, urn]),
    )  # fmt: skip


def paper(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Record an answer that came on paper or by phone, with who told it."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    answer, choice = _answer(request, urn), AnswerKind.in_address(request.GET.get("choice", "")) or AnswerKind.SIGN
    of, page = answer.school, reverse("membership:school", args=[slug, urn])

    def deed(*, by: Standing, **words: Any) -> list[Given]:
        return answering.give_answer(partnership=partnership, schools=[of], choice=choice, words=words, by=by)

    return form_page(
        request, partial(FORMS[choice], schools=[of], on_paper=True), deed,
        title="Record an answer", caption=of.name, back=(of.name, page), button="Record the answer",
        lead="Given on paper or by phone. It stands in the school’s story as recorded by the office.",
        done=lambda given: f"Recorded for {given[0].school.name}: {choice.told[:1].lower()}{choice.told[1:]}.", next=page,
        page="membership/paper.html", choice=choice, barred=_no_answer(request, answer, choice),
        pills=[(one.told, None, f"?choice={one}", one is choice) for one in AnswerKind],
    )  # fmt: skip


def questions(request: Asked, slug: str) -> HttpResponseBase:
    """The questions of schools: those that wait, and those that are answered; as a file too."""
    require(may_see_membership(request.who, request.partnership.pk))
    table = texts.inbox(request.GET, request.partnership, viewer=request.who)
    if "as" in request.GET:
        return list_sheet(request, f"{slug}-questions", texts.INBOX, table.rows)
    return render(request, "membership/questions.html", {"table": table, "answered": bool(table.chosen["show"])})


def question(request: Asked, slug: str, key: str) -> HttpResponse:
    """Answer one question, to the school alone or for everybody."""
    partnership, who = request.partnership, request.who
    require(may_see_membership(who, partnership.pk))
    asked = find(Question.objects.select_related("school__current", "partnership"), request, pk=key)
    if request.method == "POST":
        require(may_run_signup(who, partnership.pk))
    stands = answers.answer_at(partnership, asked.school.urn, viewer=who)

    def done(answered: Question) -> Done:
        where = "It stands on the prospectus as well, without the school’s name." if answered.is_public else ""
        if asked.replied_at:
            gone = "It is off the prospectus." if asked.is_public and not answered.is_public else where
            told = "Who asked gets the new words." if answered.email and answered.reply != asked.reply else ""
            return Done(f"The answer to {answered.school.name} is changed. {gone} {told}")
        if not answered.email:
            return Done(f"The question of {answered.school.name} is answered: tell them, for no address came with it. {where}")
        sent = see_message(answered.email, partnership=partnership, viewer=who)
        return Done(f"Your answer is {on_its_way(answered.school.name)}. {where}", sent)

    form: Any = partial(ReplyForm, initial={"public_words": asked.words})
    deed: Any = answering.answer_question
    if asked.replied_at:
        seen = mark_of_answer(asked.reply, asked.public_words, asked.is_public)
        said = {"reply": asked.reply, "publish": asked.is_public, "public_words": asked.public_words or asked.words, "seen": seen}
        form, deed = partial(CorrectionForm, initial=said), answering.correct_answer
    return form_page(
        request, form, partial(deed, question=asked),
        title=f"A question from {asked.school.name}", caption=f"Asked {moment(asked.asked_at)}",
        back=("All questions", reverse("membership:questions", args=[slug])), done=done,
        button="Save the correction" if asked.replied_at else "Send the answer",
        next=reverse("membership:questions", args=[slug]), page="membership/question.html",
        question=asked, may_run=may_run_signup(who, partnership.pk), state=AnswerState(stands.state) if stands else None,
    )  # fmt: skip


def roll(request: Asked, slug: str) -> HttpResponse:
    """The roll with its moment and its proof; before that what it would hold now, and the button."""
    partnership, who = request.partnership, request.who
    if request.method == "POST":
        require(may_run_signup(who, partnership.pk))
    frozen = texts.roll_of(partnership, viewer=who)
    if frozen is None:
        require(may_see_membership(who, partnership.pk))
    entries = texts.roll_entries(frozen, partnership, viewer=who)
    late = texts.late_signers(partnership, frozen, viewer=who)
    dates = texts.dates_in_force(partnership, viewer=who)
    shown = looked_through(ROLL, entries, request.GET, sort="name", holds=_holds)
    page, csv = reverse("membership:roll", args=[slug]), reverse("membership:roll_csv", args=[slug])

    def done(made: Roll) -> Done:
        return Done(f"The roll is frozen with {plural(made.count, 'school')} on it.", (("Download the roll (CSV)", csv),))

    return form_page(
        request, partial(FreezeForm, initial={"seen": shown_on_roll(entries)}),
        partial(signing.freeze_roll, partnership=partnership), caption="Membership",
        title="The roll of members" if frozen else "The roll, if it were frozen now",
        lead=f"{plural(frozen.count, 'school')}, frozen {moment(frozen.frozen_at)}. It never changes."
        if frozen
        else f"{plural(len(entries), 'school has', 'schools have')} signed. The roll is to be frozen on "
        f"{weekday_near(dates.roll_freezes_on, clock.today())}.",
        button="Freeze the roll now", done=done, next=page, page="membership/roll.html",
        roll=frozen, table=shown, signed=len(entries), late=listed(LATE, late), dates=dates,
        is_early=clock.today() < dates.roll_freezes_on, may_run=may_run_signup(who, partnership.pk),
    )  # fmt: skip


def roll_csv(request: Asked, slug: str) -> HttpResponseBase:
    """The frozen roll for a spreadsheet."""
    frozen = found(texts.roll_of(request.partnership, viewer=request.who))
    entries = texts.roll_entries(frozen, request.partnership, viewer=request.who)
    return list_sheet(request, f"roll-of-{slug}", ROLL, entries)


def stop(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Ask one school no longer; its page says so, and offers to ask it again."""
    school = found(answers.answer_at(request.partnership, urn, viewer=request.who)).school

    def deed(*, by: Standing) -> School:
        if not asking.stop_asking(partnership=request.partnership, schools=[school], by=by):
            raise Conflict(f"{school.name} is not on the list any more, or it has signed meanwhile.")
        return school

    done = f"{school.name} is no longer asked. What it said stays on file, and you can ask it again."
    return press(request, deed, done=done, next=reverse("membership:school", args=[slug, urn]))


def ask_again(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Ask a school again that was asked no longer: it stands where it stood."""
    school = found(answers.answer_at(request.partnership, urn, viewer=request.who)).school

    def done(row: Answer) -> str:
        stands = answers.stands(row, viewer=request.who).label
        words = f"{school.name} is asked again, and stands where it stood: “{stands}”. Links sent before stay closed:"
        return f"{words} a new invitation or a reminder carries a fresh one."

    deed = partial(asking.ask_again, partnership=request.partnership, school=school)
    return press(request, deed, done=done, next=reverse("membership:school", args=[slug, urn]))
