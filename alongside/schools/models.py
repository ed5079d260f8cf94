from typing import Self

from django.db import models

from alongside.core.standing import Standing
from alongside.web.rows import KeyField, Scope


class PublicRegister(models.QuerySet[models.Model]):
    """Rows of the public register."""

    def visible_to(self, who: Standing) -> Self:
        """All of them, to everyone: the register is public."""
        return self


class SchoolsWithFacts(models.Manager.from_queryset(PublicRegister)):
    """Schools together with the register row that is theirs today."""

    def get_queryset(self) -> models.QuerySet["School"]:
        """Every school with its current establishment."""
        return super().get_queryset().select_related("current")


class School(models.Model):
    """The lasting place: it stays one school when it becomes an academy and gets another URN."""

    scope = Scope.REGISTER
    id = KeyField(primary_key=True)
    current = models.OneToOneField("Establishment", models.PROTECT, related_name="current_of")

    objects = SchoolsWithFacts()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.current.name

    @property
    def name(self) -> str:
        """The school's name today."""
        return self.current.name

    @property
    def urn(self) -> int:
        """The URN of the establishment that it is today."""
        return self.current.urn


class Establishment(models.Model):
    """One row of the register."""

    scope = Scope.REGISTER
    urn = models.IntegerField(primary_key=True)
    school = models.ForeignKey(School, models.PROTECT, related_name="establishments")
    name = models.CharField(max_length=200)
    la_code = models.CharField(max_length=3, blank=True, db_index=True)
    la_name = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=40, blank=True)
    type = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=40, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True)

    objects = PublicRegister.as_manager()
