"""What a person does with their own messages."""

from django.db import transaction

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.members.notices.models import Notice, Rhythm
from alongside.members.notices.permissions import may_choose_rhythm
from alongside.members.notices.rules.waiting import News, WeekDay, problem_of


@transaction.atomic
def choose_rhythm(*, news: News, day: WeekDay, by: Standing) -> Rhythm:
    """From now on what need not come at once comes so, and the week's mail on that day. What waits already stays as it is.

    Raises Invalid where one does not fit the other.
    """
    require(may_choose_rhythm(by))
    if problems := problem_of(news, day):
        raise Invalid(**problems)
    return Rhythm.objects.update_or_create(person=by.person or "", defaults={"news": news, "day": day})[0]


@transaction.atomic
def read_notice(*, key: str, by: Standing) -> None:
    """A person has read one of their messages; a second time changes nothing."""
    Notice.objects.addressed_to(by).filter(pk=key, read_at=None).update(read_at=clock.now())


@transaction.atomic
def read_everything(*, by: Standing) -> int:
    """A person has read all their messages; gives how many were new."""
    return Notice.objects.addressed_to(by).new().update(read_at=clock.now())
