"""What a school says and asks, what it is answered, and all that it says by the form of its page or of its link."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import already, lock, once
from alongside.members.membership.actions.signing import sign
from alongside.members.membership.models import Answer, ProspectusDay, Question, Signature
from alongside.members.membership.permissions import (
    may_answer_for_school,
    may_ask_question,
    may_record_answer,
    may_reopen_answer,
    may_run_signup,
)
from alongside.members.membership.queries.invitations import mail_passed_on
from alongside.members.membership.rules.answers import (
    AnswerKind,
    AnswerState,
    SubjectTo,
    after_question,
    stated_post_problem,
    states_before,
    subject_problem,
)
from alongside.members.membership.rules.text import mark_of_answer
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.models import Invitation, Person
from alongside.members.people.queries.invitations import invitation_for
from alongside.members.people.queries.roles import holder_of, person_of, standing_of
from alongside.members.people.rules.roles import Purpose
from alongside.members.posts.queries import listed_post, title_of
from alongside.members.schools.models import School

Given = Signature | Answer | Question
AS_TYPED = {"subject_to": "to", "subject_on": "on", "question": "words"}  # what a form's field is to the deed


@transaction.atomic
def open_prospectus(*, partnership: Partnership, school: School | str | None = None, by: Standing) -> None:
    """Count that the prospectus was opened: on this day, and where a school's people opened it, once more by the school.

    Nobody is named. A school that had not replied is reading now.
    """
    day = ProspectusDay.objects.filter(partnership=partnership, day=clock.today())
    if not day.update(visits=F("visits") + 1):
        try:
            with transaction.atomic():
                ProspectusDay.objects.create(partnership=partnership, day=clock.today(), visits=1)
        except IntegrityError:
            day.update(visits=F("visits") + 1)
    if school is None:
        return
    silent = Q(state=AnswerState.NO_REPLY)
    Answer.objects.filter(partnership=partnership, school=school, ended_on=None).update(
        opened=F("opened") + 1,
        state=Case(When(silent, then=Value(AnswerState.READING)), default=F("state")),
        changed_at=Case(When(silent, then=Value(clock.now())), default=F("changed_at")),
    )


@transaction.atomic
def take_up(*, token: str, post: str, name: str = "", email: str = "", by: Standing) -> tuple[Person, Standing]:
    """Take up the invitation of a link or letter, as what one says one is; gives the person and who they are now."""
    person = people.accept_invitation(token=token, name=name, email=email, post=post, by=by)
    return person, standing_of(person)


@transaction.atomic
def take_up_others(*, partnership: Partnership, person: Person, post: str, by: Standing) -> int:
    """Take up the invitations for the other schools of whoever has just signed in and may answer for them, when one address
    was invited for several; gives how many."""
    mine = replace(standing_of(person), on_behalf_of=by.on_behalf_of)
    answers = (stated := listed_post(post, partnership)) is not None and Power.ANSWER in stated.opens
    return people.accept_own(partnership=partnership, post=post, by=mine) if answers else 0


@transaction.atomic
def pass_on(*, partnership: Partnership, token: str, email: str, name: str, post: str, by: Standing) -> Invitation:
    """Send the invitation on to a colleague, who gets a link of their own; the office sees both addresses."""
    passed = people.pass_on(
        invitation_token=token, email=email, name=name, post=post, by=by, **mail_passed_on(partnership, viewer=by)
    )
    _write_to(passed, passed.made_at)
    audit.record("membership.pass_on", partnership=passed.partnership_id or "", school=passed.school_id or "", by=by)
    return passed


@transaction.atomic
def take_back(*, token: str, by: Standing) -> Invitation:
    """Undo that an invitation was passed on: the school is written to at the address from which it came."""
    invitation = people.take_back(invitation_token=token, by=by)
    _write_to(invitation, invitation.made_at)
    audit.record("membership.take_back", partnership=invitation.partnership_id or "", school=invitation.school_id or "", by=by)
    return invitation


def _write_to(invitation: Invitation, since: datetime) -> None:
    """From now on the school's reminders go to where that invitation went, and invite to its post."""
    answer = Answer.objects.filter(partnership=invitation.partnership_id, school=invitation.school_id)
    answer.update(email=invitation.email, post=invitation.post, invited_at=since)


