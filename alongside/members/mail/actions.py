"""Taking mail in, keeping its files, and seeing to what waits."""

import logging
import threading
from collections.abc import Sequence
from datetime import timedelta
from email.utils import parseaddr
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.files import actions as files
from alongside.ground.web import declared
from alongside.ground.web.later import later
from alongside.ground.web.models import move
from alongside.ground.web.secret_paths import confidential_in, opens_by_itself, without_secrets
from alongside.members.mail.models import Mail
from alongside.members.mail.permissions import may_hand_to_office, may_read_mail, may_take_in
from alongside.members.mail.queries import place_of
from alongside.members.mail.rules.files import MOST_FILES, key_of_file, kind_of_files
from alongside.members.mail.rules.reading import Said, read
from alongside.members.mail.rules.states import MailState, Sort
from alongside.members.mail.rules.whole import changed, kept, words_in
from alongside.members.mail.rules.words import holds_more, without_name
from alongside.members.notices.actions import sending
from alongside.members.notices.actions.returning import take_return
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.tags import keys_in, keys_of
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import address_is_of, holder_of, standing_by_id

ELSEWHERE = "It came from {}, and the message that it answers went to another address. Nothing was done by itself."
UNREAD = "It cannot be read. It is kept as it came: download it, or ask whoever wrote it to send it again."
NOT_OURS = "It answers no message of ours."
NOTHING_DONE = "Nobody is told by itself of answers to this kind of message."
EMPTY = "It has no words of its own."
HOLDS_MORE = "What it quotes cannot be told from its own words, so nobody else was shown it. Read it, and pass on what is meant."
LEFT = "Whoever it was sent to cannot sign in here any more, so nothing is done in their name."
DOUBTED = "The mail server says that it does not come from the address that it names. Ask them whether they wrote it."
HANDED_ON = "It was handed on by {}, and only the office, or whoever the message went to, hands on what is taken by itself."
ANOTHER = "A mail server says that a message of ours did not arrive, and names another address than the one it went to."
NOT_TAKEN = "It was not taken by itself: something here went wrong. Whoever runs Alongside finds it in the log."
NOT_READ, ANSWERED_AGAIN = "mail.not_read", timedelta(days=7)  # whoever writes hears once a week that nobody reads it
ONE = threading.Lock()  # SQLite writes one thing at a time; who waits here does not time out there


class Aim(NamedTuple):
    """What a message is about: the key to whose address it was sent, and the message of ours; `is_addressed` where it was sent to
    the address of that very message, and does not only refer to it; `is_lost` where what it answers is erased."""

    key: str
    notice: Notice | None
    partnership: Partnership | None = None
    is_addressed: bool = False
    is_lost: bool = False


def take_in(*, raw: bytes, sent_to: Sequence[str] = (), by: Standing) -> Mail:
    """Keep a message that came in, once however often it comes, and hand it to the room whose message it answers.

    `sent_to` are the addresses that the mail server took it for: for each message of ours among them it is kept once. Gives the
    first; what no room takes waits for the office. Of what answers a confidential message nothing is kept but that it came:
    nobody reads it, and whoever wrote hears where to write instead. It is read before anything is locked. Raises Conflict when
    the same is taken in elsewhere at this moment.
    """
    require(may_take_in(by))
    said, every = read(raw, sent_to, _host(), settings.MAIL_CHECKED_BY), words_in(kept(raw))
    text = kept(raw) if every is None else every
    is_for_few, whole = confidential_in(text), changed(raw, without_secrets) if opens_by_itself(text) else raw
    with ONE, transaction.atomic():
        aims = _aims(said)
        notice = _confidential(said)
        if notice or (is_for_few and not any(aim.is_addressed for aim in aims)):
            return _unread(said, notice, by)
        first, *_ = [_kept(whole, said, aim, by) for aim in aims]
    return first


def _host() -> str:
    return urlsplit(settings.ADDRESS).hostname or "alongside"


def _aims(said: Said) -> list[Aim]:
    """What it is about: the messages of ours to whose addresses it was sent, else the partnerships, and with them the message
    that it refers to."""
    tags = keys_in(said.sent_to, settings.ANSWERS_TO, settings.SECRET_KEY)
    told = [*keys_of(said.about, _host()), *([said.returned.key] if said.returned else [])]
    found = Notice.objects.select_related("partnership", "school").in_bulk([*tags, *told])
    places = Partnership.objects.in_bulk(tags)
    notice = next((found[key] for key in told if key in found), None)
    sent = [Aim(key, found[key], is_addressed=True) for key in tags if key in found]
    is_lost = not sent and notice is None and bool({*tags, *told} - {*places})
    if sent or is_lost or not places:
        return sent or [Aim("", notice, is_lost=is_lost)]
    of_theirs = {key: notice if notice and notice.partnership_id in {None, key} else None for key in places}  # and no other's
    return [Aim(key, of_theirs[key], places[key]) for key in tags if key in places]


