"""Reading a message that came in: who wrote it, what it answers, its own words and the quoted ones.

Source: RFC 5322, RFC 2369 (lists), RFC 3834 (automatic answers); what Outlook, Exchange, Gmail and Apple Mail write where they
forward or answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from hashlib import sha256

from alongside.ground.core.words import without_marks
from alongside.members.mail.rules.states import Sort
from alongside.members.notices.rules.bounces import Came, read_return

LONGEST = 20_000  # mails of its own words, and of the quoted ones, that are shown
DEEPEST = 5
SENT_TO = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To", "Resent-To", "X-Envelope-To")
OF_MACHINES = ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Auto-Reply-From")
NOT_A_PERSON = re.compile(r"^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+=.-].*)?@", re.IGNORECASE)
AUTOMATIC = re.compile(r"^\s*(automatic reply|auto(matic)?[- ]?response|autoreply|out of (the )?office)\b", re.IGNORECASE)
FORWARDED = re.compile(r"^\s*(fwd?|wg|tr)\s*:", re.IGNORECASE)
ORIGINAL = re.compile(  # what stands between what is forwarded and who forwards it, and its own heading
    r"^[ \t>]*(?:-{2,} ?(?:original message|forwarded message|forwarded by .*) ?-{2,}|begin forwarded message:|_{10,})?\s*"
    r"^[ \t>]*\**from:\**[ \t]*(?P<who>.+)\n(?:^[ \t>]*\**(?:sent|date|to|cc|subject|reply-to):\**.*\n(?:^[ \t]+\S.*\n)*)+",
    re.IGNORECASE | re.MULTILINE,
)
BREAKS = re.compile(r"(?i)<\s*(?:br|blockquote|/p|/div|/tr|/li|/h\d|hr)\b[^>]*>")
UNSEEN = re.compile(r"(?is)<(style|script|head|title)\b.*?</\1\s*>|<!--.*?-->")
QUOTES = re.compile(  # where Gmail, Outlook, Apple Mail and Thunderbird begin to quote
    r"(?is)<(?:blockquote|div[^>]*\b(?:id|class)=[\"'](?:3D)?[^\"']*(?:gmail_quote|divRplyFwdMsg|appendonsend|moz-cite-prefix|"
    r"yahoo_quoted)[^\"']*[\"'])"
)


@dataclass(frozen=True)
class Attached:
    """A file that came with a message."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Said:
    """A message as it was read; `handed_on_by` is who forwarded it, `calendar` the answer of somebody's calendar."""

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
    left_out: int = 0
    handed_on_by: str = ""
    calendar: str = ""

    @property
    def mark(self) -> str:
        """What the same message has in common however it came here: by two addresses, or twice by one."""
        when = self.sent_at.isoformat() if self.sent_at else ""
        told = "\0".join((self.sender, self.subject, self.words, self.quoted, when, *self.about, self.calendar))
        files = b"".join(sha256(one.data).digest() for one in self.attached)
        return sha256(told.encode("utf-8", "replace") + files).hexdigest()


def read(raw: bytes, sent_to: Sequence[str] = (), host: str = "") -> Said:
    """What a message says. Whatever it is, it is read as far as it goes; `host` is that of our own messages.

    `sent_to` are the addresses to which the mail server took it. Source: R29, e-mail in and out.
    """
    try:
        message = message_from_bytes(raw, policy=policy.compat32)
        return _read(message, tuple(sent_to), host)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, IndexError):  # what Python's reader stumbles over
        return Said(Sort.UNREAD, sent_to=tuple(sent_to))


def _read(message: Message, sent_to: tuple[str, ...], host: str) -> Said:
    inner = _forwarded_inside(message)
    told, text = _told(inner or message)
    everywhere = (*sent_to, *_addresses(message), *(_addresses(inner) if inner else ()))
    said = replace(told, sent_to=tuple(dict.fromkeys(everywhere)), sort=_sort_of(message, inner, told, host))
    if inner:
        about = (*_references(message), *said.about)
        return replace(said, handed_on_by=parseaddr(_header(message, "From"))[1].lower(), about=about)
    return _forwarded_in_words(said, text) if FORWARDED.match(said.subject) else said


def _told(message: Message) -> tuple[Said, str]:
    """What one message says by itself, and its whole text."""
    name, sender = parseaddr(_header(message, "From"))
    plain, html, calendar, attached, left_out = _parts(message)
    words, quoted = divided(plain) if plain.strip() else _divided_html(html)
    said = Said(
        Sort.PERSON, sender.lower()[:254], name[:120], (), tuple(_references(message)), _header(message, "Subject")[:200],
        words[:LONGEST], quoted[:LONGEST], _when(message), tuple(attached), left_out, calendar=calendar,
    )  # fmt: skip
    return said, plain if plain.strip() else _text_of(html)


def _sort_of(message: Message, inner: Message | None, told: Said, host: str) -> Sort:
    if host and _header(message, "Message-ID").lower().strip("<> ").endswith(f"@{host.lower()}"):
        return Sort.OURS
    if not inner and read_return(message).came not in {Came.AUTO_REPLY, Came.OTHER}:
        return Sort.RETURN
    if told.calendar:
        return Sort.PERSON
    return Sort.MACHINE if is_automatic(inner or message) else Sort.PERSON


def is_automatic(message: Message) -> bool:
    """Whether nobody wrote the message: absence notes, newsletters, lists, reports. Nothing is answered or begun by them.

    Source: RFC 3834, RFC 2369, RFC 2919; what Exchange and Gmail write.
    """
    submitted = _header(message, "Auto-Submitted").lower().partition(";")[0].strip()
    precedence = _header(message, "Precedence").lower().strip()
    listed = any(message.get(name) for name in OF_MACHINES)
    sender = parseaddr(_header(message, "From"))[1]
    return (
        submitted not in {"", "no"}
        or precedence in {"bulk", "list", "junk", "auto_reply"}
        or listed
        or _header(message, "Return-Path").strip() == "<>"
        or bool(NOT_A_PERSON.match(sender))
        or bool(AUTOMATIC.match(_header(message, "Subject")))
    )


