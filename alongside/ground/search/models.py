"""What can be found, and the words that occur in it. The indexes are made by each database's own migration."""

from typing import Self

from django.db import models

from alongside.ground.core.standing import Standing
from alongside.ground.web.rows import Scope


class Index(models.QuerySet[models.Model]):
    """Rows of the index."""

    def visible_to(self, who: Standing) -> Self:
        """None but to the system: what is found is shown through its own model's `visible_to`."""
        return self if who.is_system else self.none()


class Entry(models.Model):
    """One thing that can be found: its kind, its id and its folded text."""

    scope = Scope.SYSTEM
    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=12)
    text = models.TextField()

    objects = Index.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_entry_a_thing")]


class Word(models.Model):
    """A word that occurs in some text of a kind: what misspelt words are compared with."""

    scope = Scope.SYSTEM
    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    word = models.CharField(max_length=60)

    objects = Index.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "word"], name="one_row_a_word")]
