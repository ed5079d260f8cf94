"""A seat that is advertised, and the panel that scores for it."""

from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.deciding.bodies.models import Seat
from alongside.deciding.recruitment.rules.vacancies import (
    MOVES,
    AdvertStage,
    ApplicationState,
    Criterion,
    VacancyState,
    is_taking,
    stage_of,
)
from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person

GOING_ON = (VacancyState.OPEN.value, VacancyState.SHORTLISTED.value)


def sent_in(**whose: Any) -> QuerySet[Any]:
    """What was sent in, by the addresses of the `whose` that is asked for."""
    return apps.get_model("recruitment", "Application").objects.exclude(state=ApplicationState.DRAFT).filter(**whose).order_by()


def run_by(who: Standing, way: str = "") -> Q:
    """The competitions that somebody runs today, by the way that leads to their row; none for which they apply themselves."""
    still = Q(**{f"{way}partnership__in": who.offices}) | Q(**{f"{way}seat__body__in": who.bodies(Power.CLERK)})
    own = sent_in(email__in=Person.objects.filter(pk=who.person or "-", email__isnull=False).values("email"))
    return Q(still, ~Q(**{f"{way}pk__in": own.values("vacancy")}), **{f"{way}runner": who.person or "-"})


class Vacancies(Seen):
    """Vacancies."""

    def visible_to(self, who: Standing) -> Self:
        """Those of one's offices, of the bodies of which one is the clerk, and those on whose panel one sits."""
        if who.is_system:
            return self
        kept = Q(partnership__in=who.offices) | Q(seat__body__in=who.bodies(Power.CLERK))
        return self.filter(kept | Q(pk__in=who.bodies(Power.ASSESS)))

    def published(self) -> Self:
        """Those that everybody may read of."""
        return self.exclude(published_on=None)

    def taking(self, on: date) -> Self:
        """Those for which one can apply on the day."""
        return self.filter(state=VacancyState.OPEN, opens_on__lte=on, closes_on__gte=on)


class Vacancy(Versioned):
    """A seat that is filled by open competition: what is looked for, by when, who runs it and what was decided.

    `criteria` holds lists of words, whether it is essential, and the most points; `runner` and `tenure` are plain ids. `erase_on`
    is the day on which what applicants sent goes.
    """

    scope = Scope.PARTNERSHIP
    MOVES = MOVES
    LATER = ("version", "runner", "state", "published_on", "decided_on", "erase_on", "reason", "tenure", "erased", "erased_on")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="vacancies")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="vacancies")
    title = models.CharField("Title", max_length=80)
    advert = models.TextField("Advert", max_length=5_000)
    criteria = models.JSONField("Person specification", default=list)
    independence = models.JSONField("Questions on independence", default=list)
    contact = models.EmailField("Who answers questions")
    opens_on = models.DateField("Opens")
    closes_on = models.DateField("Closes")
    shortlist_on = models.DateField("Shortlist")
    interviews_on = models.DateField("Interviews")
    in_place_by = models.DateField("In place by")
    months_kept = models.PositiveSmallIntegerField()
    runner = models.CharField(max_length=12)
    state = models.CharField(max_length=11, choices=VacancyState.choices(), default=VacancyState.DRAFT)
    published_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    erase_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    tenure = models.CharField(max_length=12, blank=True)
    erased = models.PositiveIntegerField(default=0)
    erased_on = models.DateField(null=True)

    objects = Vacancies.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=~Q(state__in=["decided", "stopped"]), name="one_competition_for_a_seat_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state="draft") | ~Q(erase_on=None), name="what_is_published_is_erased_on_a_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def vacancy_state(self) -> VacancyState:
        """Where it is."""
        return VacancyState(self.state)

    @property
    def specification(self) -> tuple[Criterion, ...]:
        """What is looked for."""
        return tuple(Criterion(*one) for one in self.criteria)

    @property
    def stage(self) -> AdvertStage:
        """How it stands now."""
        return stage_of(self.vacancy_state, self.opens_on, self.closes_on, clock.now())

    @property
    def is_taking(self) -> bool:
        """Whether one can apply now."""
        return is_taking(self.vacancy_state, self.opens_on, self.closes_on, clock.now())

    @property
    def is_closed(self) -> bool:
        """Whether its closing day is over, so that applications are read."""
        return self.state != VacancyState.DRAFT and clock.now() >= self.closes_at

    @property
    def goes_on(self) -> bool:
        """Whether it is published, and neither decided nor stopped."""
        return self.state in GOING_ON

    @property
    def closes_at(self) -> datetime:
        """The moment from which no application is taken."""
        return clock.end_of(self.closes_on)

    def facts(self) -> dict[str, Any]:
        """Whose it is, as permissions ask."""
        return {"partnership": self.partnership_id, "body": self.seat.body_id}


class PanelMembers(Seen):
    """People of panels."""

    def sitting(self) -> Self:
        """Those who are on a panel now; not who has applied for that very seat."""
        address = Person.objects.filter(pk=OuterRef(OuterRef("person")), email__isnull=False).values("email")
        return self.filter(~Exists(sent_in(vacancy=OuterRef("vacancy"), email__in=address)), ended_on=None)


class PanelMember(Row):
    """Somebody who scores for a vacancy, by the id of their account, until a day; one row for each, also who comes back to it."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="vacancy")
    LATER = ("ended_on",)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    vacancy = models.ForeignKey(Vacancy, models.CASCADE, related_name="panel")
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    ended_on = models.DateField(null=True)

    objects = PanelMembers.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vacancy", "person"], name="once_on_a_panel")]
        indexes = [models.Index(fields=["person"], name="panels_of_a_person")]

    def __str__(self) -> str:
        return self.name