def _for_school(partnership: Partnership, school: School, told_by: str, by: Standing) -> None:
    """Who speaks for the school: its own people, or the office with the name of whoever told it."""
    require(may_record_answer(by, partnership.pk) if told_by else may_answer_for_school(by, school.pk))


def _move(partnership: Partnership, school: School, after: AnswerState, **fields: object) -> Answer:
    """Move the school's answer along the table of states. Raises Conflict when it stands elsewhere by now.

    Not `models.move`: a signature is never undone by another answer, and each way it cannot go has words of its own.
    """
    moved = Answer.objects.filter(partnership=partnership, school=school, ended_on=None, state__in=states_before(after)).update(
        state=after, changed_at=clock.now(), next_on=None, **fields
    )
    answer: Any = Answer.objects.filter(partnership=partnership, school=school, ended_on=None)
    answer = answer.select_related("school__current").first()
    if moved:
        return answer
    if answer is None:
        raise Conflict(f"{school} is not asked to join {partnership} (any more).")
    if answer.answer_state is AnswerState.SIGNED:
        raise Conflict(f"{school} has signed meanwhile. To change that, withdraw the signature.")
    raise Conflict(f"{school} stands at “{answer.answer_state.label}” by now.")


@transaction.atomic
def say_subject(*, partnership: Partnership, school: School, to: SubjectTo, on: date, told_by: str = "", by: Standing) -> Answer:
    """Say yes, subject to the governors or the trust on a date; `told_by` when the office writes down what it was told."""
    _for_school(partnership, school, told_by, by)
    if problem := subject_problem(on, clock.today()):
        raise Invalid(subject_on=problem)
    answer = _move(partnership, school, AnswerState.SUBJECT, subject_to=to, subject_on=on, reason="")
    facts = {"to": to, "on": on.isoformat(), "told": bool(told_by)}
    audit.record("membership.say_subject", partnership=partnership.pk, school=school.pk, facts=facts, by=by)
    return answer


@transaction.atomic
def decline(*, partnership: Partnership, school: School, reason: str = "", told_by: str = "", by: Standing) -> Answer:
    """Say not this time, with or without a reason; the reason is shown to the office only."""
    _for_school(partnership, school, told_by, by)
    answer = _move(partnership, school, AnswerState.DECLINED, reason=reason.strip()[:500], subject_to="", subject_on=None)
    audit.record("membership.decline", partnership=partnership.pk, school=school.pk, facts={"told": bool(told_by)}, by=by)
    return answer


@transaction.atomic
def reopen(*, partnership: Partnership, school: School, by: Standing) -> Answer:
    """Open the matter again for a school that had said not this time. Raises Conflict when it stands elsewhere."""
    require(may_reopen_answer(by, partnership.pk, school.pk, AnswerState.DECLINED))
    answer: Any = Answer.objects.filter(partnership=partnership, school=school, ended_on=None).select_related("school__current")
    reopened = answer.filter(state=AnswerState.DECLINED).update(  # not `models.move`: other ways lead there too
        state=AnswerState.READING, changed_at=clock.now(), reason="", next_on=None
    )
    if not reopened:
        raise Conflict("There is nothing to open again: the school has given another answer meanwhile.")
    audit.record("membership.reopen", partnership=partnership.pk, school=school.pk, by=by)
    return answer.get()


