"""What a person does with their own messages."""

from collections.abc import Collection

from django.db import transaction

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.members.notices.models import Notice, Preference
from alongside.members.notices.permissions import may_choose_digests
from alongside.members.notices.rules.messages import DIGEST
from alongside.members.notices.rules.waiting import Category


@transaction.atomic
def choose_digests(*, categories: Collection[Category], by: Standing) -> None:
    """From now on messages of those categories come in a digest, all others at once. What waits already stays as it is."""
    require(may_choose_digests(by))
    person = by.person or ""
    Preference.objects.filter(person=person).exclude(category__in=list(categories)).delete()
    kept = set(Preference.objects.filter(person=person).values_list("category", flat=True))
    Preference.objects.bulk_create(
        [Preference(person=person, category=one) for one in categories if one not in kept], ignore_conflicts=True
    )


@transaction.atomic
def read_notice(*, key: str, by: Standing) -> None:
    """A person has read one of their messages; a second time changes nothing."""
    Notice.objects.addressed_to(by).filter(pk=key, read_at=None).update(read_at=clock.now())


@transaction.atomic
def read_everything(*, by: Standing) -> int:
    """A person has read all their messages; gives how many were unread."""
    return Notice.objects.addressed_to(by).filter(read_at=None).exclude(kind=DIGEST).update(read_at=clock.now())
