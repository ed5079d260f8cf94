"""`alongside bounces`: reading mail that came back, from a pipe, a file, an mbox or a Maildir."""

import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from pathlib import Path

from alongside.ground.core.standing import Standing
from alongside.members.notices.actions import returning
from alongside.members.notices.rules.bounces import IGNORED, read_return, report_in

NAME = "Name a message, an mbox or a Maildir"
NO_MAIL = "No e-mail"
HEADERS = {"from", "to", "date", "subject", "received", "return-path", "message-id"}  # no mail is without one of them
MOST = 5_000_000  # bytes of one message: what is longer is no report of a mail server


def read_bounces(path: Path | None) -> int:
    """Take in what came back; in a Maildir, what was read is marked as seen. Gives the exit code."""
    counts: Counter[str] = Counter()
    try:
        for message in messages(path):
            counts[taken_in(message)] += 1
    except OSError as error:
        return refuse(f"{path} cannot be read: {(error.strerror or str(error)).lower()}")
    except ValueError as problem:
        return refuse(str(problem))
    if counts.keys() == {NO_MAIL}:
        return refuse(f"There is no e-mail in {path or 'what came in'}. {NAME}")
    if path is not None:
        print("\n".join(f"{count:5} {words}" for words, count in counts.most_common()) or "There is nothing new.")
    return 0


def taken_in(message: Message) -> str:
    """What became of one message, in words."""
    if not HEADERS & {name.lower() for name, _ in message.items()}:
        return NO_MAIL
    came = read_return(message)
    notice = returning.take_return(came=came, by=Standing.system())
    return came.came.label if notice else "Ignored" if came.came in IGNORED else "Not about a message of ours"


def refuse(why: str) -> int:
    """Say why nothing was read; gives the exit code."""
    print(f"alongside: {why}", file=sys.stderr)
    return 2


def messages(path: Path | None) -> Iterator[Message]:
    """The messages at a path, or the one on the standard input. Raises ValueError for a folder that is no Maildir."""
    if path is None:
        yield report_in(sys.stdin.buffer.read(MOST))
    elif path.is_dir():
        if not all((path / part).is_dir() for part in ("cur", "new")):
            raise ValueError(f"{path} is no Maildir: it has no cur and no new in it. {NAME}")
        yield from unseen(path)
    else:
        start = path.read_bytes()[:5]
        if start == b"From ":
            with closing(mailbox.mbox(path, create=False)) as box:
                yield from (report_in(one.as_bytes()) for one in box)
        else:
            yield report_in(path.read_bytes()[:MOST])


def unseen(folder: Path) -> Iterator[Message]:
    """What is new in a Maildir; each is marked as seen once it was taken in."""
    box = mailbox.Maildir(folder, create=False)
    for key in sorted(box.keys()):
        one = box.get_message(key)
        if "S" not in one.get_flags():
            yield report_in(one.as_bytes())
            one.set_subdir("cur")
            one.add_flag("S")
            box[key] = one
