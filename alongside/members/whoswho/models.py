"""Named clusters of schools, and lists that somebody saved."""

from typing import Self

from django.db import models

from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned
from alongside.members.partnerships.models import Partnership


class Clusters(Seen):
    """Clusters."""

    def visible_to(self, who: Standing) -> Self:
        """Those of the partnerships to which one's schools belong, or in whose office one works."""
        homes = who.offices | {home for home, _ in who.belonging}
        return self if who.is_system else self.filter(partnership__in=homes)


class Cluster(Versioned):
    """Schools of a partnership under a name; each school stands in any number of them. `schools` are their ids."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="clusters")
    name = models.CharField("Name", max_length=60)
    schools = models.JSONField("Schools", default=list)

    objects = Clusters.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="one_cluster_of_a_name")]

    def __str__(self) -> str:
        return self.name


class SavedLists(Seen):
    """Saved lists."""

    def visible_to(self, who: Standing) -> Self:
        """One's own; the office's for who works in it."""
        if who.is_system:
            return self
        own = models.Q(owner=who.person or "-", partnership__in=who.partnerships)
        return self.filter(own | models.Q(owner="", partnership__in=who.offices))


class SavedList(Row):
    """What was looked for, under a name: who stands in it is found anew each time. `owner` is a plain id, none where it is an
    office's."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="saved_lists")
    owner = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=60)
    q = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=20, blank=True)
    phase = models.CharField(max_length=60, blank=True)
    trust = models.CharField(max_length=120, blank=True)
    cluster = models.CharField(max_length=12, blank=True)

    objects = SavedLists.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "owner", "name"], name="one_saved_list_of_a_name")]

    def __str__(self) -> str:
        return self.name
