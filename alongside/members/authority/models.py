"""What bodies decided."""

from django.db import models
from django.db.models import Q

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.authority.rules import DecisionKind, rests_on
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School


class Authority(Row):
    """What a body decided about money, with its minute. It never changes; a later decision may take its place."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="money_decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices())
    body = models.CharField(max_length=120)
    decided_on = models.DateField()
    reference = models.CharField(max_length=60)
    amount = models.PositiveIntegerField(null=True)
    each = models.PositiveIntegerField(null=True, help_text="What comes off for each school, where it is about all")
    words = models.CharField(max_length=500, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="money_decisions")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    entered_by = models.CharField(max_length=12, blank=True, help_text="The person who wrote it down, by id; nobody: the system")
    entered_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(body="") & ~Q(reference=""), name="a_decision_has_body_and_reference")]
        indexes = [models.Index(fields=["partnership", "-decided_on"], name="decisions_by_day")]

    def __str__(self) -> str:
        return rests_on(self.body, self.decided_on, self.reference)

    @property
    def decision_kind(self) -> DecisionKind:
        """What was decided, as the rules know it."""
        return DecisionKind(self.kind)
