"""Questions and their answers."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.rows import already, once
from alongside.members.membership.models import Answer, Question
from alongside.members.membership.permissions import may_ask_question, may_record_answer, may_run_signup
from alongside.members.membership.rules.answers import AnswerState, after_question, states_before
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import holder_of, person_of
from alongside.members.schools.models import School


@transaction.atomic
def ask_question(*, partnership: Partnership, school: School, words: str, told_by: str = "", key: str, by: Standing) -> Question:
    """Ask for a school; the office is told, and no reminder goes out until it has answered. The same key twice asks once."""
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
        email=(asker.email or "") if asker else "",
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
    public = public_words.strip() or question.words
    if publish and question.school.name.lower() in f"{public} {reply}".lower():
        raise Invalid(public_words=f"Take out the name of {question.school}: published answers do not name the school")
    answered = Question.objects.filter(pk=question.pk, replied_at=None).update(
        reply=reply.strip(),
        replied_at=clock.now(),
        replied_by=by.person or by.on_behalf_of or "",
        is_public=publish,
        public_words=public if publish else "",
    )
    if not answered:
        raise Conflict("Somebody has answered this question meanwhile.")
    _stand_again(question)
    place, facts = {"partnership": question.partnership_id, "school": question.school_id}, {"published": publish}
    audit.record("membership.answer_question", row=question.pk, **place, facts=facts, by=by)
    if question.email:
        page = reverse("membership:answer", args=[question.partnership.slug, question.school.urn])
        words = {"reply": reply.strip(), "published": publish}
        _tell(question, "membership/question_answered.txt", question.email, question.person, page, words, by)
    question.refresh_from_db(fields=["reply", "replied_at", "is_public", "public_words"])
    return question


def _tell(question: Question, template: str, to: str, person: str, page: str, words: dict[str, Any], by: Standing) -> None:
    """A mail about a question, with the page on which it goes on."""
    place: dict[str, Any] = {"partnership": question.partnership, "school": question.school}
    said = {"question": question.words, "link": settings.ADDRESS + page, **{name: one.name for name, one in place.items()}}
    notices.send(template=template, to=to, words={**said, **words}, person=person, link=page, **place, by=by)


def _stand_again(question: Question) -> None:
    """Where the school stands once this question is answered: at its next question, or where it stood before."""
    place = {"partnership": question.partnership_id, "school": question.school_id}
    answer = Answer.objects.filter(**place)
    following = Question.objects.filter(**place, replied_at=None).order_by("asked_at").first()
    if following:
        answer.filter(question=question).update(question=following)
        return
    for row in answer.filter(state=AnswerState.QUESTION):
        Answer.objects.filter(pk=row.pk, state=AnswerState.QUESTION).update(
            state=after_question(row.subject_on), question=None, changed_at=clock.now()
        )
    answer.update(question=None)
