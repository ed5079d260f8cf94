"""Who holds which seat, from when until when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from alongside.deciding.bodies.models.bodies import Seat
from alongside.deciding.bodies.rules.holding import Span
from alongside.ground.core import clock
from alongside.ground.core.standing import Power, Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership


class Holders(Seen):
    """People on bodies."""

    def visible_to(self, who: Standing) -> Self:
        """Oneself; those in one's offices; and who sits, or is to sit, on a body of which one is the clerk."""
        if who.is_system:
            return self
        sits = Tenure.objects.lasting(clock.today()).filter(holder=OuterRef("pk"))
        kept = sits.filter(seat__body__in=who.bodies(Power.CLERK))
        return self.filter(Q(person=who.person or "-") | Q(partnership__in=who.offices) | Exists(kept))


class Holder(Row):
    """Somebody who sits, or sat, on bodies of a partnership: with an account (`person` is its id), or a name without one."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="holders")
    person = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)

    objects = Holders.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "person"], condition=~Q(person=""), name="one_holder_a_person"),
            models.UniqueConstraint(
                "partnership", models.functions.Lower("name"), condition=Q(person=""), name="one_holder_of_a_name_without_account"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tenures(Seen):
    """Tenures."""

    def on(self, day: date) -> Self:
        """Those that hold on the day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day, is_struck=False)

    def lasting(self, day: date) -> Self:
        """Those that are not over before the day, begun or not."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), is_struck=False)


class Tenure(Versioned):
    """That somebody holds a seat, from a day until a day. What was entered by mistake is struck out, and stays."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="seat")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tenures")
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="tenures")
    from_on = models.DateField("First day")
    until_on = models.DateField("Last day", null=True)
    term_until = models.DateField(null=True, help_text="The end of the term, also where they leave before")
    is_acting = models.BooleanField(default=False)
    rests_on = models.CharField(max_length=160, blank=True, help_text="Who put them there, and when")
    ended_because = models.CharField("Why it ended", max_length=120, blank=True)
    is_struck = models.BooleanField(default=False)

    LATER = ("version", "until_on", "term_until", "ended_because", "is_struck")
    objects = Tenures.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_tenure_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(until_on=None, is_struck=False), name="one_lasting_holder_of_a_seat"
            ),
            models.UniqueConstraint(fields=["seat", "from_on"], condition=Q(is_struck=False), name="one_holder_begins_on_a_day"),
        ]
        indexes = [models.Index(fields=["seat", "from_on"], name="tenures_of_a_seat")]

    @property
    def span(self) -> Span:
        """From when until when it is held."""
        return Span(self.from_on, self.until_on)
