from typing import Self

from django.db import models
from django.db.models import Q

from alongside.ground.core.standing import Standing
from alongside.ground.web.rows import Row, Scope, Seen, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models.people import Person
from alongside.members.schools.models import School


class SignIns(Seen):
    """Sign-ins."""

    def open(self) -> Self:
        """Those that have not been ended."""
        return self.filter(ended_at=None)


class SignIn(Row):
    """One browser in which a person signed in: by what, when, and when it was last used."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, blank=True)
    device = models.CharField(max_length=80)
    how = models.CharField(max_length=20)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SignIns.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "ended_at"])]


class SeptemberChecks(models.QuerySet["SeptemberCheck"]):
    """September checks."""

    def visible_to(self, who: Standing) -> Self:
        """An office sees those of its partnership, a school its own."""
        if who.is_system:
            return self
        return self.filter(Q(partnership__in=who.offices) | Q(school__in=who.schools, partnership__in=who.partnerships))


class SeptemberCheck(Row):
    """That a school has said, in an academic year, which people hold its posts."""

    scope = Scope.SCHOOL
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="september_checks")
    school = models.ForeignKey(School, models.PROTECT, related_name="september_checks")
    year = models.PositiveSmallIntegerField()  # in which the academic year begins
    confirmed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField()

    objects = SeptemberChecks.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "school", "year"], name="one_september_check_a_school_a_year")
        ]