def _confidential(said: Said) -> Notice | None:
    """The confidential message of ours that it has to do with: sent to its address, about it, or that message itself."""
    few = [kind for kind, one in declared.messages().items() if one.is_confidential]
    keys = [*keys_in(said.sent_to, settings.ANSWERS_TO, settings.SECRET_KEY), *keys_of(said.about, _host()), said.own_key]
    keys += [said.returned.key] if said.returned else []
    return Notice.objects.filter(pk__in=filter(None, keys), kind__in=few).first()


def _unread(said: Said, notice: Notice | None, by: Standing) -> Mail:
    """Keep that an answer came which nobody reads, and tell whoever wrote where to write instead."""
    if there := Mail.objects.filter(mark=said.mark()).first():
        return there
    if said.sort is Sort.RETURN and said.returned:
        take_return(came=said.returned, by=by)
    is_of_somebody = said.sort in {Sort.PERSON, Sort.UNREAD} and not (notice and said.own_key == notice.pk)
    state = MailState.NOT_READ if is_of_somebody else MailState.AUTOMATIC
    mail = Mail(mark=said.mark(), answers=notice, came_at=clock.now(), state=state)
    _save(mail)
    audit.record("mail.take_in", row=mail.pk, facts={"state": str(mail.state), "sort": str(said.sort)}, by=by)
    if is_of_somebody and notice and notice.kind != NOT_READ:
        declared.answer(notice.kind, notice=notice, by=by)
    elif is_of_somebody and notice is None and said.sender and not said.is_doubted:
        lately = clock.now() - ANSWERED_AGAIN
        if not Notice.objects.filter(kind=NOT_READ, to=said.sender, written_at__gt=lately).exists():
            sending.send(template="mail/not_read.txt", to=said.sender, words={}, by=by)
    return mail


def _save(mail: Mail) -> None:
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:  # it came by two ways at once: what this one began is undone with it
        raise Conflict("The same message is being taken in by another process.") from None


def _kept(raw: bytes, said: Said, aim: Aim, by: Standing) -> Mail:
    mark = said.mark(aim.key)
    if there := Mail.objects.filter(mark=mark).first():
        return there
    sort, who = said.sort, (aim.notice and aim.notice.person) or holder_of(said.sender, viewer=by)
    if said.own_key and Notice.objects.filter(pk=said.own_key).exists():
        sort = Sort.OURS
    place = None if aim.is_lost else aim.partnership or place_of(aim.notice, who, viewer=by)
    subject, words, quoted = map(without_secrets, (said.subject, said.words, said.quoted))
    mail = Mail(
        mark=mark, answers=aim.notice, partnership=place, sender=said.sender,
        name=said.name, handed_on_by=said.handed_on_by, subject=subject[:200], words=words, quoted=quoted,
        files=len(said.attached), came_at=clock.now(), state=MailState.AUTOMATIC,
    )  # fmt: skip
    is_noted = bool(sort is Sort.RETURN and said.returned and take_return(came=said.returned, by=by))
    if sort in {Sort.PERSON, Sort.UNREAD} or (sort is Sort.RETURN and aim.notice and not is_noted):
        mail.state = MailState.WAITING
        mail.keep(raw)
        _hand_over(mail, aim, said, by)
    _save(mail)
    facts = {"state": str(mail.state), "sort": str(sort)}
    audit.record("mail.take_in", row=mail.pk, partnership=mail.partnership_id or "", facts=facts, by=by)
    if mail.files and mail.whole:
        later("mail.keep_files", mail.pk)
    return mail