def divided(text: str) -> tuple[str, str]:
    """The words of who wrote, and what they quote: the answers before, and the heading of each.

    Source: R29, e-mail in and out.
    """
    from mailparser_reply import EmailReplyParser  # only where mail comes in

    clean = without_marks(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\0", "")
    replies = EmailReplyParser(languages=["en"]).read(clean[: 4 * LONGEST]).replies
    if not replies:
        return clean.strip(), ""
    words = (replies[0].body or "").strip()
    whole = str(replies[0].content or "").strip()
    signature = whole[len(words) :].strip() if whole.startswith(words) else ""
    return words, "\n".join(filter(None, [signature, *(str(one.content).strip() for one in replies[1:])]))


def _divided_html(html: str) -> tuple[str, str]:
    """The same of a message that is a page: what its program quotes begins at a mark of its own."""
    found = QUOTES.search(html)
    own, quoted = (html[: found.start()], html[found.start() :]) if found else (html, "")
    words, more = divided(_text_of(own))
    return words, "\n".join(filter(None, (more, _text_of(quoted)))).strip()


def _text_of(html: str) -> str:
    from html import unescape

    broken = BREAKS.sub("\n", UNSEEN.sub("", " ".join(html.split())))
    lines = unescape(re.sub(r"<[^>]*>", "", broken)).replace("\xa0", " ").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def _forwarded_in_words(said: Said, text: str) -> Said:
    """What somebody or a rule handed on in the words of a message: who wrote it stands in a heading inside."""
    whole = text.replace("\r\n", "\n") + "\n"
    found = ORIGINAL.search(whole)
    name, sender = parseaddr(re.sub(r"\[mailto:([^]]*)\]", r"<\1>", found["who"]).strip(" *")) if found else ("", "")
    if not found or "@" not in sender:
        return said
    inside = whole[found.end() :]
    if all(line.startswith(">") for line in inside.splitlines() if line.strip()):  # as Apple Mail hands on
        inside = re.sub(r"^> ?", "", inside, flags=re.MULTILINE)
    words, quoted = divided(inside)
    note = whole[: found.start()].strip()
    return replace(
        said, sender=sender.lower()[:254], name=name[:120], handed_on_by=said.sender,
        subject=FORWARDED.sub("", said.subject).strip(), words=words[:LONGEST],
        quoted="\n\n".join(filter(None, (quoted, note)))[:LONGEST],
    )  # fmt: skip


def _forwarded_inside(message: Message) -> Message | None:
    """The message that is attached as a whole, where somebody forwards one so and writes next to nothing beside it."""
    if message.get_content_type() == "multipart/report":
        return None
    inside = [part for part in _leaves(message) if part.get_content_type() == "message/rfc822"]
    if len(inside) != 1:
        return None
    inner = inside[0].get_payload(0) if isinstance(inside[0].get_payload(), list) else None
    plain, html, *_ = _parts(message)
    return inner if isinstance(inner, Message) and len((plain or _text_of(html)).strip()) < 200 else None


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that are no box of others, a message that is attached being one part."""
    if depth > DEEPEST:
        return
    if message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), list):
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)
    else:
        yield message


def _parts(message: Message) -> tuple[str, str, str, list[Attached], int]:
    """Its text, its page, its calendar's answer, its files, and how many pictures of a signature were left out."""
    plain, html, calendar, attached, left_out = [], [], "", list[Attached](), 0
    for part in _leaves(message):
        kind, name = part.get_content_type(), part.get_filename()
        is_file = part.get_content_disposition() == "attachment" or bool(name)
        if kind == "text/calendar" and not calendar:
            calendar = _decoded(part)
        elif kind == "text/plain" and not is_file:
            plain.append(_decoded(part))
        elif kind == "text/html" and not is_file:
            html.append(_decoded(part))
        elif part.get_content_maintype() == "image" and (part.get("Content-ID") or part.get_content_disposition() == "inline"):
            left_out += 1
        elif kind == "message/rfc822":
            attached.append(Attached(f"{name or 'message'}.eml".replace(".eml.eml", ".eml"), part.as_bytes()))
        else:
            data = part.get_payload(decode=True)
            attached.append(Attached(_words(name or "file")[:120], data if isinstance(data, bytes) else b""))
    return "\n".join(plain), "\n".join(html), calendar, attached, left_out


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    text = data if isinstance(data, bytes) else b""
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return text.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return text.decode("latin-1")


def _words(header: str) -> str:
    """A heading as people read it, in one line."""
    try:
        said = str(make_header(decode_header(header)))
    except (ValueError, LookupError, UnicodeError):
        said = header.encode("ascii", "replace").decode()
    return " ".join(without_marks(said).replace("\0", "").split())


def _header(message: Message, name: str) -> str:
    return _words(str(message.get(name) or ""))


def _addresses(message: Message) -> list[str]:
    every = [str(value) for name in SENT_TO for value in message.get_all(name) or []]
    return [address.lower() for _, address in getaddresses(every) if "@" in address]


def _references(message: Message) -> list[str]:
    told = " ".join(str(value) for name in ("References", "In-Reply-To") for value in message.get_all(name) or [])
    return re.findall(r"<[^<>\s]{3,250}>", told)[-50:]


def _when(message: Message) -> datetime | None:
    try:
        said = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, TypeError, IndexError):
        return None
    return said.replace(tzinfo=UTC) if said.tzinfo is None else said.astimezone(UTC)
