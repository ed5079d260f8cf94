"""Taking in what came back."""

from django.db import transaction
from django.db.models import Q

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.permissions import may_read_notices
from alongside.members.notices.rules.bounces import IGNORED, Return
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.partnerships.models import Partnership


def take_return(*, came: Return, by: Standing) -> Notice | None:
    """Note beside a message that it came back, and why; gives the message. None for what is no return, or not of ours, or says so
    of another address than the one to which it went.

    The same return twice is noted once. A message that is still being tried stays as it is, with what their server said, until
    its last report comes: for the same reason as a rule.
    """
    if came.came in IGNORED or not came.key:
        return None
    with transaction.atomic():
        notice = Notice.objects.filter(pk=came.key).exclude(to="").first()
        if notice is None or notice.to.lower() not in came.about:
            return None
        said = {"status": came.status, "words": came.words, "at": clock.now()}
        back, is_first = Returned.objects.get_or_create(
            notice=notice, came=came.came, defaults={**said, "address": notice.to.lower()}
        )
        if not is_first:
            if not came.is_final or notice.state == NoticeState.RETURNED:
                return notice
            Returned.objects.filter(pk=back.pk).update(**said, cleared_at=None)
        if came.is_final:
            gone = Notice.objects.filter(Q(pk=notice.pk) | Q(digest=notice.pk)).exclude(sent_at=None)
            gone.update(state=NoticeState.RETURNED, problem=came.came.label)
        place = {"partnership": notice.partnership_id or "", "school": notice.school_id or ""}
        facts = {"came": came.came.value, "status": came.status, "final": came.is_final}
        audit.record("notices.take_return", row=notice.pk, **place, facts=facts, by=by)
        return notice


@transaction.atomic
def clear_address(*, partnership: Partnership, address: str, by: Standing) -> int:
    """The office says that an address works again; gives how many returns are settled by that."""
    require(may_read_notices(by, partnership.pk))
    standing = Returned.objects.filter(notice__partnership=partnership, address=address.lower(), cleared_at=None)
    count = standing.update(cleared_at=clock.now())
    if count:
        audit.record("notices.clear_address", partnership=partnership.pk, facts={"returns": count}, by=by)
    return count
