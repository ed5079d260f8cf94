"""Named clusters of schools, lists that somebody saved, and what was written to everybody on one."""

from typing import Self

from django.db import models

from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.whoswho.rules import MOST_WRITTEN, Chosen, Goes, Missed


class Clusters(Seen):
    """Clusters."""

    def visible_to(self, who: Standing) -> Self:
        """Those of the partnerships to which one's schools belong, or in whose office one works."""
        homes = who.offices | {home for home, _ in who.belonging}
        return self if who.is_system else self.filter(partnership__in=homes)


class Cluster(Versioned):
    """Schools of a partnership under a name; each school stands in any number of them. `schools` are their ids. One that was
    taken away (`ended_on`) stays, so that what rests on it says so."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="clusters")
    name = models.CharField("Name", max_length=60)
    schools = models.JSONField("Schools", default=list)
    ended_on = models.DateField(null=True, blank=True)

    objects = Clusters.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"], condition=models.Q(ended_on=None), name="one_cluster_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ListOfPeople(Row):
    """What was looked for in Who's who."""

    q = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=20, blank=True)
    phase = models.CharField(max_length=60, blank=True)
    trust = models.CharField(max_length=120, blank=True)
    cluster = models.CharField(max_length=12, blank=True)

    class Meta:
        abstract = True

    @property
    def chosen(self) -> Chosen:
        """What it is of."""
        return Chosen(self.q, self.post, self.phase, self.trust, self.cluster)


class SavedLists(Seen):
    """Saved lists."""

    def visible_to(self, who: Standing) -> Self:
        """One's own; the office's for who works in it."""
        if who.is_system:
            return self
        own = models.Q(owner=who.person or "-", partnership__in=who.partnerships)
        return self.filter(own | models.Q(owner="", partnership__in=who.offices))


class SavedList(ListOfPeople):
    """What was looked for, under a name: who stands in it is found anew each time. `owner` is a plain id, none where it is an
    office's."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="saved_lists")
    owner = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=60)

    objects = SavedLists.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "owner", "name"], name="one_saved_list_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Circular(ListOfPeople):
    """One message of the office to everybody on a list. `writer` is a plain id; `whom` tells the list as it was then, `many` to
    how many it goes."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    LATER = ("whom", "many")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="circulars")
    whom = models.CharField(max_length=400)
    subject = models.CharField(max_length=120)
    words = models.TextField(max_length=MOST_WRITTEN)
    goes = models.CharField(max_length=8, choices=Goes.choices())
    writer = models.CharField(max_length=12)
    writer_name = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    many = models.PositiveIntegerField()

    objects = Seen.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "-written_at"])]

    def __str__(self) -> str:
        return self.subject


class CircularReader(Row):
    """Somebody on the list when a circular was written, by what they held; once `told_at`, the message that went to them."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="circular")
    circular = models.ForeignKey(Circular, models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    held = models.CharField(max_length=300)
    missed = models.CharField(max_length=10, choices=Missed.choices(), blank=True)
    told_at = models.DateTimeField(null=True)
    notice = models.ForeignKey(Notice, models.SET_NULL, null=True, related_name="+")

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["circular", "person"], name="one_message_of_a_circular")]
        indexes = [
            models.Index(fields=["circular"], condition=models.Q(told_at=None, missed=""), name="readers_to_be_told"),
        ]
