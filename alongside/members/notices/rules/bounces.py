"""Reading what came back: which message of ours, and why.

Source: RFC 3464 (delivery status notifications), RFC 3463 (status codes), RFC 3834 (automatic answers); the words that
Exchange, Postfix, Exim, Gmail, Mimecast and qmail use where they do not follow them.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from itertools import takewhile
from operator import itemgetter

from alongside.ground.core.choice import Choice
from alongside.ground.core.keys import LENGTH
from alongside.ground.core.words import storable, without_marks

MOST_WORDS = 300
MOST, LINES, LONGEST, LONGEST_FIELD = 100_000, 3_000, 500, 2_000  # bytes of a report, its lines, and of each; of a heading


class Came(Choice):
    """What has come into the box for mail that comes back."""

    PERMANENT = "permanent", "There is no such address"
    FULL = "full", "The mailbox is full"
    BLOCKED = "blocked", "Their mail server refuses our mail"
    LARGE = "large", "The message was too large for them"
    CIRCLE = "circle", "Their mail server passes our mail round in a circle"
    TEMPORARY = "temporary", "Their mail server cannot be reached"
    UNKNOWN = "unknown", "It came back, and why is not known"
    AUTO_REPLY = "auto_reply", "An automatic answer"
    OTHER = "other", "Something else"

    @property
    def what_to_do(self) -> str:
        """What the office may do about it."""
        return {
            "permanent": "Ask the school for the right address: ring them, or look on their website. Then send it again.",
            "full": "Ring the school, or try again in a few days.",
            "blocked": "Ask whoever looks after mail at the school to let our address through.",
            "large": "Send them a link or a smaller file, or ask which size they take.",
            "circle": "Ask whoever looks after mail at the school: it is set up wrongly there.",
            "unknown": "Ring the school and ask for the right address, or read what their server said.",
            "temporary": "Their server may be down or moving. Try again in a few days.",
        }.get(self, "")


IGNORED = {Came.AUTO_REPLY, Came.OTHER}


@dataclass(frozen=True)
class Return:
    """One message that came in: what it is, the key of ours that it is about, and what the server said.

    `is_final` says that the message has come back for good, not that it is still being tried. `about` are the addresses to
    which, as the server says, it did not go.
    """

    came: Came
    key: str = ""
    status: str = ""
    words: str = ""
    is_final: bool = False
    about: frozenset[str] = frozenset()


def _any_of(*words: str) -> re.Pattern[str]:
    """A pattern that finds any of these words, in capitals or not."""
    return re.compile("|".join(words), re.IGNORECASE)


NO_SUCH = _any_of(
    r"user (is )?unknown",
    r"unknown (user|recipient|or illegal alias)",
    r"no such (user|recipient|mailbox|person|address)",
    r"does(n't| not) exist",
    r"not found in",
    r"(recipient|mailbox|address|user) (was )?not found",
    r"invalid recipient|recipnotfound",
    r"no mailbox (here )?by that name",
    r"(couldn't|could not|wasn't|was not) (be )?f(i|ou)nd",
    r"unrouteable|bad destination",
    r"account (is|has been) disabled",
    r"recipient address rejected: access denied",
    r"(mailbox|account|address) (is )?(unavailable|inactive|disabled|closed|unknown)",
    r"no longer (available|works|in use)",
    r"not a valid mailbox",
    r"(account|mailbox|address) .{0,40}is (disabled|inactive|closed)",
    r"does(n't| not) accept (any )?mail",
    r"domain name not found|nxdomain|no mail(box)? (host|server)",
    r"relay(ing)? (access )?(denied|not permitted)",
)
FULL = _any_of(
    r"(mailbox|inbox) (is )?(almost )?full",
    r"over ?quota|quota (is )?exceeded|exceed\w* .{0,30}quota",
    r"out of storage|storage (limit|space)|insufficient (system )?storage",
)
REFUSED_SENDER = _any_of(
    r"(sender|from)('s)? (address )?(was |is )?(rejected|denied|refused|invalid|not (allowed|accepted))|bad sender",
    r"sender .{0,20}verif|verif\w+ .{0,20}sender|(?<!recipient )verification failed for|call-?(out|back)|domain of (the )?sender",
)
OURS = _any_of(  # it is our server or our name that is not found or not known
    r"(sender|sending|your)('s)? (mail |e-?mail )?(account|server|domain|host|ip)\b|client host|\bhelo\b|\behlo\b",
    r"\bspf\b|dmarc|dkim|\bptr\b|\brdns\b|(reverse|forward)[ -](dns|lookup|hostname)",
)
THEIRS = _any_of(
    r"\b(user|mailbox|recipient)|e-?mail (address|account)|(@[\w.-]+>?|(?<!ip )address) (does|is|was|could|has)\b", r"\brelay"
)
LARGE = _any_of(
    r"(message|mail|content|attachment)s? (size|length)|(message|mail|attachment)s? (is |was |are )?too (large|big|long)",
    r"size (limit|exceed)|exceed\w* .{0,30}(size|length)",
)
CIRCLE = _any_of(r"\bloop|too many hops|hop ?count|hops exceeded")
LATE = _any_of(
    r"message expired|expired .{0,20}queue",
    r"queue .{0,20}expired|too long in (the )?queue",
    r"retry (time(out)?|limit) .{0,20}exceeded",
    r"timed? ?out|connection (dropped|refused|reset|lost)|greylist|grey-list|could not be reached",
    r"not (be )?delivered (with)?in .{0,20}(hour|day)|unable to deliver .{0,30}(hour|day)|given? up after",
)
BLOCKED = _any_of(
    r"spam|unsolicited|virus|banned|anti-?spoof",
    r"block(ed| ?list)|black ?list|\brbl\b|\bdnsbl\b|listed (at|in|by)",
    r"polic(y|ies)|reputation|restricted|permission to send|not authori[sz]ed",
    r"content (was )?rejected|denied by|access denied|header .{0,20}(too long|missing|invalid|malformed)",
)
WAITING = _any_of(r"deferred|timed out|connection (refused|reset)|temporar|try again")
STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
REPLY = re.compile(r"(?:^|[\s:])([45]\d\d)[ -](?=[\d#A-Z<*(])", re.MULTILINE)
KEY = re.compile(rf"Message-ID:\s*<([0-9a-z]{{{LENGTH}}})@", re.IGNORECASE)
BARE_KEY = re.compile(rf"<([0-9a-z]{{{LENGTH}}})@")
ANSWERS = _any_of(
    r"^auto(matic|mated)?[ -]?(reply|response|answer)|^auto-?antwort",
    r"^(out of (the )?office|ooo|i am out of (the )?office|away from (the|my) (desk|office))\b",
    r"^(automatische antwort|abwesenheits|réponse automatique|absence du bureau|ateb awtomatig|automatyczna odpowiedź)",
    r"^(respuesta automática|risposta automatica|automatisch antwoord|autosvar)",
)
ADDRESS = re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w.-]{1,200}\w")
REPORTS = {"message/delivery-status", "message/global-delivery-status"}
DELAYED = _any_of(r"delay", r"warning: (could not|message)")
FAILING = _any_of(
    r"undeliver|returned mail|failure notice|not delivered|could not be delivered|delayed|message you sent|mail delivery",
    r"delivery (has |status |to the )?(fail|notification|problem|incomplete|delay)",
)
RECEIPT = _any_of(r"^(delivered|relayed|read|expanded|received|success)")
DAEMONS = _any_of(r"mailer-daemon|postmaster|mail delivery (sub)?system|microsoftexchange|mail-daemon")


def report_in(raw: bytes) -> Message:
    """As much of a message as a report of a mail server has: strangers write what is read here, and its patterns go over each
    line again and again.

    Source: RFC 5322 section 2.1.1 (lines); promise 21.
    """
    lines = (re.sub(rb"[ \t]+", b" ", line.rstrip(b"\r"))[:LONGEST] for line in raw[:MOST].split(b"\n")[:LINES])
    return message_from_bytes(b"\n".join(lines), policy=policy.compat32)


def read_return(message: Message) -> Return:
    """A message in the box for returned mail is a message that came back, one that is still being tried, or neither.

    Only a mail server says that something came back: what a person writes is theirs, also where they quote a report. An
    automatic answer ('I am away until Monday') and a receipt are neither, whatever their subject says.
    """
    text = _text(message)
    key = _key(message, text)
    report, is_daemon = _report(message), _is_daemon(message)
    delayed, failed = _recipients(message) if is_daemon or (report and _has_no_sender(message)) else (False, False)
    strange = is_daemon and not report and (FAILING.search(_field(message, "Subject")) or _is_strange(message, key))
    if not (delayed or failed or strange):  # what reports no trouble is a receipt
        return Return(Came.AUTO_REPLY if _is_answer(message) and not report else Came.OTHER, key=key)
    actions = {_field(one, "Action").lower().partition(" ")[0]: one for one in reversed(report)}
    status = actions.get("failed") or actions.get("delayed") or Message()
    theirs = _before_returned(_text(message, with_ours=False))
    said = _field(status, "Diagnostic-Code").partition(";")[2].strip() or _reason(theirs)
    code = _status(_field(status, "Status"), said)
    is_late = "failed" not in actions and ("delayed" in actions or bool(delayed) or _is_delay(message))
    came = Came.TEMPORARY if is_late else _why(code, said or theirs)
    about = frozenset(ADDRESS.findall(" ".join(_named(message, report, theirs)).lower()))
    return Return(came, key, code, storable(said[:MOST_WORDS]), is_final=not is_late, about=about)


def _why(status: str, said: str) -> Came:
    """The words first, then the code: servers differ in their codes more than in their words. What neither tells is not known.

    What "does not exist" may be ours; where the code says that mail is refused (7), the words must be about their address.
    """
    code = status[2:]
    if REFUSED_SENDER.search(said) or code in {"1.7", "1.8"}:
        return Came.BLOCKED
    if code in {"3.4", "2.3"}:
        return Came.LARGE
    if code == "2.2" or FULL.search(said):
        return Came.FULL
    if LARGE.search(said):
        return Came.LARGE
    if code in {"4.6", "4.14"} or CIRCLE.search(said):
        return Came.CIRCLE
    is_theirs = not OURS.search(said) and (not code.startswith("7.") or THEIRS.search(said))
    if code in {"1.1", "1.2", "1.3", "1.6", "1.10"} or (is_theirs and NO_SUCH.search(said)):
        return Came.PERMANENT
    if LATE.search(said) or code.startswith("4."):
        return Came.TEMPORARY
    if code.startswith("7.") or BLOCKED.search(said) or OURS.search(said):
        return Came.BLOCKED
    return Came.TEMPORARY if status.startswith("4") else Came.UNKNOWN


def _named(message: Message, report: list[Message], theirs: str) -> Iterator[str]:
    """Where a server names the addresses: in the fields of its report, else in its words before the message that it returns."""
    fields = ("Final-Recipient", "Original-Recipient", "X-Actual-Recipient")
    named = [_field(one, name) for one in report for name in fields if one.get(name)]
    yield from named or [theirs]
    yield _field(message, "X-Failed-Recipients")


def _recipients(message: Message) -> tuple[bool, bool]:
    """Whether it is still being tried for somebody, and whether it was given up for somebody."""
    from flufl.bounce import all_failures  # only where used: a web process opens no letter that came back

    logging.getLogger("flufl.bounce").disabled = True  # it would print what broke it
    try:
        delayed, failed = all_failures(message)
    except Exception:  # whatever a broken message breaks there
        return False, False
    return bool(delayed), bool(failed)


def _report(message: Message) -> list[Message]:
    """The blocks of a delivery status, one for each recipient."""
    reports = [part for part in message.walk() if part.get_content_type() in REPORTS]
    return [one for part in reports for one in part.walk() if one.get("Action")]


def _is_answer(message: Message) -> bool:
    submitted = _field(message, "Auto-Submitted").lower()
    marks = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-AutoReply-From")
    return (
        submitted.startswith("auto-replied")
        or any(message.get(mark) for mark in marks)
        or _field(message, "Precedence").lower() == "auto_reply"
        or bool(ANSWERS.search(_field(message, "Subject")))
    )


def _has_no_sender(message: Message) -> bool:
    """Whether nobody is there to answer to, as in what mail servers write (RFC 5321, section 4.5.5)."""
    return _field(message, "Return-Path").replace(" ", "") == "<>"


def _is_daemon(message: Message) -> bool:
    """Whether it comes from what is called as mail servers are."""
    return bool(DAEMONS.search(_field(message, "From") + _field(message, "Return-Path")))


def _is_strange(message: Message, key: str) -> bool:
    """Whether a mail server, and nobody's automatic answer, writes about a message of ours in words that we do not know."""
    return bool(key and not _is_answer(message) and not RECEIPT.search(_field(message, "Subject")))