@transaction.atomic
def ask_question(
    *, partnership: Partnership, school: School, words: str, told_by: str = "", asked_from: str = "", key: str, by: Standing
) -> Question:
    """Ask for a school; the office is told, and no reminder goes out until it has answered. The same key twice asks once.

    `asked_from` is where the answer goes when somebody without an account has asked by mail.
    """
    require(may_record_answer(by, partnership.pk) if told_by else may_ask_question(by, school.pk))
    text = words.strip()
    if len(text) < 3 or len(text) > 1000:
        raise Invalid(question="Enter your question, in at most 1,000 characters")
    asker = None if told_by else person_of(by)
    question = Question(
        pk=key,
        partnership=partnership,
        school=school,
        words=text,
        person=asker.pk if asker else "",
        email=(asker.email or "") if asker else asked_from,
        asked_at=clock.now(),
    )
    if (there := already(question)) is not None:
        return there
    answer = Answer.objects.filter(partnership=partnership, school=school, ended_on=None)
    if not answer.exists():
        raise Conflict(f"{school} is not asked to join {partnership} (any more).")
    if (there := once(question)) is not question:
        return there
    answer.filter(question=None).update(question=question)
    answer.filter(state__in=[*states_before(AnswerState.QUESTION), AnswerState.QUESTION]).update(
        state=AnswerState.QUESTION, changed_at=clock.now(), next_on=None
    )
    audit.record("membership.ask_question", row=question.pk, partnership=partnership.pk, school=school.pk, by=by)
    if partnership.contact_email and not told_by:
        holder, page = holder_of(partnership.contact_email, viewer=by), reverse("membership:questions", args=[partnership.slug])
        _tell(question, "membership/question_asked.txt", partnership.contact_email, holder, page, {}, by)
    return question


@transaction.atomic
def answer_question(*, question: Question, reply: str, publish: bool = False, public_words: str = "", by: Standing) -> Question:
    """Answer a question, to the school alone or also on the prospectus without naming it; the asker gets a mail.

    Raises Conflict when somebody has answered it meanwhile.
    """
    require(may_run_signup(by, question.partnership_id))
    if not reply.strip():
        raise Invalid(reply="Write the answer")
    public = _public_words(question, reply, publish, public_words)
    answered = Question.objects.filter(pk=question.pk, replied_at=None).update(
        reply=reply.strip(),
        replied_at=clock.now(),
        replied_by=by.person or by.on_behalf_of or "",
        is_public=publish,
        public_words=public,
    )
    if not answered:
        raise Conflict("Somebody has answered this question meanwhile.")
    _stand_again(question)
    place, facts = {"partnership": question.partnership_id, "school": question.school_id}, {"published": publish}
    audit.record("membership.answer_question", row=question.pk, **place, facts=facts, by=by)
    if question.email:
        page = reverse("membership:answer", args=[question.partnership.slug, question.school.urn])
        words, token = {"reply": reply.strip(), "published": publish}, _link_to_pass_on(question, by)
        words["passes_on"] = bool(token)
        _tell(question, "membership/question_answered.txt", question.email, question.person, page, words, by, token)
    return Question.objects.select_related("school__current", "partnership").get(pk=question.pk)  # whoever asked compares


def _public_words(question: Question, reply: str, publish: bool, public_words: str) -> str:
    """The question as published, nothing where it is not. Raises Invalid where it or the answer names the school."""
    if not publish:
        return ""
    public = public_words.strip() or question.words
    if question.school.name.lower() in f"{public} {reply}".lower():
        raise Invalid(public_words=f"Take out the name of {question.school}: published answers do not name the school")
    return public


@transaction.atomic
def correct_answer(*, question: Question, reply: str, publish: bool, public_words: str, seen: str, by: Standing) -> Question:
    """Put an answer into better words, publish it or take it off the prospectus; who asked gets the new words.

    Raises Conflict when it stands otherwise by now than `seen`, or has not been answered.
    """
    require(may_run_signup(by, question.partnership_id))
    lock(question.partnership)
    question = Question.objects.select_related("school__current", "partnership").get(pk=question.pk)
    if question.replied_at is None or seen != mark_of_answer(question.reply, question.public_words, question.is_public):
        raise Conflict("Somebody has changed this answer meanwhile. Load the page again to see it.")
    before, words = question.reply, reply.strip()
    if not words:
        raise Invalid(reply="Write the answer")
    public = _public_words(question, words, publish, public_words)
    reworded = (words, public or question.public_words) != (before, question.public_words)
    Question.objects.filter(pk=question.pk).update(reply=words, is_public=publish, public_words=public)
    place, facts = (
        {"partnership": question.partnership_id, "school": question.school_id},
        {"published": publish, "words": reworded},
    )
    audit.record("membership.correct_answer", row=question.pk, **place, facts=facts, by=by)
    if question.email and words != before:
        page = reverse("membership:answer", args=[question.partnership.slug, question.school.urn])
        said = {"reply": words, "published": publish, "corrected": True}
        _tell(question, "membership/question_answered.txt", question.email, question.person, page, said, by)
    question.refresh_from_db(fields=["reply", "is_public", "public_words"])
    return question


