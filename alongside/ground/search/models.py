"""What can be found, and the words that occur in it. The indexes are made by each database's own migration."""

from django.db import models

from alongside.ground.web.models import Scope, Seen, Visible


class Entry(models.Model):
    """One thing that can be found: its kind, its id, its folded name, and by what it is found (`rules.entry`).

    `is_past` where it is no more, and comes after what is.
    """

    scope = Scope.SYSTEM
    visible = Visible()
    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=12)
    name = models.TextField(default="", db_default="")
    text = models.TextField()
    is_past = models.BooleanField(default=False, db_default=False)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_entry_a_thing")]


class Word(models.Model):
    """A word that occurs in some text of a kind: what misspelt words are compared with."""

    scope = Scope.SYSTEM
    visible = Visible()
    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    word = models.CharField(max_length=60)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "word"], name="one_row_a_word")]
