from typing import Self

from django.db import models
from django.db.models import Q

from alongside.ground.core.standing import Standing
from alongside.ground.web.rows import Scope, Versioned
from alongside.members.membership.rules.dates import Dates
from alongside.members.membership.rules.text import HEADINGS, dates_read
from alongside.members.partnerships.models import OfPartnership, Partnership


class Prospectuses(models.QuerySet["Prospectus"]):
    """Prospectuses."""

    def visible_to(self, who: Standing) -> Self:
        """A published one is public; a draft is its office's."""
        return self if who.is_system else self.filter(Q(published_at__isnull=False) | Q(partnership__in=who.offices))


class Prospectus(Versioned):
    """One version of a partnership's own words: a draft that people edit, or published and never changed again."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="prospectuses")
    number = models.PositiveSmallIntegerField()
    summary = models.TextField("in short", blank=True)
    why = models.TextField("why we need this", blank=True)
    principles = models.TextField("how we will work", blank=True)
    priorities = models.TextField("what we start with", blank=True)
    offer = models.TextField("what your school gets", blank=True)
    governance = models.TextField("who decides", blank=True)
    costs = models.TextField("what it costs", blank=True)
    timeline = models.TextField("what happens when", blank=True)
    agreement = models.TextField("the agreement", blank=True)
    dates = models.JSONField(default=dict, blank=True, help_text="The dates that this version states")
    text_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)

    objects = Prospectuses.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_prospectus_a_number"),
            models.UniqueConstraint(fields=["partnership"], condition=Q(published_at=None), name="one_draft_a_partnership"),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(text_hash=""), name="a_published_prospectus_has_its_hash"),
        ]

    @property
    def texts(self) -> dict[str, str]:
        """The sections and the agreement by field."""
        return {field: getattr(self, field) for field in HEADINGS}

    @property
    def stated_dates(self) -> Dates | None:
        """The dates that this version states; none for a draft."""
        return dates_read(self.dates)


class ProspectusDay(models.Model):
    """How often the prospectus was opened on a day, by nobody in particular."""

    scope = Scope.PARTNERSHIP
    id = models.BigAutoField(primary_key=True)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="prospectus_days")
    day = models.DateField()
    visits = models.PositiveIntegerField(default=0)

    objects = OfPartnership.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "day"], name="one_count_a_day")]


class WorkingGroup(Versioned):
    """The group of heads that precedes the board for a time, on behalf of its sponsors."""

    scope = Scope.PARTNERSHIP
    partnership = models.OneToOneField(Partnership, models.CASCADE, related_name="working_group")
    name = models.CharField(max_length=120, default="Working group of heads")
    sponsors = models.TextField("sponsors", blank=True, help_text="A body a line")
    members = models.TextField("members", blank=True, help_text="A person, by post and school, a line")
    from_on = models.DateField("from")
    until_on = models.DateField("until")
    hands_over = models.TextField("what it hands to the board", blank=True)

    objects = OfPartnership.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="group_ends_after_it_begins")]