def _link_to_pass_on(question: Question, by: Standing) -> str:
    """The token of a fresh link for whoever asked and does not answer for the school: their question has used theirs up."""
    place: dict[str, Any] = {"partnership": question.partnership, "school": question.school}
    open_now = Answer.objects.filter(**place, ended_on=None).exclude(state__in=[AnswerState.SIGNED, AnswerState.DECLINED])
    asker, answer = Person.objects.filter(pk=question.person).first(), open_now.first()
    if asker is None or answer is None or standing_of(asker).can(Power.ANSWER, school=question.school_id):
        return ""
    invited = {"email": question.email, "post": answer.post, "purpose": Purpose.MEMBERSHIP, "name": asker.name}
    return people.invite(**place, **invited, by=by)[1]


def _tell(
    question: Question, template: str, to: str, person: str, page: str, words: dict[str, Any], by: Standing, token: str = ""
) -> None:
    """A mail about a question, with the page on which it goes on, or a link of its own."""
    place: dict[str, Any] = {"partnership": question.partnership, "school": question.school}
    said = {"question": question.words, **{name: one.name for name, one in place.items()}, **words}
    link = reverse("membership:invited", args=[question.partnership.slug, token]) if token else page
    at = {"link": settings.ADDRESS + link}
    words, secret = (said, at) if token else ({**said, **at}, None)
    notices.send(template=template, to=to, words=words, secret=secret, person=person, link=page, **place, by=by)


def _stand_again(question: Question) -> None:
    """Where the school stands once this question is answered: at its next question, or where it stood before."""
    place = {"partnership": question.partnership_id, "school": question.school_id}
    answer = Answer.objects.filter(**place)
    following = Question.objects.filter(**place, replied_at=None).order_by("asked_at").first()
    if following:
        answer.filter(question=question).update(question=following)
        return
    asking = answer.filter(state=AnswerState.QUESTION)
    for row in asking:
        asking.update(state=after_question(row.subject_on), changed_at=clock.now())
    answer.update(question=None)


@transaction.atomic
def answer_by_link(
    *, partnership: Partnership, school: School, token: str, post: str, choice: AnswerKind, words: dict[str, Any], by: Standing
) -> tuple[Person, list[Given]]:
    """Take up the invitation as what one says one is, and give the school's answer; both happen or neither. Gives the person
    who answered, and what was written down."""
    lock(partnership)
    invitation = invitation_for(token)
    stated = listed_post(post, partnership)
    if invitation and (problem := stated_post_problem(choice, stated, listed_post(invitation.post, partnership))):
        raise Invalid(post=problem)
    person, who = take_up(token=token, post=post, name=words.get("name", ""), email=words.pop("email", ""), by=by)
    printed = {"post": title_of(post)} if choice is AnswerKind.SIGN else {}
    return person, give_answer(partnership=partnership, schools=[school], choice=choice, words={**words, **printed}, by=who)


@transaction.atomic
def give_answer(
    *, partnership: Partnership, schools: list[School], choice: AnswerKind, words: dict[str, Any], by: Standing
) -> list[Given]:
    """Say for one school or several what the form says; gives what was written down, a row a school. Raises Invalid when it
    names no school of those."""
    if not schools:
        raise Invalid(schools="Choose at least one school")
    if choice is AnswerKind.SIGN:
        return [*sign(partnership=partnership, schools=schools, **words, by=by)]
    deed: Any = {AnswerKind.SUBJECT: say_subject, AnswerKind.QUESTION: ask_question, AnswerKind.DECLINE: decline}[choice]
    said = {AS_TYPED.get(name, name): value for name, value in words.items() if name != "name"}
    return [deed(partnership=partnership, school=school, **said, by=by) for school in schools]
