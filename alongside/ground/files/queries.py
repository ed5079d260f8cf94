"""What pages and other parts ask about stored files."""

import hashlib
import logging
from datetime import datetime
from typing import Any, NamedTuple

from django.core.files.storage import storages
from django.db.models import QuerySet

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.core.words import plural
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import Paper, Readers, format_and_size


class Damaged(Conflict):
    """A stored file is not what was kept: it is gone, or its bytes and its hash differ. Its text is for whoever asked for it."""

    def __init__(self, key: str, what: str) -> None:
        logging.getLogger("alongside").error("file %s %s", key, what)
        super().__init__(
            f"This paper {what}, so it is not given out. Ask whoever runs Alongside here for the copy in the last backup "
            f"(file {key})."
        )


class Listed(NamedTuple):
    """A file in a list of them: `what` is its format and size in words."""

    key: str
    title: str
    what: str
    kept_at: datetime


def papers_stand(*, partnership: Any, viewer: Standing) -> str:
    """How many papers there are for this person, in words."""
    count = papers_of(partnership.pk, viewer=viewer).count()
    return plural(count, "paper") if count else "None yet"


def papers_of(partnership: str, *, viewer: Standing) -> QuerySet[StoredFile]:
    """The papers of a partnership that the viewer may open."""
    return StoredFile.objects.visible_to(viewer).ready().filter(partnership=partnership, kind__in=list(Paper))


def files_for(partnership: str, kind: str, *, audience: Readers | None = None, viewer: Standing) -> list[Listed]:
    """The files of one kind that a partnership keeps, as far as the viewer may see them, by title; of one audience or all.

    A page that anybody with a number and a code may open (an invoice) asks with the system's standing, after its own
    check, for the titles and for `opened`.
    """
    found = StoredFile.objects.visible_to(viewer).ready().filter(partnership=partnership, kind=kind).order_by("title")
    if audience is not None:
        found = found.filter(audience=audience)
    return [Listed(one.pk, one.title, format_and_size(one.format, one.size), one.uploaded_at) for one in found[:50]]


def opened(key: str, *, viewer: Standing) -> tuple[StoredFile, bytes] | None:
    """The file with that id and its bytes, if the viewer may see it. Raises Damaged when they are not what was kept."""
    file = StoredFile.objects.visible_to(viewer).ready().filter(pk=key).first()
    return (file, content_of(file)) if file else None


def content_of(file: StoredFile) -> bytes:
    """The bytes of a file. Raises Damaged when they are not what was kept."""
    try:
        with storages["files"].open(file.stored_as) as stored:
            data = bytes(stored.read())
    except FileNotFoundError:
        raise Damaged(file.pk, "is missing from the store") from None
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise Damaged(file.pk, "has been altered since it was kept")
    return data