def _hand_over(mail: Mail, aim: Aim, said: Said, by: Standing) -> None:
    """Let the room whose message it answers do what it does with answers, or say why nothing was done."""
    words = "" if holds_more(said.words, _ours()) else mail.words
    mail.why = _why_it_waits(aim.notice, said, words)
    if mail.why or aim.notice is None:
        return
    notice, mail.person = aim.notice, _to_whom(aim.notice)
    who = standing_by_id(mail.person) if mail.person else by  # an address alone: as if it pressed the link in its letter
    if who is None:
        mail.why = LEFT
        return
    words = without_name(words, who.name or said.name)
    answer = {"words": words, "calendar": said.calendar, "is_addressed": aim.is_addressed, "files": len(said.attached)}
    try:
        with transaction.atomic():
            done = declared.answer(notice.kind, notice=notice, **answer, key=mail.pk, by=who)
    except (Refused, Invalid, Conflict) as refusal:
        mail.why = f"It was not taken by itself: {refusal}"[:300]
    except (OperationalError, InterfaceError):
        raise  # the mail server keeps it, and tries again
    except Exception as error:  # whatever a message breaks in a room, it waits here
        logging.getLogger("alongside").error("an answer to %s by mail was not taken: %s", notice.kind, type(error).__name__)
        mail.why = NOT_TAKEN
    else:
        if done:
            mail.state, mail.became, mail.link = MailState.TAKEN, done.words[:200], done.link
        else:
            mail.why = NOTHING_DONE


def _why_it_waits(notice: Notice | None, said: Said, words: str) -> str:
    """Why nothing is done with a message before any room is asked; nothing where one is."""
    own = _own_addresses(notice, said.sender) if notice else set()
    office = notice.partnership.contact_email.lower() if notice and notice.partnership else ""
    reasons = (
        (said.sort is Sort.UNREAD, UNREAD),
        (said.sort is Sort.RETURN, ANOTHER),
        (notice is None, NOT_OURS),
        (said.sender not in own, ELSEWHERE.format(said.sender or "nobody")),
        (said.is_doubted, DOUBTED),
        (said.handed_on_by not in {"", office, *own}, HANDED_ON.format(said.handed_on_by)),
        (not (words or said.calendar), HOLDS_MORE if said.words else EMPTY),
    )
    return next((why for is_so, why in reasons if is_so), "")


def _to_whom(notice: Notice) -> str:
    """The person to whom a message went, by name or by the address that is theirs."""
    return notice.person or holder_of(notice.to, viewer=Standing.system())


def _own_addresses(notice: Notice, sender: str) -> set[str]:
    """The addresses from which an answer to a message comes: the one that it went to, unless it is somebody else's by now, and
    the sender's where it is that of the person to whom it went."""
    person, sent_to = _to_whom(notice), notice.to.lower()
    own = {sent_to} if sent_to and not notice.removed_on else set()
    if holder_of(notice.to, viewer=Standing.system()) not in {"", person}:
        own = set()
    return own | ({sender} if person and address_is_of(sender, person) else set())


def _ours() -> list[str]:
    """The addresses that only a message of ours tells: where they stand among somebody's words, they quote."""
    name, _, host = settings.ANSWERS_TO.partition("@")
    door = [f"{name}@{host}", f"{name}+"] if host else []
    return [one.lower() for one in (*door, parseaddr(settings.DEFAULT_FROM_EMAIL)[1], settings.ADDRESS) if one]


def keep_files(*, mail: Mail, by: Standing) -> int:
    """Put the files of a mail among what is stored, checked and cleaned, for its office: each once. Gives how many; what is not
    taken stays in the mail as it came, and the mail says why."""
    require(may_take_in(by))
    came = read(mail.raw).attached if mail.whole and mail.partnership_id else ()
    refused = [f"{one.name}: there are more than {MOST_FILES}" for one in came[MOST_FILES:]]
    for at, one in enumerate(came[:MOST_FILES]):
        try:
            files.keep_file(
                key=key_of_file(mail.pk, at), name=one.name, data=one.data, kind=kind_of_files(mail.pk),
                partnership=mail.partnership_id or "", sure=True, by=by,
            )  # fmt: skip
        except (Invalid, Conflict) as refusal:
            refused.append(f"{one.name}: {refusal}")
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(not_kept="\n".join(refused))
    return len(came) - len(refused)


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


@transaction.atomic
def hand_to_office(*, mail: Mail, partnership: Partnership, by: Standing) -> Mail:
    """Whoever runs the installation gives mail that belongs to no partnership to the office of one. Raises Conflict when it
    belongs to one already."""
    require(may_hand_to_office(by))
    if not Mail.objects.filter(pk=mail.pk, partnership=None, state=MailState.WAITING).update(partnership=partnership):
        raise Conflict("This mail stands with an office already.")
    audit.record("mail.hand_to_office", row=mail.pk, partnership=partnership.pk, by=by)
    mail.partnership = partnership
    later("mail.keep_files", mail.pk)
    return mail
