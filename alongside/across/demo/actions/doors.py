"""What a door needs before it opens."""

from django.db import transaction

from alongside.across.demo import elthorne
from alongside.across.demo.permissions import may_use_demonstration
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.members.membership.models import Answer
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import invitations as people
from alongside.members.people.rules.roles import Purpose

SILENT = (AnswerState.NO_REPLY, AnswerState.READING)


@transaction.atomic
def invite_door_school(*, by: Standing) -> str:
    """A fresh invitation for a school that has not replied; gives the token of its link.

    Raises Conflict when every school has replied.
    """
    require(may_use_demonstration(by))
    partnership = Partnership.objects.filter(slug=elthorne.SLUG).first()
    if partnership is None:
        raise Conflict("Elthorne has not been built here.")
    waiting = (
        Answer.objects.filter(partnership=partnership, ended_on=None, state__in=SILENT)
        .exclude(email="")
        .select_related("school__current")
    )
    preferred = elthorne.named(elthorne.DOOR_SCHOOL).urn
    answer = min(waiting, key=lambda one: (one.school.urn != preferred, one.school.urn), default=None)
    if answer is None:
        raise Conflict("Every school of Elthorne has answered by now. Press “Start again” at the top of the page.")
    _, token, _ = people.invite(
        email=answer.email,
        post=Post.HEAD,
        school=answer.school,
        partnership=partnership,
        purpose=Purpose.MEMBERSHIP,
        name=f"Head of {answer.school.name}",
        by=by,
    )
    return token
