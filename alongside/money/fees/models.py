"""What a decision made of a fee: the year's reduction, one school's liability."""

from django.db import models
from django.db.models import F, Q

from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.authority.models import Authority
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School
from alongside.money.budget.models import FeeYear
from alongside.money.fees.rules.liability import Outcome


class Reduction(Row):
    """By how much a decision cut a year's fee, with its working on that day. It never changes."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="reductions")
    decision = models.OneToOneField(Authority, models.PROTECT, related_name="reduction")
    fee_year = models.ForeignKey(FeeYear, models.PROTECT, related_name="reductions")
    pool = models.PositiveIntegerField(help_text="What is given back in all, in pence, before it is shared out")
    members = models.PositiveIntegerField()
    each = models.PositiveIntegerField(help_text="What each full member's fee is cut by")
    given = models.PositiveIntegerField(help_text="What all cuts come to; what is left of the pool stays in reserve")
    available = models.IntegerField(help_text="Income less spent less promised on that day")

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(given__lte=F("pool")), name="no_more_is_given_back_than_was_decided"),
            models.CheckConstraint(condition=Q(given__lte=F("each") * F("members")), name="no_cut_is_above_the_whole_cut"),
        ]

    @property
    def reserve(self) -> int:
        """Odd pence, and what is above the cap."""
        return self.pool - self.given


class Settled(Row):
    """What a decision made of one school's liability for one year: it stays due, is waived, or is taken over."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="settled_liabilities")
    school = models.ForeignKey(School, models.PROTECT, related_name="settled_liabilities")
    year = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=[(one.value, one.label) for one in Outcome])
    decision = models.ForeignKey(Authority, models.PROTECT, related_name="settled")
    to_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    payer_name = models.CharField(max_length=160, blank=True)
    payer_address = models.TextField(max_length=400, blank=True)
    payer_email = models.EmailField(blank=True)
    settled_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "school", "year"], condition=Q(replaced_at=None), name="one_word_on_a_liability"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.TRANSFERRED.value) | ~Q(payer_name=""), name="somebody_takes_it_over"
            ),
        ]
