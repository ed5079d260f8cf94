"""A message as it came: how it is kept among texts, and every word in it."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import Message

from alongside.members.mail.rules.reading import LONGEST_LIST, decoded, keeps_busy
from alongside.members.mail.rules.words import text_of
from alongside.members.notices.rules.bounces import heading

NOTHING = "\u2400"  # stands for NUL, which PostgreSQL keeps in no text


def kept(raw: bytes) -> str:
    """A message is kept as a text, each byte as a letter, so that erasure finds names in it.

    Source: promise 30.
    """
    return raw.decode("latin-1").replace("\0", NOTHING)


def came(whole: str) -> bytes:
    """What is kept is given back as it came.

    Source: promise 21.
    """
    return whole.replace(NOTHING, "\0").encode("latin-1", "replace")


def changed(raw: bytes, change: Callable[[str], str]) -> bytes:
    """A message with each of its texts changed, however they are encoded; where none is, each byte of it as it came.

    Source: reliability.md, section 2 (personal links are for whom they were sent to).
    """
    found = raw
    try:
        message = message_from_bytes(raw, policy=policy.compat32)
        parts = [] if keeps_busy(raw) else [_change(part, change) for part in message.walk()]
        found = message.as_bytes() if any(parts) else raw
    except Exception:  # whatever a broken message breaks there: what stands in it as it is written is changed below
        found = raw
    text = found.decode("latin-1")
    return found if (new := change(text)) == text else new.encode("latin-1", "replace")


def _change(part: Message, change: Callable[[str], str]) -> bool:
    """Change the text of one part; gives whether anything was."""
    if part.get_content_maintype() != "text" or (new := change(text := decoded(part))) == text:
        return False
    del part["Content-Transfer-Encoding"]
    part.set_payload(new, "utf-8")
    return True


def words_in(whole: str) -> str | None:
    """Whoever is erased is looked for in every word of a message, however it is encoded: its headings, its texts and pages, the
    names of its files. None where it cannot be read, so that nobody can say whom it names.

    Source: promise 30.
    """
    raw = came(whole)
    if keeps_busy(raw):
        return None
    found = list[str]()
    try:
        for part in message_from_bytes(raw, policy=policy.compat32).walk():
            found += [heading(str(value), LONGEST_LIST) for value in part.values()]
            found.append(heading(part.get_filename() or ""))
            if part.get_content_maintype() == "text":
                text = decoded(part)
                found += [text, text_of(text)] if part.get_content_subtype() == "html" else [text]
    except Exception:  # whatever a broken message breaks there
        return None
    return "\n".join(found)
