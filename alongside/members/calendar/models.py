from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from alongside.ground.core import clock
from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.words import short_date
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible, of_own_schools
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.clocks.reckoning import StopKind
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.calendar.rules.days import Named
from alongside.members.calendar.rules.settings import Nation
from alongside.members.calendar.rules.years import HALF_TERMS
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.schools.models import School


def known_schools(who: Standing) -> models.QuerySet[Membership, Any]:
    """The schools whose days a person may know: those of their partnerships, and their own."""
    return Membership.objects.visible_to(who).current(clock.today()).values("school")


class Years(models.QuerySet["Year"]):
    """Years of partnerships and of schools."""

    def visible_to(self, who: Standing) -> Self:
        """A partnership's year is for its people; a school's own year for all who may know the school belongs."""
        if who.is_system:
            return self
        return self.filter(Q(partnership__in=who.partnerships) | Q(school__in=who.schools) | Q(school__in=known_schools(who)))


class Year(Versioned):
    """An academic year of a partnership, or of one school whose term dates differ from it."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, blank=True, related_name="years")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="own_years")
    start = models.SmallIntegerField(help_text="The year it begins in")
    is_example = models.BooleanField("example dates", default=True)

    objects = Years.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(partnership=None, school__isnull=False) | Q(partnership__isnull=False, school=None),
                name="a_year_is_of_a_partnership_or_a_school",
            ),
            models.UniqueConstraint(fields=["partnership", "start"], name="one_year_a_partnership"),
            models.UniqueConstraint(fields=["school", "start"], name="one_own_year_a_school"),
        ]

    def __str__(self) -> str:
        return str(AcademicYear(self.start))


class Days(Row):
    """Days in a row, both ends included."""

    name: Any
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        abstract = True

    @property
    def span(self) -> str:
        """'9 May 2022 to 12 May 2022', or the one day."""
        first, last = short_date(self.first_on), short_date(self.last_on)
        return first if first == last else f"{first} to {last}"

    @property
    def named(self) -> Named:
        """These days under their name."""
        return Named(self.name, self.first_on, self.last_on)


class HalfTerm(Days):
    """One of the six half-terms of a year."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="year")
    year = models.ForeignKey(Year, models.CASCADE, related_name="half_terms")
    number = models.SmallIntegerField()

    name = property(lambda self: HALF_TERMS[self.number - 1], doc="'Autumn term, first half'.")
    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="half_term_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=6), name="six_half_terms_a_year"),
            models.UniqueConstraint(fields=["year", "number"], name="one_half_term_a_number"),
        ]


class Closures(models.QuerySet["Closure"]):
    """Days on which schools are closed."""

    def visible_to(self, who: Standing) -> Self:
        """A school's days are for all who may know that it belongs."""
        return self if who.is_system else self.filter(Q(school__in=who.schools) | Q(school__in=known_schools(who)))


class Closure(Days):
    """Days on which one school has no pupils though others have: an INSET day, snow, a polling station."""

    scope = Scope.SCHOOL
    school = models.ForeignKey(School, models.CASCADE, related_name="closures")
    kind = models.CharField(max_length=10, choices=ClosureKind.choices())

    objects = Closures.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="closure_ends_after_it_begins"),
            models.UniqueConstraint(fields=["school", "first_on"], name="one_closure_begins_a_day"),
        ]

    name = property(lambda self: ClosureKind(self.kind).label, doc="What it is called in a calendar.")


class Blackout(Days):
    """Days that the partnership keeps free of its own meetings and visits."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="blackouts")
    name = models.CharField(max_length=80)

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="blackout_ends_after_it_begins"),
            models.UniqueConstraint(fields=["partnership", "name", "first_on"], name="one_blackout_of_a_name_a_day"),
        ]


class BankHoliday(Row):
    """A bank holiday of one nation, as GOV.UK published it."""

    scope = Scope.REGISTER
    visible = Visible(everyone=True)
    nation = models.CharField(max_length=20, choices=Nation.choices())
    day = models.DateField()
    title = models.CharField(max_length=80)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["nation", "day"], name="one_bank_holiday_a_nation_a_day")]


def kept_by(who: Standing, prefix: str = "") -> Q:
    """Kept dates are for the office, and for those of the school who may keep dates."""
    mine = of_own_schools(who.by(Power.DATES), f"{prefix}school", f"{prefix}partnership")
    mine &= Q(**{f"{prefix}partnership__in": who.partnerships})
    return Q(**{f"{prefix}partnership__in": who.offices}) | mine


class Clocks(models.QuerySet["Clock"]):
    """Kept dates."""

    def visible_to(self, who: Standing) -> Self:
        """Those of the person's offices, and of the schools whose dates they may keep."""
        return self if who.is_system else self.filter(kept_by(who))


class Clock(Row):
    """A statutory clock that runs for a school, or for the partnership's office: what came when, by which law.

    `label` is the keeper's own reference; nothing about a person stands here. `due_on` is the date last shown, `hash`
    that of its working: the date itself is worked out whenever it is read.
    """

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="clocks")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="clocks")
    law = models.CharField(max_length=20, choices=Law.choices())
    nation = models.CharField(max_length=20, choices=Nation.choices())
    label = models.CharField(max_length=40, blank=True)
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    warn_on = models.DateField(null=True, blank=True)
    hash = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    LATER = ("extended_on", "due_on", "warn_on", "hash", "ended_on")

    objects = Clocks.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "due_on"]), models.Index(fields=["school"])]

    @property
    def name(self) -> str:
        """The law, with the keeper's reference."""
        return ", ".join(filter(None, (Law(self.law).label, self.label)))

    @property
    def whose(self) -> str:
        """The school that must answer, or the partnership of the office that must."""
        return str(self.school or self.partnership)


class OfClock(models.QuerySet[models.Model]):
    """What belongs to kept dates."""

    def visible_to(self, who: Standing) -> Self:
        """What belongs to the kept dates that the person may see."""
        return self if who.is_system else self.filter(kept_by(who, "clock__"))


class Pause(Row):
    """A time for which a clock waits for an answer."""

    scope = Scope.PARTNERSHIP
    clock = models.ForeignKey(Clock, models.CASCADE, related_name="pauses")
    kind = models.CharField(max_length=20, choices=StopKind.choices())
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    objects = OfClock.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(answered_on=None), name="one_open_pause_a_clock"),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("asked_on")), name="pause_ends_after_it_begins"
            ),
        ]


class ClockChange(Row):
    """A kept date that moved: from which day to which, and because of what."""

    scope = Scope.PARTNERSHIP
    clock = models.ForeignKey(Clock, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=200)

    objects = OfClock.as_manager()

    class Meta:
        indexes = [models.Index(fields=["clock", "at"])]
