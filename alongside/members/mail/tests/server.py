"""A mail server that hands over what lies in a folder, for the test that kills it: a message leaves the folder once the door has
said that it is kept. `planted` is the fault that must be caught: it takes a message out of the folder first."""

import os
import time
from pathlib import Path

from alongside.ground.core.keys import new_key
from alongside.members.mail.commands import taken
from alongside.members.mail.models import Mail
from alongside.members.membership.models import Question
from alongside.members.notices.models import Notice
from tests.kills import Say


def ours(path: Path) -> None:
    """As the product does."""
    if taken(path.read_bytes(), []):
        path.unlink(missing_ok=True)


def planted(path: Path) -> None:
    """As many a program does: out of the folder, then by parts, and nobody asks whether it came before."""
    raw = path.read_bytes()
    path.unlink(missing_ok=True)
    sent = Notice.objects.filter(kind="membership.invitation").select_related("partnership", "school").first()
    assert sent is not None
    place = {"partnership": sent.partnership, "school": sent.school}
    Question.objects.create(
        words=raw[:200].decode("latin-1").replace("\0", ""), person="", email="", asked_at=sent.written_at, **place
    )
    Mail.objects.create(mark=new_key(), partnership=sent.partnership, came_at=sent.written_at, state="taken")


def live(say: Say, kind: str, folder: str) -> None:
    """Hand over until the folder is empty."""
    act = {"ours": ours, "planted": planted}[kind]
    while names := sorted(os.listdir(folder)):
        for name in names[:20]:
            say()
            try:
                act(Path(folder) / name)
            except FileNotFoundError:
                continue  # the other one was quicker
        time.sleep(0.01)
