"""Keeping a file, replacing it, taking it out."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.files.cleaning.unsafe import Unsafe
from alongside.ground.files.models import StoredFile
from alongside.ground.files.permissions import may_keep_file
from alongside.ground.files.rules import FileState, Format, Readers, hidden_problem, size_problem, sure_problem, unread_problem
from alongside.ground.web.models import move, once


def keep_file(
    *,
    key: str,
    name: str,
    data: bytes,
    kind: str,
    title: str = "",
    audience: Readers = Readers.OFFICE,
    partnership: str = "",
    school: str = "",
    person: str = "",
    replaces: StoredFile | None = None,
    sure: bool = False,
    by: Standing,
) -> StoredFile:
    """Check, clean and keep a file that somebody sent, once for each `key`; nothing is locked while it is cleaned.

    Raises Invalid(file=…) with what to do when it is not taken.
    Raises Invalid(sure=…) when cleaning takes something away that somebody may want, or text lies under boxes in a PDF,
    unless `sure` says that it is known. What else was left out stands in the file's `left_out`, for the page to say.
    """
    from alongside.ground.files.cleaning.hidden import Hidden, hidden_text  # only where used: readers come with it
    from alongside.ground.files.cleaning.kinds import cleaned  # only where used

    require(may_keep_file(by, partnership, school, person))
    if problem := size_problem(len(data), settings.FILES_LARGEST):
        raise Invalid(file=problem)
    try:
        safe = cleaned(name, data)
    except Unsafe as refusal:
        raise Invalid(file=str(refusal)) from None
    if not sure:
        found = hidden_text(safe.data) if safe.format is Format.PDF else Hidden()
        if problem := sure_problem([hidden_problem(found), unread_problem(found.left), *safe.lost.asked]):
            raise Invalid(sure=problem)
    stored_as = f"{secrets.token_hex(1)}/{secrets.token_urlsafe(24)}"
    kept = StoredFile(
        id=key,
        partnership=partnership,
        school=school,
        person=person,
        kind=kind,
        audience=audience,
        title=(title.strip() or safe.name.rpartition(".")[0])[:120],
        name=safe.name,
        format=safe.format,
        size=len(safe.data),
        sha256=hashlib.sha256(safe.data).hexdigest(),
        stored_as=stored_as,
        uploaded_at=clock.now(),
        uploaded_by=by.person or by.on_behalf_of or "",
        replaces=replaces,
    )
    kept.left_out = " ".join(safe.lost.said)
    with transaction.atomic():
        return _stored(kept, safe.data, by)


def _stored(kept: StoredFile, data: bytes, by: Standing) -> StoredFile:
    if (stored := once(kept)) is not kept:
        return stored
    facts = {"kind": kept.kind, "format": str(kept.format), "size": kept.size, "sha256": kept.sha256}
    audit.record("files.keep", row=kept.pk, partnership=kept.partnership, school=kept.school, facts=facts, by=by)
    # last of all, so that only a failing commit can leave bytes without a row: `retention` takes such away
    if storages["files"].save(kept.stored_as, ContentFile(data)) != kept.stored_as:
        raise Conflict("The store could not take the file. Try again.")
    return kept


@transaction.atomic
def replace_paper(*, file: StoredFile, name: str, data: bytes, sure: bool = False, by: Standing) -> StoredFile:
    """Put a newer file in the place of a paper: same title, kind and readers. Raises Conflict when it is gone already."""
    take_out_file(file=file, by=by)
    same: dict[str, Any] = {one: getattr(file, one) for one in ("partnership", "title", "kind", "audience")}
    return keep_file(key=keys.new_key(), name=name, data=data, replaces=file, sure=sure, **same, by=by)


@transaction.atomic
def take_out_file(*, file: StoredFile, by: Standing) -> StoredFile:
    """Take a file out: nobody opens it any more, and its bytes go by the retention rules. Raises Conflict when it is out."""
    require(may_keep_file(by, file.partnership, file.school, file.person))
    move(file, FileState.TAKEN_OUT, taken_out_at=clock.now())
    audit.record("files.take_out", row=file.pk, partnership=file.partnership, school=file.school, by=by)
    return file
