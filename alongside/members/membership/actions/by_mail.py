"""What an answer by mail does: whoever answers an invitation or a reminder asks, and the office answers what was asked."""

from django.db import transaction
from django.urls import reverse

from alongside.ground.core.declaration import Answered
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.members.membership.actions import answering
from alongside.members.membership.models import Question
from alongside.members.membership.permissions import may_ask_question, may_run_signup
from alongside.members.notices.models import Notice


@transaction.atomic
def ask_by_mail(*, notice: Notice, words: str, key: str, by: Standing) -> Answered:
    """Take what a school writes back as a question to the office: nobody signs or declines by a mail.

    Raises Conflict when the message was about no one school, Invalid where it is too long, Refused.
    """
    require(may_ask_question(by, notice.school_id or ""))
    if notice.partnership is None or notice.school is None:
        raise Conflict("The message was not about one school.")
    school, partnership = notice.school, notice.partnership
    question = answering.ask_question(
        partnership=partnership, school=school, words=words, asked_from=notice.to if by.is_system else "", key=key, by=by
    )
    page = reverse("membership:question", args=[partnership.slug, question.pk])
    return Answered(f"Asked as a question of {school}", page)


@transaction.atomic
def answer_by_mail(*, notice: Notice, words: str, by: Standing) -> Answered:
    """Let the office answer a question from its own mailbox: to the school alone.

    Raises Conflict when somebody has answered it meanwhile, Refused.
    """
    require(may_run_signup(by, notice.partnership_id or ""))
    asked = Question.objects.select_related("school__current", "partnership").filter(
        partnership=notice.partnership_id, school=notice.school_id, asked_at__lte=notice.written_at
    )
    question = asked.order_by("-asked_at").first()
    if question is None:
        raise Conflict("The question that it answers is not there any more.")
    answering.answer_question(question=question, reply=words, by=by)
    return Answered(
        f"Answered the question of {question.school}", reverse("membership:questions", args=[question.partnership.slug])
    )
