from django.db import models

from alongside.ground.web.rows import Row, Scope, Seen, Visible


class Document(Row):
    """A PDF as it was typeset once, with its hash: never changed (a trigger of the database sees to it)."""

    scope = Scope.SYSTEM
    visible = Visible()
    kind = models.CharField(max_length=40)
    row = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    made_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="one_document_of_a_kind")]
