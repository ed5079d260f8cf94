"""Keeping what was typeset."""

import hashlib

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.documents.models import Document


@transaction.atomic
def keep(*, kind: str, row: str, pdf: bytes, partnership: str = "", by: Standing) -> str:
    """Keep a PDF for a row and give its hash; what is kept already stays as it is, and its hash is given."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    try:
        with transaction.atomic():
            Document.objects.create(kind=kind, row=row, sha256=sha256, pdf=pdf, made_at=clock.now())
    except IntegrityError:
        return Document.objects.values_list("sha256", flat=True).get(kind=kind, row=row)
    audit.record("documents.keep", row=row, partnership=partnership, facts={"kind": kind, "sha256": sha256}, by=by)
    return sha256
