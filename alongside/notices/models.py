from typing import Self

from django.db import models
from django.db.models import Q

from alongside.core.standing import Standing
from alongside.partnerships.models import Partnership
from alongside.schools.models import School
from alongside.web.rows import Row, Scope


class Notices(models.QuerySet["Notice"]):
    """Messages."""

    def visible_to(self, who: Standing) -> Self:
        """The office sees what its partnership sent; a personal link or code in it was never kept."""
        return self if who.is_system else self.filter(Q(partnership__in=who.offices))


class Notice(Row):
    """One message to one address, with its words; where it carried a personal link, dots stand in its place."""

    scope = Scope.PARTNERSHIP
    kind = models.CharField(max_length=60)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    is_personal = models.BooleanField(default=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, related_name="notices")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="notices")
    written_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = Notices.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "-written_at"])]
