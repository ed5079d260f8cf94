"""Reading a message that came in: who wrote it, what it answers, its own words and the quoted ones.

Source: RFC 5322, RFC 2369 (lists), RFC 3834 (automatic answers); what Outlook, Exchange, Gmail and Apple Mail write where they
forward or answer.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from alongside.ground.core.words import storable
from alongside.members.mail.rules.states import Sort
from alongside.members.mail.rules.words import divided, handed_on, text_of
from alongside.members.notices.rules.bounces import ANSWERS, DAEMONS, IGNORED, Return, heading, read_return, report_in
from alongside.members.notices.rules.tags import keys_of

LONGEST, LONGEST_CALENDAR = 20_000, 100_000  # letters of its own words, and of the quoted ones; of a calendar’s answer
DEEPEST, MOST_PARTS, MOST_OF_PART = 5, 200, 1_000_000  # boxes within each other; parts, and bytes of one, that are looked at
MOST_HEADINGS, MOST_LISTS, LONGEST_LIST = 1_000, 20, 10_000  # of one message; of addresses, and letters of each
MOST_STEPS = 3_000_000  # lines, times what each may begin or end
KINDS = re.compile(rb"(?:^|[\r\n])content-(?:type|disposition):[^\r\n]*(?:\r?\n[ \t][^\r\n]*|\r[ \t][^\r\n]*)*", re.IGNORECASE)
ENDS = re.compile(rb"\n\r?\n")  # a blank line, where the headings end
SENT_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To", "Resent-To", "X-Envelope-To")
OF_MACHINES = tuple("List-Id List-Post List-Unsubscribe Mailing-List X-Autoreply X-Autorespond X-Auto-Reply-From".split())
NOT_A_PERSON = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+=.-].*)?@", re.IGNORECASE)
BEFORE = re.compile(r"\s*(?:(fwd?|wg|tr|pd)\s*:|\[[^\]]{1,30}\])", re.IGNORECASE)  # what programs put before a subject
SLOW = {"punycode", "idna"}  # whose readers go over it again and again


@dataclass(frozen=True)
class Attached:
    """A file that came with a message."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Said:
    """A message as it was read; `handed_on_by` is who forwarded it, `calendar` the answer of somebody's calendar, `own_key` the
    key that it bears itself as messages of ours do, `returned` what a mail server says. `is_doubted` where the server that took
    it says that it does not come from whom it names; `seal` is that of one that cannot be read.
    """

    sort: Sort
    sender: str = ""
    name: str = ""
    sent_to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    subject: str = ""
    words: str = ""
    quoted: str = ""
    sent_at: datetime | None = None
    attached: tuple[Attached, ...] = ()
    handed_on_by: str = ""
    calendar: str = ""
    own_key: str = ""
    returned: Return | None = None
    is_doubted: bool = False
    seal: str = ""

    def mark(self, key: str = "") -> str:
        """What the same message has in common however it came here, twice by one way or by two; `key` is what it was sent to."""
        when = self.sent_at.isoformat() if self.sent_at else ""
        told = (key, self.seal, self.sender, self.subject, self.words, self.quoted, when, *self.about, self.calendar)
        files = b"".join(sha256(one.data).digest() for one in self.attached)
        return sha256("\0".join(told).encode() + files).hexdigest()


def read(raw: bytes, sent_to: Sequence[str] = (), host: str = "", trusted: str = "") -> Said:
    """What a message says. Whatever it is, it is read as far as it goes; `host` is that of our own messages.

    `sent_to` are the addresses to which the mail server took it, `trusted` the name under which that server says whether a
    sender is true. Source: R29, e-mail in and out.
    """
    try:
        said = Said(Sort.UNREAD) if keeps_busy(raw) else _read(raw, host, trusted)
    except Exception:  # whatever a stranger's message breaks in its readers: it is kept whole
        said = Said(Sort.UNREAD)
    seal = sha256(raw).hexdigest() if said.sort is Sort.UNREAD else ""
    made: Said = _storable(replace(said, sent_to=(*sent_to, *said.sent_to), seal=seal))
    return made


