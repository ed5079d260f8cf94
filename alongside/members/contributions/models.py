from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Row, Scope, Seen, Visible, of_own_schools
from alongside.members.contributions.rules import GiftKind
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School


class OutsideBody(Row):
    """Somebody who is not a school and gives or receives: a university, a charity, a council's service."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="outside_bodies")
    name = models.CharField(max_length=120)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="one_outside_body_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Contributions(models.QuerySet["Contribution"]):
    """What was given."""

    def visible_to(self, who: Standing) -> Self:
        """An office sees its partnership's, a school what it gave or received itself."""
        if who.is_system:
            return self
        mine = of_own_schools(who, "giver") | of_own_schools(who, "receiver")
        return self.filter(Q(partnership__in=who.offices) | (mine & Q(partnership__in={home for home, _ in who.memberships})))

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)


class Contribution(Row):
    """One thing given: by whom, to whom, what, on which day, how much. `source` names the deed that wrote it,
    `between` giver and receiver by their ids.

    What it says never changes: a trigger of the database refuses it. It is taken back, or it stands.
    """

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="contributions")
    giver = models.ForeignKey(School, models.PROTECT, null=True, related_name="given")
    giver_body = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="given")
    receiver = models.ForeignKey(School, models.PROTECT, null=True, related_name="received")
    receiver_body = models.ForeignKey(OutsideBody, models.PROTECT, null=True, related_name="received")
    between = models.CharField(max_length=25)
    kind = models.CharField(max_length=12, choices=[(k.value, k.label) for k in GiftKind])
    done_on = models.DateField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    words = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=60)
    source_row = models.CharField(max_length=12)
    written_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    FROZEN = (
        "partnership_id",
        "giver_id",
        "giver_body_id",
        "receiver_id",
        "receiver_body_id",
        "between",
        "kind",
        "done_on",
        "amount",
        "source",
        "source_row",
        "written_at",
    )
    objects = Contributions.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(giver__isnull=False, giver_body=None) | Q(giver=None, giver_body__isnull=False),
                name="a_contribution_has_one_giver",
            ),
            models.CheckConstraint(
                condition=Q(receiver__isnull=False, receiver_body=None) | Q(receiver=None, receiver_body__isnull=False),
                name="a_contribution_has_one_receiver",
            ),
            models.CheckConstraint(condition=Q(giver__isnull=False) | Q(receiver__isnull=False), name="a_school_took_part"),
            models.CheckConstraint(condition=Q(giver=None) | Q(receiver=None) | ~Q(giver=F("receiver")), name="given_to_another"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_contribution_is_more_than_nothing"),
            models.UniqueConstraint(
                fields=["source", "source_row", "kind", "between"],
                condition=Q(taken_back_at=None),
                name="a_deed_is_written_down_once",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "done_on"]),
            models.Index(fields=["giver", "done_on"]),
            models.Index(fields=["receiver", "done_on"]),
            models.Index(fields=["source", "source_row"]),
        ]
