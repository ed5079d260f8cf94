"""What pages and other parts ask about stored files."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import storages
from django.db.models import QuerySet
from django.http import QueryDict

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.ground.core.words import plural
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import Format, Paper, Readers, in_megabytes
from alongside.ground.web.tables import Column, Table, table

# (id, title, format and size in words, kept at)
Listed = tuple[str, str, str, datetime]


class Damaged(Conflict):
    """A stored file is not what was kept: it is gone, or its bytes and its hash differ. Its text is for whoever asked for it."""

    def __init__(self, key: str, what: str) -> None:
        logging.getLogger("alongside").error("file %s %s", key, what)
        super().__init__(
            f"This paper {what}, so it is not given out. Ask whoever runs Alongside here for the copy in the last backup "
            f"(file {key})."
        )


COLUMNS = [
    Column("title", "Paper", ("title",)),
    Column("kind", "Kind", ("kind", "title")),
    Column("audience", "For", ("audience", "title")),
    Column("since", "Added", ("uploaded_at",)),
]


@dataclass(frozen=True)
class PaperRow:
    """A paper in the list of them: its kind and readers in words, its format and size."""

    key: str
    title: str
    kind: str
    audience: str
    added_at: datetime
    what: str


def papers_stand(*, partnership: Any, viewer: Standing) -> str:
    """How many papers there are for this person, in words."""
    count = _papers(partnership.pk, viewer).count()
    return plural(count, "paper") if count else "None yet"


def papers(partnership: str, asked: QueryDict, *, viewer: Standing) -> Table:
    """One page of a partnership's papers."""
    rows = _papers(partnership, viewer)
    fields = ["id", "title", "kind", "audience", "uploaded_at", "format", "size"]
    return table(asked, rows, COLUMNS, fields=fields, sort="title", cells=_in_words)


def _in_words(row: Any) -> PaperRow:
    what = f"{Format(row.format).words}, {in_megabytes(row.size)}"
    return PaperRow(row.id, row.title, Paper(row.kind).label, Readers(row.audience).label, row.uploaded_at, what)


def files_for(partnership: str, kind: str, *, audience: Readers | None = None, viewer: Standing) -> list[Listed]:
    """The files of one kind that a partnership keeps, as far as the viewer may see them, by title; of one audience or all.

    A page that anybody with a number and a code may open (an invoice) asks with the system's standing, after its own
    check, for the titles and for `opened`.
    """
    found = StoredFile.objects.visible_to(viewer).ready().filter(partnership=partnership, kind=kind).order_by("title")
    if audience is not None:
        found = found.filter(audience=audience)
    return [
        (key, title, f"{Format(of).words}, {in_megabytes(size)}", at)
        for key, title, of, size, at in found.values_list("id", "title", "format", "size", "uploaded_at")[:50]
    ]


def file_at(key: str, *, viewer: Standing) -> StoredFile | None:
    """The file with that id, if the viewer may see it."""
    return StoredFile.objects.visible_to(viewer).ready().filter(pk=key).first()


def opened(key: str, *, viewer: Standing) -> tuple[StoredFile, bytes] | None:
    """The file with that id and its bytes, if the viewer may see it. Raises Damaged when they are not what was kept."""
    file = file_at(key, viewer=viewer)
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


def _papers(partnership: str, viewer: Standing) -> QuerySet[StoredFile]:
    return StoredFile.objects.visible_to(viewer).ready().filter(partnership=partnership, kind__in=[one.value for one in Paper])