def _storable(value: Any) -> Any:
    """The same with every text in it as a database takes it."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return storable(value)
    if isinstance(value, tuple | frozenset):
        return type(value)(map(_storable, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _storable(getattr(value, one.name)) for one in fields(value)})
    return value


def keeps_busy(raw: bytes) -> bool:
    """Whether its lines, boxes or headings are more than any mail program writes: Python's reader goes over some of them again
    and again."""
    lines = max(raw.count(b"\n"), raw.count(b"\r"))
    kinds = [found[0].lower() for found in KINDS.finditer(raw)]
    boxes = sum(40 if b"delivery-status" in one else b"boundary" in one for one in kinds)
    return (
        lines * (1 + boxes) > MOST_STEPS
        or raw.count(b"\n--") + raw.count(b"\r--") > 10 * MOST_PARTS
        or any(len(one) > LONGEST_LIST for one in kinds)
        or ENDS.split(raw, maxsplit=1)[0].count(b"\n") > 10 * MOST_HEADINGS
    )


def _read(raw: bytes, host: str, trusted: str) -> Said:
    message = message_from_bytes(raw, policy=policy.compat32)
    back = read_return(report_in(raw))
    is_return = back.came not in IGNORED
    inner = None if is_return else _forwarded_inside(message)
    letter = inner or message
    if max(len(message), len(letter)) > MOST_HEADINGS:
        return Said(Sort.UNREAD)
    told, text = _told(letter)
    unwrapped = told if inner else _unwrapped(told, text)
    everywhere = (*_addresses(message), *(_addresses(inner) if inner else ()))
    said = replace(
        unwrapped, sent_to=tuple(dict.fromkeys(everywhere)), is_doubted=_is_doubted(message, trusted),
        own_key=next(iter(keys_of([_header(message, "Message-ID")], host)), ""),
    )  # fmt: skip
    if inner:
        about = (*_references(message), *said.about)
        said = replace(said, handed_on_by=parseaddr(_header(message, "From"))[1].lower()[:254], about=about)
    if is_return:
        return replace(said, sort=Sort.RETURN, returned=back)
    is_machine = not said.calendar and is_automatic(letter, said.sender, said.subject)
    return replace(said, sort=Sort.MACHINE if is_machine else Sort.PERSON)


def _told(message: Message) -> tuple[Said, str]:
    """What one message says by itself, and its whole text."""
    name, sender = parseaddr(_header(message, "From"))
    text, calendar, attached = _parts(message)
    words, quoted = divided(text)
    said = Said(
        Sort.PERSON, sender.lower()[:254], name[:120], (), tuple(_references(message)), _header(message, "Subject")[:200],
        words[:LONGEST], quoted[:LONGEST], _when(message), tuple(attached), calendar=calendar,
    )  # fmt: skip
    return said, text


def _unwrapped(said: Said, text: str) -> Said:
    """What somebody or a rule handed on in the words of a message, as who wrote it said it; what a mail server wrote stays in
    the hands of whoever hands it on, as they ask about it."""
    subject, is_handed_on = _subject(said.subject)
    found = handed_on(text) if is_handed_on else None
    if found is None or DAEMONS.search(found.sender):
        return said
    words, quoted = divided(found.words)
    return replace(
        said, sender=found.sender[:254], name=found.name[:120], handed_on_by=said.sender, subject=subject, words=words[:LONGEST],
        quoted="\n\n".join(filter(None, (quoted, found.note)))[:LONGEST],
    )  # fmt: skip


def _subject(subject: str) -> tuple[str, bool]:
    """A subject without what programs put before it, and whether it says that somebody hands it on."""
    is_handed_on = False
    while found := BEFORE.match(subject):
        subject, is_handed_on = subject[found.end() :].strip(), is_handed_on or bool(found[1])
    return subject, is_handed_on


def is_automatic(message: Message, sender: str, subject: str) -> bool:
    """Whether nobody wrote the message: absence notes, newsletters, lists, reports. Nothing is answered or begun by them.

    Source: RFC 3834, RFC 2369, RFC 2919; what Exchange and Gmail write.
    """
    submitted = _header(message, "Auto-Submitted").lower().partition(";")[0].strip()
    return (
        submitted not in {"", "no"}
        or _header(message, "Precedence").lower() in {"bulk", "list", "junk", "auto_reply"}
        or any(message.get(name) for name in OF_MACHINES)
        or _header(message, "Return-Path") == "<>"
        or bool(NOT_A_PERSON.match(sender))
        or bool(ANSWERS.search(_subject(subject)[0]))
    )


def _is_doubted(message: Message, trusted: str) -> bool:
    """Whether the server that took it in found that it does not come from whom it names: by the rule of the sender's own domain
    (DMARC), or where there is none by the servers that may send for it (SPF). Source: RFC 8601, RFC 7489."""
    found = set[tuple[str, str]]()
    for value in message.get_all("Authentication-Results") or [] if trusted else []:
        who, _, told = re.sub(r"\([^()]*\)", " ", str(value)[:LONGEST_LIST].lower()).partition(";")
        if who.split()[:1] == [trusted.lower()]:
            found |= {(way, said) for way, said in re.findall(r"\b(dmarc|spf)\s*=\s*([a-z]+)", told)}
    return ("dmarc", "fail") in found or (("spf", "fail") in found and ("dmarc", "pass") not in found)


def _forwarded_inside(message: Message) -> Message | None:
    """The message that is attached as a whole, where somebody forwards one so and writes next to nothing beside it. A report of
    a mail server is no letter: whoever hands it on asks about it."""
    if message.get_content_type() == "multipart/report":
        return None
    inside = [part for part in _leaves(message) if part.get_content_type() == "message/rfc822"]
    inner = inside[0].get_payload(0) if len(inside) == 1 and isinstance(inside[0].get_payload(), list) else None
    if not isinstance(inner, Message) or DAEMONS.search(_header(inner, "From") + _header(inner, "Return-Path")):
        return None
    return inner if len(_parts(message)[0].strip()) < 200 else None


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that are no box of others, a message that is attached being one part."""
    if depth > DEEPEST:
        return
    parts = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(parts, list):
        for part in parts[:MOST_PARTS]:
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)
    else:
        yield message


