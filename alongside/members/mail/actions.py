"""Taking mail in, and seeing to what waits."""

from collections.abc import Sequence
from email import message_from_bytes, policy
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.web import declared
from alongside.ground.web.models import move
from alongside.members.mail.models import Mail
from alongside.members.mail.permissions import may_read_mail, may_take_in
from alongside.members.mail.rules.reading import Said, read
from alongside.members.mail.rules.states import MailState, Sort
from alongside.members.notices.actions.returning import take_return
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.bounces import read_return
from alongside.members.notices.rules.tags import key_in, keys_of
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import address_is_of, standing_by_id

ELSEWHERE = "It came from {}, and the message that it answers went to another address. Nothing was done by itself."
UNREAD = "It cannot be read. It is kept as it came: download it, or ask whoever wrote it to send it again."
NOT_OURS = "It answers no message of ours."
NOTHING_DONE = "Nobody is told by itself of answers to this kind of message."
EMPTY = "It has no words of its own."


@transaction.atomic
def take_in(*, raw: bytes, sent_to: Sequence[str] = (), by: Standing) -> Mail:
    """Keep a message that came in, once however often it comes, and hand it to the room whose message it answers.

    `sent_to` are the addresses that the mail server took it for. Gives the mail; what no room takes waits for the office.
    """
    require(may_take_in(by))
    said = read(raw, sent_to, urlsplit(settings.ADDRESS).hostname or "alongside")
    mark = sha256(raw).hexdigest() if said.sort is Sort.UNREAD else said.mark
    if there := Mail.objects.filter(mark=mark).first():
        return there
    notice = _answered(said)
    mail = Mail(
        mark=mark, answers=notice,
        partnership=notice.partnership if notice and notice.partnership else _written_to(said), sender=said.sender,
        name=said.name, handed_on_by=said.handed_on_by, subject=said.subject, words=said.words, quoted=said.quoted,
        files=len(said.attached), came_at=clock.now(), state=MailState.AUTOMATIC,
    )  # fmt: skip
    if said.sort is Sort.RETURN:
        take_return(came=read_return(message_from_bytes(raw, policy=policy.compat32)), by=by)
    if said.sort in {Sort.PERSON, Sort.UNREAD}:
        mail.state = MailState.WAITING
        mail.keep(raw)
        _hand_over(mail, notice, said, by)
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:  # it came by two ways at once: what this one began is undone with it
        raise Conflict("The same message is being taken in by another process.") from None
    facts = {"state": str(mail.state), "sort": str(said.sort)}
    audit.record("mail.take_in", row=mail.pk, partnership=mail.partnership_id or "", facts=facts, by=by)
    return mail


def _answered(said: Said) -> Notice | None:
    """The message of ours that it answers: by the address to which it was sent, else by what it refers to."""
    host = urlsplit(settings.ADDRESS).hostname or "alongside"
    keys = [key_in(said.sent_to, settings.ANSWERS_TO, settings.SECRET_KEY), *keys_of(said.about, host)]
    found = Notice.objects.select_related("partnership", "school").in_bulk([key for key in keys if key])
    return next((found[key] for key in keys if key in found), None)


def _written_to(said: Said) -> Partnership | None:
    """The partnership whose own address it was sent to; where there is only one partnership, that."""
    key = key_in(said.sent_to, settings.ANSWERS_TO, settings.SECRET_KEY)
    if key and (found := Partnership.objects.filter(pk=key).first()):
        return found
    every = list(Partnership.objects.filter(ended_on=None)[:2])
    return every[0] if len(every) == 1 else None


def _hand_over(mail: Mail, notice: Notice | None, said: Said, by: Standing) -> None:
    """Let the room whose message it answers do what it does with answers, or say why nothing was done."""
    if said.sort is Sort.UNREAD:
        mail.why = UNREAD
    elif notice is None:
        mail.why = NOT_OURS
    elif said.sender != notice.to.lower() and not (notice.person and address_is_of(said.sender, notice.person)):
        mail.why = ELSEWHERE.format(said.sender or "nobody")
    elif not (said.words or said.calendar):
        mail.why = EMPTY
    else:
        mail.person = notice.person
        who = standing_by_id(notice.person) if notice.person else None
        try:
            with transaction.atomic():
                answer = {"words": said.words, "calendar": said.calendar}
                done = declared.answer(notice.kind, notice=notice, **answer, key=mail.pk, by=who or by)
            if done:
                mail.state, mail.became, mail.link = MailState.TAKEN, done.words[:200], done.link
            else:
                mail.why = NOTHING_DONE
        except (Refused, Invalid, Conflict) as refusal:
            mail.why = f"It was not taken by itself: {refusal}"[:300]


@transaction.atomic
def see_to(*, mail: Mail, by: Standing) -> Mail:
    """Somebody in the office has seen to it. Raises Conflict when somebody has already."""
    require(may_read_mail(by, mail.partnership_id or "-"))
    move(mail, MailState.DONE)
    audit.record("mail.see_to", row=mail.pk, partnership=mail.partnership_id or "", by=by)
    return mail


@transaction.atomic
def forget_answers(*, links: Sequence[str], by: Standing) -> int:
    """Take away what was answered by mail to messages that bear one of those paths: what they are about is erased. Gives how
    many."""
    return Mail.objects.filter(answers__link__in=links).delete()[0]
