"""Stored files for tests. Whose they are stands as an id: files know nothing of partnerships."""

from alongside.ground.core import keys
from alongside.ground.core.standing import Standing
from alongside.ground.files import actions
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import Paper, Readers

SYSTEM = Standing.system()


def paper(
    partnership: str = "",
    title: str = "Agreement",
    *,
    words: str = "We work together.",
    kind: Paper = Paper.AGREEMENT,
    audience: Readers = Readers.MEMBERS,
    by: Standing = SYSTEM,
) -> StoredFile:
    """A paper of a partnership, a plain text with those words."""
    return actions.keep_file(
        key=keys.new_key(),
        partnership=partnership or keys.new_key(),
        name="paper.txt",
        data=words.encode(),
        title=title,
        kind=kind,
        audience=audience,
        by=by,
    )
