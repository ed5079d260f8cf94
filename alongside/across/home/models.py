from django.db import models
from django.db.models import Q

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.people.models import Person


class Feed(Row):
    """The private link by which a person's calendar programs read their dates. Only the hash of its secret is kept."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
    person = models.ForeignKey(Person, models.CASCADE, related_name="feeds")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    read_on = models.DateField(null=True, help_text="The day on which a calendar last read it")

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_feed_a_person")]


class FeedEntry(Row):
    """What a person's calendars have been told of one thing, so that they can be told when it changes or vanishes."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
    person = models.ForeignKey(Person, models.CASCADE, related_name="feed_entries")
    uid = models.CharField(max_length=32)
    slug = models.CharField(max_length=60, blank=True, help_text="Of the partnership that it belongs to")
    digest = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    first_on = models.DateField()
    last_on = models.DateField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "uid"], name="one_feed_entry_a_thing")]
