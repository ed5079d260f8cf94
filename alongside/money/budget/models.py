"""A partnership's years of money, and the budget by heading: what is planned, promised, spent."""

from django.db import models
from django.db.models import Q

from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership
from alongside.money.budget.rules import MOVES, Promise
from alongside.money.invoices.models.invoices import Claim


class FeeYear(Row):
    """One year's fee: how much, for which months of support; the claim by which schools are asked for it."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="fee_years")
    claim = models.OneToOneField(Claim, models.PROTECT, related_name="fee_year")
    number = models.PositiveSmallIntegerField()
    amount = models.PositiveIntegerField()
    support_words = models.CharField(max_length=80, blank=True)
    payment_days = models.PositiveSmallIntegerField(default=30)
    opened_at = models.DateTimeField()
    supported_until = models.DateField(null=True, help_text="The last day of the months that it supports")
    next_on = models.DateField(null=True, help_text="The day on which the next year's invoices go out")
    evaluation_on = models.DateField(null=True, help_text="The day of the evaluation, on the first year only")

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_fee_year_of_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="fee_years_count_from_one"),
        ]


class Heading(Versioned):
    """Something that money is spent on; priorities and programmes may point to one."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="budget_headings")
    name = models.CharField("Heading", max_length=80)
    order = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(null=True)

    LATER = ("order", "ended_on", "version")
    objects = Seen.as_manager()

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
    visible = Visible(office="heading__partnership")
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="plans")
    fee_year = models.ForeignKey(FeeYear, models.PROTECT, related_name="plans")
    amount = models.PositiveIntegerField("Planned")

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["heading", "fee_year"], name="one_plan_of_a_heading_a_year")]


class Commitment(Versioned):
    """Money promised to somebody: open until it is spent or released. Its id is made by the client."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="heading__partnership")
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="commitments")
    fee_year = models.ForeignKey(FeeYear, models.PROTECT, related_name="commitments")
    to = models.CharField("To whom", max_length=120)
    words = models.CharField("What for", max_length=300)
    amount = models.PositiveIntegerField("Amount")
    due_on = models.DateField("Expected by")
    state = models.CharField(max_length=10, choices=Promise.choices(), default=Promise.OPEN.value)
    why_released = models.CharField("Why it is no longer needed", max_length=200, blank=True)
    made_at = models.DateTimeField()

    MOVES = MOVES
    LATER = ("state", "why_released", "version")
    objects = Seen.as_manager()

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
    visible = Visible(office="heading__partnership")
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

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(reverses=None) & Q(amount__gte=1)) | (Q(reverses__isnull=False) & Q(amount__lte=-1)),
                name="only_what_takes_back_is_negative",
            )
        ]
        indexes = [models.Index(fields=["fee_year", "spent_on"], name="spending_of_a_year")]
