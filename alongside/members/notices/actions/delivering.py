"""Handing messages to the mail server, one by one.

A message is claimed by one conditional UPDATE, which gives a lease: two workers never have the same one in hand. Should a
process die between handing over and noting it, the next sends it again under the same Message-ID. None is lost,
and none counts as sent before the mail server has taken it.
"""

import logging
import smtplib
from collections.abc import Collection, Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.web import declared
from alongside.ground.web.later import later, one_by_one
from alongside.ground.web.mail import as_mail
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.permissions import may_read_notices
from alongside.members.notices.queries.office import address_today
from alongside.members.notices.rules import messages
from alongside.members.notices.rules.messages import LEASE, TO_SEND_AGAIN, NoticeState, is_for_good
from alongside.members.notices.rules.tags import tagged

LOST = "It carried a personal link, which is not kept any longer. Send a new invitation instead."
AT_A_TIME, RUNS = 200, 50


def deliver(*, notice_id: str, lease: timedelta = LEASE, by: Standing) -> bool:
    """Hand one message to the mail server if it is due and nobody has it in hand; gives whether it was taken."""
    if not _due().filter(pk=notice_id).update(leased_until=clock.now() + lease, tries=F("tries") + 1):
        return False
    notice = Notice.objects.get(pk=notice_id)
    body = _body(notice)
    if body is None:
        _give_up(notice, LOST)
        return False
    if notice.tries > messages.KILLED_TOO_OFTEN:
        _give_up(notice, "The process that sends mail stopped each time it came to this message.")
        return False
    if messages.has_waited(notice.written_at, notice.due_at or notice.written_at, clock.now()) and not _goes(notice):
        _hold_back(notice)
        return False
    try:
        answers = _answers_to(notice)
        as_mail(notice.subject, body, notice.to, key=notice.pk, reply_to=answers, calendar=notice.calendar).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: an address that cannot be written in a mail
        logging.getLogger("alongside").warning("a message could not be sent: %s", type(error).__name__)
        _not_taken(notice, error)
        return False
    _taken(notice)
    return True


def _goes(notice: Notice) -> bool:
    """Whether whom it was written to may still hear of it."""
    who = declared.who_is(notice.person) if notice.tells_of else None
    return messages.may_go(notice.tells_of, who.partnerships if who else ())


@transaction.atomic
def _hold_back(notice: Notice) -> None:
    """What a mail had gathered is free again: each of it is asked for by itself when the next one gathers."""
    rows = Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING, tries=notice.tries)
    if rows.update(state=NoticeState.HELD_BACK, problem=messages.LEFT, leased_until=None, due_at=None):
        Notice.objects.filter(digest=notice.pk, state=NoticeState.GATHERED).update(digest=None)


def _answers_to(notice: Notice) -> str:
    """Where an answer goes: by the door for mail to what it answers, else to the office."""
    if settings.ANSWERS_TO:
        return tagged(settings.ANSWERS_TO, notice.pk, settings.SECRET_KEY)
    return notice.partnership.contact_email if notice.partnership else ""


def _body(notice: Notice) -> str | None:
    if not notice.is_personal or settings.DEMO:
        return notice.body
    from alongside.members.notices.envelopes import unseal  # only where used, with what decrypts

    return unseal(notice.sealed) if notice.sealed else None


@transaction.atomic
def _taken(notice: Notice) -> None:
    """Whoever has handed it over says so, even when the lease has run out meanwhile; what a digest gathered went with it."""
    sent = {"state": NoticeState.SENT, "sent_at": clock.now(), "problem": "", "sealed": "", "leased_until": None, "due_at": None}
    Notice.objects.filter(pk=notice.pk, sent_at=None).update(**sent)
    Notice.objects.filter(digest=notice.pk, sent_at=None).update(**sent)


def _not_taken(notice: Notice, error: Exception) -> None:
    words = f"The mail server did not take it ({type(error).__name__})"
    wait = None if isinstance(error, ValueError) or _refused_for_good(error) else messages.next_try(notice.tries)
    if wait is None:
        _give_up(notice, words)
        return
    mine = Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING, tries=notice.tries)
    mine.update(due_at=clock.now() + wait, leased_until=None, problem=words)


