from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from alongside.ground.core.standing import Standing
from alongside.ground.files.rules import MOVES, FileState, Format, Readers
from alongside.ground.web.models import Row, Scope, of_own_schools


class StoredFiles(models.QuerySet["StoredFile"]):
    """Stored files."""

    def visible_to(self, who: Standing) -> Self:
        """The office sees its partnership's files, its schools' people those meant for them; a school and a person their own.

        A file whose kind is the name of a table that keeps files is for whoever sees a row of it that names the file.
        """
        if who.is_system:
            return self
        tables: list[Any] = [model for model in apps.get_models() if getattr(model, "KEEPS_FILES", False)]
        theirs = Q(partnership__in=who.offices) | Q(partnership__in=who.partnerships, audience=Readers.MEMBERS)
        found = (theirs | of_own_schools(who) | Q(person=who.person or "-")) & ~Q(kind__contains=".")
        for table in tables:
            named = table.objects.visible_to(who).filter(is_out=False).values("file")
            found |= Q(kind=table._meta.label_lower, pk__in=named)
        return self.ready().filter(found)

    def ready(self) -> Self:
        """Those that can be opened."""
        return self.filter(state=FileState.READY)


class StoredFile(Row):
    """One file as it was cleaned and kept. Whose it is stands as plain ids: what belongs to whom is known above.

    The bytes lie in the storage called "files", under `stored_as`, a random name that tells nothing.
    """

    scope = Scope.PARTNERSHIP
    MOVES = MOVES
    left_out = ""  # what cleaning took away, to say so once when it was kept
    LATER = ("state", "stored_as")
    partnership = models.CharField(max_length=12, blank=True)
    school = models.CharField(max_length=12, blank=True)
    person = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=30)
    audience = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Readers], default=Readers.OFFICE)
    title = models.CharField(max_length=120)
    name = models.CharField(max_length=100)
    format = models.CharField(max_length=5, choices=[(f.value, f.value) for f in Format])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in FileState], default=FileState.READY)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=12, blank=True)
    taken_out_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")

    objects = StoredFiles.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(partnership="") | ~Q(school="") | ~Q(person=""), name="a_file_belongs_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state=FileState.READY, taken_out_at=None) | Q(state=FileState.TAKEN_OUT, taken_out_at__isnull=False),
                name="what_is_taken_out_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "state"]),
            models.Index(fields=["school"]),
            models.Index(fields=["person"]),
        ]