def _parts(message: Message) -> tuple[str, str, list[Attached]]:
    """Its text (that of its page, where it has no other), its calendar's answer, and its files; pictures within a signature are
    no files."""
    plain, pages, calendar, attached = list[str](), list[str](), "", list[Attached]()
    for part in list(_leaves(message))[:MOST_PARTS]:
        kind, name = part.get_content_type(), part.get_filename()
        is_file = part.get_content_disposition() == "attachment" or bool(name)
        is_shown = part.get("Content-ID") or part.get_content_disposition() == "inline"
        if kind == "text/calendar" and not calendar:
            calendar = decoded(part)[:LONGEST_CALENDAR]
        elif kind == "text/plain" and not is_file:
            plain.append(decoded(part))
        elif kind == "text/html" and not is_file:
            pages.append(decoded(part))
        elif kind == "message/rfc822":
            attached.append(Attached(f"{heading(name or 'message')[:115]}.eml".replace(".eml.eml", ".eml"), part.as_bytes()))
        elif not (is_shown and part.get_content_maintype() == "image"):
            data = part.get_payload(decode=True)
            attached.append(Attached(heading(name or "file")[:120], data if isinstance(data, bytes) else part.as_bytes()))
    text = "\n".join(plain)
    return text if text.strip() else text_of("\n".join(pages)), calendar, attached


def decoded(part: Message) -> str:
    """The words of a part in the letters that it names, or that they seem to be."""
    data = part.get_payload(decode=True)
    text = data if isinstance(data, bytes) else b""
    if len(text) > MOST_OF_PART:
        text = text[:MOST_OF_PART].rpartition(b"\n")[0] or text[:MOST_OF_PART]
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            if codecs.lookup(charset).name not in SLOW:
                return text.decode(charset)
        except (LookupError, ValueError):  # no such letters, or they are others
            continue
    return text.decode("latin-1")


def _header(message: Message, name: str) -> str:
    return heading(str(message.get(name) or ""))


def _addresses(message: Message) -> list[str]:
    every = [str(value)[:LONGEST_LIST] for name in SENT_TO for value in message.get_all(name) or []]
    return [address.lower() for _, address in getaddresses(every[:MOST_LISTS]) if "@" in address]


def _references(message: Message) -> list[str]:
    every = [str(value)[-LONGEST_LIST:] for name in ("References", "In-Reply-To") for value in message.get_all(name) or []]
    return re.findall(r"<[^<>\s]{3,250}>", " ".join(every[-MOST_LISTS:]))[-50:]


def _when(message: Message) -> datetime | None:
    try:
        said = parsedate_to_datetime(_header(message, "Date"))
        return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
    except Exception:  # no day that there is
        return None