def _refused_for_good(error: Exception) -> bool:
    """Whether the mail server said never; a wrong password or a server that is down is mended by people, and tried again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return bool(error.recipients) and all(is_for_good(code) for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and is_for_good(error.smtp_code)


@transaction.atomic
def _give_up(notice: Notice, words: str) -> None:
    problem = {"state": NoticeState.PROBLEM, "problem": words, "leased_until": None, "due_at": None}
    Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING, tries=notice.tries).update(**problem)
    Notice.objects.filter(digest=notice.pk, state=NoticeState.GATHERED).update(**problem)


def deliver_waiting(*, lease: timedelta = LEASE, by: Standing) -> int:
    """Hand over every message that is due and in nobody's hand: what is to be tried again, what a dead process left, what was
    written for this morning. Gives how many were taken."""
    return sum(one_by_one(_waiting(), lambda key: deliver(notice_id=key, lease=lease, by=by)))


def _waiting() -> Iterator[str]:
    for _ in range(RUNS):
        found = list(_due().order_by("due_at").values_list("pk", flat=True)[:AT_A_TIME])
        yield from found
        if len(found) < AT_A_TIME:
            return


def _due() -> QuerySet[Notice]:
    """What is to be tried now and is in nobody's hand."""
    now = clock.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return Notice.objects.filter(free, state=NoticeState.WAITING, due_at__lte=now)


@transaction.atomic
def forget_secrets(*, by: Standing) -> int:
    """Erase what was sealed for mails that did not go in three days; gives how many."""
    old = Notice.objects.exclude(sealed="").filter(written_at__lt=clock.now() - messages.SECRET_KEPT)
    waiting = old.filter(state=NoticeState.WAITING)
    waiting.update(state=NoticeState.PROBLEM, problem=LOST, due_at=None, leased_until=None)
    return old.update(sealed="")


@transaction.atomic
def forget_about(*, links: Collection[str], by: Standing) -> int:
    """Take away every message that bears one of those paths, sent or not: what it is about is erased. Gives how many."""
    return Notice.objects.filter(link__in=links).delete()[0]


def _require_its_words(notice: Notice) -> None:
    """Go on where all that a message said can be sent again. Raises Conflict where it cannot."""
    if notice.removed_on:
        raise Conflict("The words of this message were removed. There is nothing left to send again.")
    is_late = clock.now() > messages.secret_kept_until(notice.written_at)
    if notice.is_personal and not settings.DEMO and (not notice.sealed or is_late):
        raise Conflict(LOST)


@transaction.atomic
def try_again(*, notice: Notice, to: str = "", by: Standing) -> Notice:
    """Send a message again that could not be sent, or that came back: that goes to the address that its reader has today, as it
    was shown. Raises Conflict when it has gone meanwhile, when its link is not kept, or the address is another by now."""
    require(may_read_notices(by, notice.partnership_id or ""))
    _require_its_words(notice)
    address, now = notice.to, clock.now()
    if notice.state == NoticeState.RETURNED and to != (address := address_today(notice, viewer=by)):
        raise Conflict("The address is another one by now. Look to whom it would go, and send it then.")
    stuck = Notice.objects.filter(pk=notice.pk, state__in=TO_SEND_AGAIN, digest=None)  # what is in a digest goes with that
    if not stuck.update(state=NoticeState.WAITING, to=address, tries=0, due_at=now, leased_until=None, sent_at=None, problem=""):
        raise Conflict("This message is being sent already.")
    same = Returned.objects.filter(notice__partnership=notice.partnership_id, address=notice.to.lower(), cleared_at=None)
    same.filter(Q() if address != notice.to else Q(notice=notice)).update(cleared_at=now)  # an address that was left is settled
    notice.to = address
    audit.record("notices.try_again", row=notice.pk, partnership=notice.partnership_id or "", by=by)
    later("notices.deliver", notice.pk)
    return notice
