from typing import Self

from django.db import models

from alongside.ground.core.standing import Standing
from alongside.ground.web.rows import Row, Scope


class Documents(models.QuerySet["Document"]):
    """Kept documents."""

    def visible_to(self, who: Standing) -> Self:
        """Nobody by themselves: a document is reached through the row it belongs to, by whoever may see that."""
        return self if who.is_system else self.none()


class Document(Row):
    """A PDF as it was typeset once, with its hash: never changed (a trigger of the database sees to it)."""

    scope = Scope.SYSTEM
    kind = models.CharField(max_length=40)
    row = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    made_at = models.DateTimeField()

    objects = Documents.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="one_document_of_a_kind")]
