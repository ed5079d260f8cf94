"""Work after the transaction."""

from typing import Any

from django.apps import apps

from alongside.ground.core.standing import Standing
from alongside.ground.documents import actions


def typeset_paper(kind: str, row: str) -> None:
    """Typeset an issued paper; what is typeset already stays as it is."""
    papers: Any = apps.get_model(kind)
    actions.pdf_of(paper=papers.objects.get(pk=row), by=Standing.system())
