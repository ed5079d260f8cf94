"""`alongside receive-mail` and `alongside mail-door`: the two ways by which a message comes in, over one path."""

import asyncio
import sys
import threading
from collections.abc import Sequence
from typing import Any

from django.db import close_old_connections

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.core.words import plural
from alongside.members.mail.actions import hand_to_office, take_in
from alongside.members.mail.queries import mail_of_nobody
from alongside.members.partnerships.models import Partnership

MOST = 30_000_000  # bytes of one message, as mail servers of schools take at most
TRY_AGAIN, TOO_LARGE, NOTHING = 75, 69, 65  # sysexits.h: the mail server keeps it and tries again; it says so to whoever wrote
SYSTEM = Standing.system()


def taken(raw: bytes, sent_to: Sequence[str]) -> bool:
    """Keep one message; False where it cannot be kept now and the mail server must keep it."""
    for _ in range(3):
        try:
            take_in(raw=raw, sent_to=sent_to, by=SYSTEM)
            return True
        except Conflict:
            continue  # another process has just taken in the same
        except Exception as trouble:  # whatever it is, no message is lost by it
            print(f"The message could not be kept: {type(trouble).__name__}. It stays with the mail server.", file=sys.stderr)
            return False
        finally:
            close_old_connections()
    return False


def receive(sent_to: Sequence[str]) -> int:
    """Take in the one message on the standard input, once it is there whole. Gives the exit code for a mail server's pipe."""
    raw = sys.stdin.buffer.read(MOST + 1)
    if len(raw) > MOST:
        print(f"The message is larger than {MOST // 1_000_000} MB.", file=sys.stderr)
        return TOO_LARGE
    if not raw.strip():
        print("There is no message on the standard input.", file=sys.stderr)
        return NOTHING
    return 0 if taken(raw, sent_to) else TRY_AGAIN


class Takes:
    """What a mail server hands over is kept before it is told so."""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """The answer to a message: taken, or to be tried again later."""
        back = f"Return-Path: <{envelope.mail_from or ''}>\r\n".encode("utf-8", "surrogateescape")  # as who delivers mail adds it
        raw = back + (envelope.original_content or envelope.content)
        kept = await asyncio.to_thread(taken, raw, envelope.rcpt_tos)
        return "250 Kept" if kept else "451 4.3.0 It cannot be kept now: try again later"


def stand_open(bind: str, port: int) -> int:
    """Take in what is sent to a port, until it is ended."""
    from aiosmtpd.controller import Controller

    door = Controller(Takes(), hostname=bind, port=port, data_size_limit=MOST, decode_data=False, enable_SMTPUTF8=True)
    door.start()
    print(f"The door for mail is open at {bind}:{port}.", flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    finally:
        door.stop()
    return 0


def of_nobody(key: str, slug: str) -> int:
    """Print the mail that belongs to no partnership; with a key that one as it came, or give it to a partnership's office. Gives
    the exit code."""
    waits = mail_of_nobody(viewer=SYSTEM)
    if not key:
        for one in waits:
            print(f"{one.pk}  {one.came_at:%Y-%m-%d %H:%M}  {one.sender or 'nobody'}: {one.subject or 'without a subject'}")
        print(f"{plural(waits.count(), 'mail belongs', 'mails belong')} to no partnership.", file=sys.stderr)
        return 0
    mail, partnership = waits.filter(pk=key).first(), Partnership.objects.filter(slug=slug).first()
    if mail is None or (slug and partnership is None):
        print(f"alongside: there is no {'such partnership' if mail else 'such mail'} here", file=sys.stderr)
        return 2
    if partnership:
        hand_to_office(mail=mail, partnership=partnership, by=SYSTEM)
        print(f"It stands with the office of {partnership} now.")
    else:
        sys.stdout.buffer.write(mail.raw)
    return 0
