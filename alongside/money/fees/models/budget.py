"""Decisions that money rests on; the budget by heading; what became of a liability."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.ground.core.standing import Standing
from alongside.ground.web.rows import Row, Scope, Versioned
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School
from alongside.money.fees.models.invoices import FeeYear
from alongside.money.fees.rules.budget import Promise
from alongside.money.fees.rules.decisions import DecisionKind, rests_on
from alongside.money.fees.rules.liability import Outcome


class OfOffice(models.QuerySet[models.Model]):
    """Rows that a partnership's office works with."""

    def visible_to(self, who: Standing) -> Self:
        """Those of the partnerships in whose office the person is."""
        return self if who.is_system else self.filter(partnership__in=who.offices)


class OfHeading(models.QuerySet[models.Model]):
    """Rows that stand under a heading of the budget."""

    def visible_to(self, who: Standing) -> Self:
        """Those of the partnerships in whose office the person is."""
        return self if who.is_system else self.filter(heading__partnership__in=who.offices)


class BoardDecision(Row):
    """What a body decided about money, with its minute. It never changes; a later decision may take its place."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="money_decisions")
    kind = models.CharField(max_length=12, choices=[(one.value, one.label) for one in DecisionKind])
    body = models.CharField(max_length=120)
    decided_on = models.DateField()
    reference = models.CharField(max_length=60)
    amount = models.PositiveIntegerField(null=True)
    words = models.CharField(max_length=500, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="money_decisions")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    entered_by = models.CharField(max_length=12, blank=True, help_text="The person who wrote it down, by id; nobody: the system")
    entered_at = models.DateTimeField()

    objects = OfOffice.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(body="") & ~Q(reference=""), name="a_decision_has_body_and_reference"),
        ]
        indexes = [models.Index(fields=["partnership", "-decided_on"], name="decisions_by_day")]

    def __str__(self) -> str:
        return rests_on(self.body, self.decided_on, self.reference)


class Reduction(Row):
    """By how much a decision cut a year's fee, with its working on that day. It never changes."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="reductions")
    decision = models.OneToOneField(BoardDecision, models.PROTECT, related_name="reduction")
    fee_year = models.ForeignKey(FeeYear, models.PROTECT, related_name="reductions")
    pool = models.PositiveIntegerField(help_text="What is given back in all, in pence, before it is shared out")
    members = models.PositiveIntegerField()
    each = models.PositiveIntegerField(help_text="What each full member's fee is cut by")
    given = models.PositiveIntegerField(help_text="What all cuts come to; what is left of the pool stays in reserve")
    available = models.IntegerField(help_text="Income less spent less promised on that day")

    objects = OfOffice.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(given__lte=F("pool")), name="no_more_is_given_back_than_was_decided"),
            models.CheckConstraint(condition=Q(given__lte=F("each") * F("members")), name="no_cut_is_above_the_whole_cut"),
        ]

    @property
    def reserve(self) -> int:
        """Odd pence, and what is above the cap."""
        return self.pool - self.given


class Heading(Versioned):
    """Something that money is spent on; priorities and programmes may point to one."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="budget_headings")
    name = models.CharField("Heading", max_length=80)
    order = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)

    objects = OfOffice.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="one_heading_of_a_name"),
            models.CheckConstraint(condition=~Q(name=""), name="a_heading_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Plan(Versioned):
    """What is planned for a heading in one budget year."""

    scope = Scope.PARTNERSHIP
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="plans")
    fee_year = models.ForeignKey(FeeYear, models.PROTECT, related_name="plans")
    amount = models.PositiveIntegerField("Planned")

    objects = OfHeading.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["heading", "fee_year"], name="one_plan_of_a_heading_a_year")]


class Commitment(Versioned):
    """Money promised to somebody: open until it is spent or released. Its id is made by the client."""

    scope = Scope.PARTNERSHIP
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="commitments")
    fee_year = models.ForeignKey(FeeYear, models.PROTECT, related_name="commitments")
    to = models.CharField("To whom", max_length=120)
    words = models.CharField("What for", max_length=300)
    amount = models.PositiveIntegerField("Amount")
    due_on = models.DateField("Expected by")
    state = models.CharField(max_length=10, choices=[(one.value, one.label) for one in Promise], default=Promise.OPEN.value)
    why_released = models.CharField("Why it is no longer needed", max_length=200, blank=True)
    made_at = models.DateTimeField()

    objects = OfHeading.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="a_promise_is_more_than_nothing"),
        ]
        indexes = [models.Index(fields=["fee_year", "state"], name="promises_of_a_year")]

    def __str__(self) -> str:
        return f"{self.to}: {self.words}"


class Spending(Row):
    """Money spent. It never changes: a mistake is put right by a second row that takes it back."""

    scope = Scope.PARTNERSHIP
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="spending")
    fee_year = models.ForeignKey(FeeYear, models.PROTECT, related_name="spending")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="spending")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    spent_on = models.DateField()
    payee = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)
    amount = models.IntegerField()
    reference = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()

    objects = OfHeading.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(reverses=None) & Q(amount__gte=1)) | (Q(reverses__isnull=False) & Q(amount__lte=-1)),
                name="only_what_takes_back_is_negative",
            )
        ]
        indexes = [models.Index(fields=["fee_year", "spent_on"], name="spending_of_a_year")]


class Settled(Row):
    """What a decision made of one school's liability for one year: it stays due, is waived, or is taken over."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="settled_liabilities")
    school = models.ForeignKey(School, models.PROTECT, related_name="settled_liabilities")
    year = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=[(one.value, one.label) for one in Outcome])
    decision = models.ForeignKey(BoardDecision, models.PROTECT, related_name="settled")
    to_school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    payer_name = models.CharField(max_length=160, blank=True)
    payer_address = models.TextField(max_length=400, blank=True)
    payer_email = models.EmailField(blank=True)
    settled_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = OfOffice.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "school", "year"], condition=Q(replaced_at=None), name="one_word_on_a_liability"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.TRANSFERRED.value) | ~Q(payer_name=""), name="somebody_takes_it_over"
            ),
        ]
