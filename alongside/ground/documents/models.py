from typing import Any, ClassVar

from django.db import models

from alongside.ground.core import clock
from alongside.ground.documents.rules import hash_of_facts
from alongside.ground.web.models import Row, Scope, Seen, Visible


class Altered(Exception):
    """What was issued or kept no longer says what it said: its hash differs."""


class IssuedPaper(Row):
    """A numbered paper that goes on saying what it said on the day of issue; its PDF is typeset later, once, and kept.

    A room adds its partnership, its series, its facts; its migration freezes `FROZEN` by a trigger of the database.
    """

    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=24, unique=True)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    facts_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True)

    FROZEN: ClassVar[tuple[str, ...]] = ("id", "number", "reference", "issued_on", "issued_at", "facts_hash")
    TEMPLATE: ClassVar[str]
    partnership_id: str

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def kind(self) -> str:
        """What its document and its code are kept under: "invoices.invoice"."""
        return self._meta.label_lower

    def facts(self) -> Any:
        """Everything that it says, as a dataclass of plain values."""
        raise NotImplementedError

    def said(self, facts: Any) -> dict[str, Any]:
        """What its template says of those facts."""
        raise NotImplementedError

    def checked(self) -> Any:
        """Its facts. Raises Altered when its rows no longer say what was issued."""
        facts = self.facts()
        if hash_of_facts(facts) != self.facts_hash:
            raise Altered(f"{self.reference} no longer says what was issued")
        return facts


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


class OpeningCode(Row):
    """A code, kept as a hash, with which somebody without an account opens a paper from the mail: one a message, each good
    until it is replaced or too old."""

    scope = Scope.SYSTEM
    visible = Visible()
    kind = models.CharField(max_length=40)
    row = models.CharField(max_length=12)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row", "code_hash"], name="each_code_opens_a_paper_once")]
