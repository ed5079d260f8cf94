from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.rules import Belonging, Template
from alongside.members.schools.models import School


class Partnerships(models.QuerySet["Partnership"]):
    """Partnerships."""

    def visible_to(self, who: Standing) -> Self:
        """Those that the person has to do with; the system sees all."""
        return self if who.is_system else self.filter(pk__in=who.partnerships)


class Partnership(Versioned):
    """A trust or a learning partnership."""

    scope = Scope.PARTNERSHIP
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    template = models.CharField(max_length=20, choices=[(t.value, t.label) for t in Template])
    area = models.CharField(max_length=120, blank=True, help_text="The borough or area in words")
    la_code = models.CharField(max_length=3, blank=True)
    contact_email = models.EmailField(blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    objects = Partnerships.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def template_kind(self) -> Template:
        """The template it started from."""
        return Template(self.template)


class Setting(Row):
    """What one app's settings of a partnership changed to, from a day on."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="settings")
    app = models.CharField(max_length=30)
    from_on = models.DateField()
    values = models.JSONField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "app", "from_on"], name="one_setting_an_app_a_day")]


class Memberships(models.QuerySet["Membership"]):
    """Memberships."""

    def visible_to(self, who: Standing) -> Self:
        """Which schools belong is known to all who have to do with the partnership; who is only asked, to the
        office and the school itself."""
        if who.is_system:
            return self
        return self.filter(
            Q(partnership__in=who.offices)
            | (Q(school__in=who.schools) & Q(partnership__in=who.partnerships))
            | (Q(partnership__in=who.partnerships) & ~Q(kind=Belonging.ASKED))
        )

    def current(self, on: object) -> Self:
        """Those that hold on the day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Membership(Row):
    """A school and a partnership, from a day until a day (inclusive; none yet: it lasts)."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="memberships")
    school = models.ForeignKey(School, models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Belonging])
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = Memberships.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "school"], condition=Q(until_on=None), name="one_lasting_membership"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="membership_ends_after_it_begins"
            ),
        ]
        indexes = [models.Index(fields=["school"]), models.Index(fields=["partnership", "kind"])]