def _is_delay(message: Message) -> bool:
    """Whether the subject says so in the server's words: what stands after its colon may be the subject that we wrote."""
    subject = _field(message, "Subject").lower()
    theirs = subject if subject.startswith("warning:") else subject.partition(":")[0]
    return bool(DELAYED.search(theirs) and "fail" not in theirs)


def _text(message: Message, *, with_ours: bool = True) -> str:
    """Every word of the message that a person could read, with the headers and the message of ours that it brings back."""
    found = []
    for part in message.walk() if with_ours else _around_ours(message):
        is_headers = part.get_content_subtype() == "rfc822-headers"
        if with_ours if is_headers else part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                found += [line[:LONGEST_FIELD] for line in payload.decode("utf-8", "replace").splitlines()]
        if part is not message and part.get("Message-ID"):
            found.append(f"\nMessage-ID: {part['Message-ID']}\n")
    return "\n".join(found)


def _around_ours(message: Message) -> Iterator[Message]:
    """The parts of a message without what is inside a message that it carries."""
    yield message
    parts = message.get_payload() if message.get_content_maintype() == "multipart" else ""
    for part in parts:
        if isinstance(part, Message):
            yield from _around_ours(part)


def _key(message: Message, text: str) -> str:
    """The key of our message: in the headers that came back with it, or in what it answers."""
    found = KEY.search(text) or BARE_KEY.search(f"{_field(message, 'In-Reply-To')} {_field(message, 'References')}")
    return found[1].lower() if found else ""


