"""The list of posts."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from alongside.ground.core.standing import Power, Standing
from alongside.ground.web.models import KeyField, Row, Scope, Seen
from alongside.members.partnerships.models import Partnership
from alongside.members.posts.rules import Level


class Posts(Seen):
    """Posts."""

    def visible_to(self, who: Standing) -> Self:
        """Those that come with the product, and one's partnerships' own."""
        return self if who.is_system else self.filter(Q(partnership=None) | Q(partnership__in=who.partnerships))

    def of(self, partnership: Partnership | None) -> Self:
        """The list of a partnership: what comes with the product, and its own."""
        own = Q(partnership=partnership) if partnership else Q(partnership=None)
        return self.filter(own | Q(partnership=None)).order_by("position", "name")


class ListedPost(Row):
    """A post: those that come with the product have their code as id, and belong to no partnership.

    `opens` is what it opens unless a partnership has settled something else (`PostSettings`, dated).
    """

    scope = Scope.PARTNERSHIP
    id = KeyField(primary_key=True, max_length=20)
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, related_name="own_posts")
    name = models.CharField(max_length=60)
    said = models.CharField(max_length=60)  # its name within a sentence
    also = models.CharField(max_length=200, blank=True)  # what else people call it, between bars
    level = models.CharField(max_length=6, choices=Level.choices())
    position = models.PositiveSmallIntegerField(default=500)  # a partnership's own stand after those that come with the product
    opens = models.JSONField(default=list)

    objects = Posts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("partnership", Lower("name"), name="one_post_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def usually(self) -> frozenset[Power]:
        """What it opens unless a partnership says otherwise."""
        return frozenset(map(Power, self.opens))
