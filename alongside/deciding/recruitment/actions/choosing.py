"""What the panel and who runs the competition do: ties, scores, outcomes, interviews, letters, the seat."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from alongside.deciding.bodies.actions import tenures
from alongside.deciding.bodies.models import Tenure
from alongside.deciding.recruitment import permissions
from alongside.deciding.recruitment.actions.applying import erase, write_to
from alongside.deciding.recruitment.actions.vacancies import note, require_runs
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Score, Tie, Vacancy
from alongside.deciding.recruitment.queries.choosing import letters_due, tie_of, waiting_for
from alongside.deciding.recruitment.queries.vacancies import has_applied, may_run
from alongside.deciding.recruitment.rules.scoring import wrong_with_marks, wrong_with_scores
from alongside.deciding.recruitment.rules.vacancies import (
    FINAL,
    UNSUCCESSFUL,
    ApplicationState,
    VacancyState,
    erased_on,
    wrong_with_outcomes,
)
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import lock, move, save_if_unchanged

NOT_NOW = "This application is not being scored now."
NOBODY_SCORED = "Nobody has scored this: let somebody of the panel who does not know them score it first."


def _member(vacancy: Vacancy, by: Standing) -> PanelMember:
    """Who somebody is on the panel. Raises Refused for who is not on it, or has applied."""
    require(permissions.may_sit_on_panel(by, vacancy.pk, has_applied(vacancy, viewer=by)))
    return PanelMember.objects.get(vacancy=vacancy, person=by.person, ended_on=None)


@transaction.atomic
def declare_ties(*, vacancy: Vacancy, tied: Collection[str], words: str, by: Standing) -> int:
    """Somebody of the panel declares to which applicants (their keys) they have a tie, and to all others none, as far as they had
    declared nothing: a tie that is noticed later ends what they read, and what they scored counts no more, nor what the panel
    had agreed on with it. Gives how many.

    Raises Conflict before the closing day is over, Invalid for a tie without words.
    """
    member, words = _member(vacancy, by), words.strip()
    if not vacancy.is_closed:
        raise Conflict("Applications are opened when the closing day is over.")
    if tied and not words:
        raise Invalid(words="Say in a few words what the tie is")
    for one in Application.objects.named_to(by).filter(vacancy=vacancy):
        told = {"is_tied": one.pk in tied, "words": words if one.pk in tied else ""}
        first = {**told, "partnership_id": vacancy.partnership_id}
        tie, is_new = Tie.objects.get_or_create(application=one, member=member, defaults=first)
        if one.pk in tied and not is_new and not tie.is_tied:
            Tie.objects.filter(pk=tie.pk).update(**told)
            _take_scores_back(one, member, by)
    note("recruitment.declare", vacancy, by, ties=len(tied))
    return len(tied)


def _take_scores_back(application: Application, member: PanelMember, by: Standing) -> None:
    """What somebody scored counts no more, and the panel agrees again on the rounds in which it had counted."""
    lock(application)
    scores = Score.objects.filter(application=application, member=member)
    rounds = sorted({str(one) for one in scores.values_list("round", flat=True)} & {*application.agreed})
    scores.delete()
    if rounds:
        application.agreed = {turn: points for turn, points in application.agreed.items() if turn not in rounds}
        application.taken_back = sorted({*application.taken_back, *rounds})
        save_if_unchanged(application, application.version, "agreed", "taken_back")
        note("recruitment.take_back_agreed", application.vacancy, by, rounds=rounds)


@transaction.atomic
def lift_tie(*, tie: Tie, by: Standing) -> Tie:
    """A tie was declared by mistake: who runs the competition takes it off. Raises Conflict where there is none."""
    require_runs(tie.application.vacancy, by)
    if not Tie.objects.filter(pk=tie.pk, is_tied=True).update(is_tied=False, words=""):
        raise Conflict("There is no tie any more.")
    note("recruitment.lift_tie", tie.application.vacancy, by, member=tie.member_id)
    return tie


@transaction.atomic
def score(*, application: Application, marks: Sequence[tuple[int, str]], key: str, by: Standing) -> Score:
    """Score an application or an interview, alone and once: for each criterion the points and a sentence.

    Raises Conflict when nothing is scored now, and where one's score is in; Invalid for a score that is not whole.
    """
    vacancy, turn = application.vacancy, application.turn
    own_case = has_applied(vacancy, viewer=by)
    require(permissions.may_score(by, vacancy.pk, tie_of(application, viewer=by), own_case))
    if turn is None:
        raise Conflict(NOT_NOW)
    if wrong := wrong_with_marks(marks, [one.points for one in vacancy.specification]):
        raise Invalid(words_0=wrong)
    whose = {"partnership_id": vacancy.partnership_id, "application": application, "member": _member(vacancy, by)}
    made = Score(pk=key, **whose, round=turn, marks=[[points, words.strip()] for points, words in marks], at=clock.now())
    try:
        return audit.keep_once("recruitment.score", made, by=by, vacancy=vacancy.pk)
    except IntegrityError:
        raise Conflict("Your score is in already. What you think now is for the panel’s talk: agree on a score there.") from None


@transaction.atomic
def agree_score(*, application: Application, points: Sequence[int], version: int, by: Standing) -> Application:
    """Enter what the panel has agreed on, for each criterion, once everybody has scored; anew where a tie took it back.

    Raises Conflict when nothing is scored now, Stale when somebody has entered another, Invalid for points outside their scale.
    """
    vacancy, turn = application.vacancy, application.agrees_on
    if turn is None:
        raise Conflict(NOT_NOW)
    own_case = has_applied(vacancy, viewer=by)
    scores = bool(permissions.may_score(by, vacancy.pk, tie_of(application, viewer=by), own_case))
    reads = bool(may_run(vacancy, viewer=by)) or scores
    require(permissions.may_agree(by, reads, waiting_for(application, turn, viewer=by)))
    if not application.scores.filter(round=turn).exists():
        raise Conflict(NOBODY_SCORED)
    if wrong := wrong_with_marks([(one, "-") for one in points], [one.points for one in vacancy.specification]):
        raise Invalid(points_0=wrong)
    application.agreed = {**application.agreed, turn.value: list(points)}
    application.taken_back = [one for one in application.taken_back if one != turn.value]
    save_if_unchanged(application, version, "agreed", "taken_back")
    note("recruitment.agree", vacancy, by, round=turn.value)
    return application


@transaction.atomic
def keep_outcomes(
    *, vacancy: Vacancy, outcomes: Mapping[str, ApplicationState], reason: str, unscored: str = "", by: Standing
) -> Vacancy:
    """Keep how applicants (by their keys) come out: who is on the shortlist and who is not; or, at the end, who is appointed, who
    stays in reserve, who is not appointed, and why. Nobody hears of it before the letters are sent, and until somebody sits there
    it can be decided anew. Somebody is appointed whose score is agreed, when those of all others are too, or `unscored` says why
    it is decided before.

    Raises Conflict before the closing day is over and once the seat is filled; Invalid for what is no decision, and for who has
    heard otherwise.
    """
    require_runs(vacancy, by)
    lock(vacancy)
    if not vacancy.is_closed or vacancy.tenure:
        raise Conflict("This is decided once the closing day is over, and before somebody holds the seat.")
    there = Application.objects.filter(vacancy=vacancy, pk__in=outcomes).exclude(state=ApplicationState.DRAFT)
    rows = {one.pk: one for one in there}
    before = {key: (one.name, one.told) for key, one in rows.items()}
    if wrong := wrong_with_outcomes(before, outcomes):
        raise Invalid(reason=wrong)
    if others := _still_open(vacancy, [rows[key] for key, one in outcomes.items() if one == ApplicationState.APPOINTED]):
        if not unscored.strip():
            raise Invalid(unscored=f"{others}: agree on it first, or say why not")
        reason = f"{reason.strip()}\n\n{others}: {unscored.strip()}"
    if set(outcomes.values()) & FINAL:
        today, why = clock.today(), reason.strip()
        move(vacancy, VacancyState.DECIDED, decided_on=today, reason=why, erase_on=erased_on(today, vacancy.months_kept))
    else:
        move(vacancy, VacancyState.SHORTLISTED)
    for key, outcome in outcomes.items():
        if rows[key].state != outcome:
            move(rows[key], outcome)
    count = {state.value: list(outcomes.values()).count(state) for state in set(outcomes.values())}
    note("recruitment.decide", vacancy, by, **count)
    return vacancy


def _still_open(vacancy: Vacancy, chosen: Collection[Application]) -> str:
    """How many of those who are considered lack an agreed score, in words, where somebody is appointed. Raises Invalid where
    whoever is appointed has none."""
    considered = Application.objects.filter(vacancy=vacancy).select_related("vacancy")
    considered = considered.exclude(state__in=[ApplicationState.DRAFT, ApplicationState.NOT_LISTED])
    many = sum(one.lacks_score for one in considered) if chosen else 0
    wrong, others = wrong_with_scores(not all(one.is_agreed for one in chosen), many)
    if wrong:
        raise Invalid(reason=wrong)
    return others


@transaction.atomic
def offer_slots(*, vacancy: Vacancy, times: Sequence[datetime], place: str, by: Standing) -> int:
    """Offer times for interviews, among which those on the shortlist choose. Gives how many are new. Raises Invalid for one
    that is over, Conflict where there is no shortlist."""
    require_runs(vacancy, by)
    if vacancy.state != VacancyState.SHORTLISTED:
        raise Conflict("Times are offered once there is a shortlist.")
    if any(at <= clock.now() for at in times):
        raise Invalid(hours="Enter times that are still to come")
    said = {"partnership_id": vacancy.partnership_id, "place": place.strip()}
    new = sum(InterviewSlot.objects.get_or_create(vacancy=vacancy, starts_at=at, defaults=said)[1] for at in times)
    note("recruitment.offer_slots", vacancy, by, times=new)
    return new


@transaction.atomic
def take_slot_back(*, slot: InterviewSlot, by: Standing) -> Vacancy:
    """Offer a time no longer. Raises Conflict where somebody has chosen it, and where no interview is offered any more."""
    require_runs(slot.vacancy, by)
    if slot.vacancy.state != VacancyState.SHORTLISTED:
        raise Conflict("No time is offered any more: the interviews are over.")
    if not InterviewSlot.objects.filter(pk=slot.pk, application=None).delete()[0]:
        raise Conflict("Somebody has chosen this time. Write to them before you change it.")
    note("recruitment.take_slot_back", slot.vacancy, by)
    return slot.vacancy


@transaction.atomic
def send_letters(*, vacancy: Vacancy, seen: WasSeen, by: Standing) -> int:
    """Send the letters that are due, as they were `seen`. Gives how many. Raises Conflict where others would go, or none."""
    require_runs(vacancy, by)
    lock(vacancy)
    if vacancy.state == VacancyState.STOPPED:
        raise Conflict("This competition was stopped: write yourself to those who have applied.")
    due = letters_due(vacancy, viewer=by)
    if not due.letters:
        raise Conflict("Everybody has heard how they stand.")
    due.shown.agree(seen, "No letter was sent.")
    for one in (letter.application for letter in due.letters):
        write_to(one, "recruitment/letter.txt", by, outcome=one.state)
        Application.objects.filter(pk=one.pk, state=one.state).update(told=one.state)
    note("recruitment.send_letters", vacancy, by, letters=len(due.letters))
    return len(due.letters)


@transaction.atomic
def give_feedback(*, application: Application, words: str, by: Standing) -> Application:
    """Write to somebody who asked why they were not chosen. Raises Conflict where nobody asked, or it is answered."""
    require_runs(application.vacancy, by)
    asked = Application.objects.filter(pk=application.pk, feedback="", told__in=UNSUCCESSFUL, feedback_asked_on__isnull=False)
    if not asked.update(feedback=words.strip()):
        raise Conflict("They have not asked, or have had an answer.")
    note("recruitment.give_feedback", application.vacancy, by)
    write_to(application, "recruitment/feedback.txt", by, words=words.strip())
    return application


@transaction.atomic
def fill_seat(*, application: Application, from_on: date, rests_on: str, key: str, by: Standing) -> Tenure:
    """Let whoever was appointed sit from a day, once, for the term of the seat. Raises Conflict for somebody else, and before
    they have heard; Invalid as the body does."""
    vacancy = application.vacancy
    require_runs(vacancy, by)
    if not application.state == application.told == ApplicationState.APPOINTED:
        raise Conflict("Send the letters first: whoever was appointed has not heard of it yet.")
    whom: dict[str, Any] = {"name": application.name, "email": application.email, "from_on": from_on, "rests_on": rests_on}
    tenure = tenures.appoint(seat=vacancy.seat, **whom, key=key, by=by)
    Vacancy.objects.filter(pk=vacancy.pk, state=VacancyState.DECIDED).update(tenure=tenure.pk)
    note("recruitment.fill_seat", vacancy, by, tenure=tenure.pk)
    return tenure


@transaction.atomic
def stop(*, vacancy: Vacancy, by: Standing) -> Vacancy:
    """Give a competition up: nobody is appointed, everybody who has begun an application hears of it, and what was sent is erased
    in time. Raises Conflict when it is over."""
    require_runs(vacancy, by)
    today = clock.today()
    move(vacancy, VacancyState.STOPPED, decided_on=today, erase_on=erased_on(today, vacancy.months_kept))
    note("recruitment.stop", vacancy, by)
    for one in Application.objects.filter(vacancy=vacancy).select_related("vacancy__seat__body", "vacancy__partnership"):
        write_to(one, "recruitment/stopped.txt", by)
    return vacancy


@transaction.atomic
def purge(*, applications: Collection[str], by: Standing) -> list[str]:
    """Erase applications (their keys) whose time is over, with how they were scored, why it was decided so, and all that was
    written to them. Gives their keys; the log keeps how many of which competition."""
    require(permissions.may_purge(by))
    found = list(Application.objects.filter(pk__in=applications).select_related("vacancy__partnership"))
    gone = [one.pk for one in found]
    for vacancy in {one.vacancy for one in found}:
        theirs = [one for one in found if one.vacancy_id == vacancy.pk]
        for one in theirs:
            erase(one)
        InterviewSlot.objects.filter(vacancy=vacancy).delete()
        told = {"reason": "", "erased": vacancy.erased + len(theirs), "erased_on": clock.today()}
        Vacancy.objects.filter(pk=vacancy.pk, state=vacancy.state).update(**told)
        note("recruitment.erase", vacancy, by, applications=len(theirs))
    return gone