def _field(message: Message, name: str) -> str:
    return heading(str(message.get(name, "")))


def heading(written: str, most: int = LONGEST_FIELD) -> str:
    """A heading of a message as people read it, in one line; one that is written in a way that nobody can read, as it stands.

    Source: RFC 2047.
    """
    text = written[:most]
    try:
        text = str(make_header(decode_header(text)))
    except Exception:  # whatever strangers write breaks there
        text = text.encode("ascii", "replace").decode()
    return " ".join(storable(without_marks(text)).split())


def _status(field: str, said: str) -> str:
    """The status of three numbers: the first that says more than "something else" ('5.0.0', '5.0.350')."""
    given = [found[0] for found in STATUS.finditer(f"{field} {said}")]
    reply = REPLY.search(said)
    return next((one for one in given if one[1:4] != ".0."), "") or next(iter(given), f"{reply[1][0]}.0.0" if reply else "")


def _before_returned(text: str) -> str:
    """What a server says before the message that it gives back, without our subject."""
    said = re.split(r"^-{3,}|^Original message|Message-ID:", text, maxsplit=1, flags=re.IGNORECASE | re.MULTILINE)[0]
    return re.sub(r"^[ \t>*]*Subject:.*$", "", said, flags=re.IGNORECASE | re.MULTILINE)


def _reason(text: str) -> str:
    """The lines in which the server says why, where there are any; its reply may go on over several."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    spoken = [bool(STATUS.search(line) or REPLY.search(line)) for line in lines]
    if any(spoken):
        return " ".join(line for line, _ in takewhile(itemgetter(1), list(zip(lines, spoken, strict=True))[spoken.index(True) :]))
    telling = (line for line in lines if any(words.search(line) for words in (REFUSED_SENDER, NO_SUCH, FULL, BLOCKED, WAITING)))
    return next(telling, "")
