"""How dates come to a person's diary, and what was sent to whom."""

from typing import Self

from django.db import models
from django.db.models import Q

from alongside.ground.core.shown import OnPage
from alongside.ground.core.standing import Standing
from alongside.ground.web import declared
from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.diary.rules import Attending, DiaryWay, Known, stands
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person


class Diary(Row):
    """How dates come to somebody's diary (empty: as their post has it), and when it was last looked what to send."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
    person = models.OneToOneField(Person, models.CASCADE, related_name="diary")
    way = models.CharField(max_length=4, choices=DiaryWay.choices(), blank=True)
    looked_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()


class DiaryDates(Seen):
    """Dates that were sent."""

    def visible_to(self, who: Standing) -> Self:
        """One's own, those of whom one acts for in the partnerships where one does, and an office its partnership's."""
        if who.is_system:
            return self
        theirs = Q(person__in=who.acted_for, partnership__in=who.partnerships)
        return self.filter(Q(person=who.person or "-") | theirs | Q(partnership__in=who.offices))


class DiaryDate(Row):
    """A date that was sent to somebody, and what they answered; no words of the date, which are read where they stand.

    `thing` is the date's id, and `uid` what calendars know it by. `organiser` is the key of the message that it was first
    sent with: answers go to the address made of it, all its life long.
    `sequence` counts its changes, `moved_at` is the one that last changed its days, `answered_for` the one that was answered.
    """

    scope = Scope.PERSONAL
    person = models.ForeignKey(Person, models.CASCADE, related_name="diary_dates")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="diary_dates")
    thing = models.CharField(max_length=200)
    uid = models.CharField(max_length=32)
    organiser = models.CharField(max_length=12)
    digest = models.CharField(max_length=32)
    times = models.CharField(max_length=300)
    sequence = models.PositiveIntegerField(default=0)
    moved_at = models.PositiveIntegerField(default=0)
    first_on = models.DateField()
    last_on = models.DateField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    first_sent_at = models.DateTimeField()
    is_cancelled = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=Attending.choices(), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_for = models.PositiveIntegerField(default=0)
    answered_by = models.CharField(max_length=120, blank=True, help_text="Who acts for them, where they did not themselves")
    comment = models.CharField(max_length=300, blank=True)

    objects = DiaryDates.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "uid"], name="one_date_of_a_name")]
        indexes = [models.Index(fields=["uid"]), models.Index(fields=["thing"])]

    @property
    def known(self) -> Known:
        """What the rules ask of it."""
        return Known(self.uid, self.digest, self.sequence, self.first_on, self.starts_at, self.is_cancelled)

    @property
    def is_attended(self) -> bool:
        """Whether people come, and so answer; by what day something is wanted nobody answers."""
        said = declared.rows().get(self.thing.partition("/")[0])
        return said is None or not said.is_due

    @property
    def attending(self) -> Attending | None:
        """What its person answered to the date as it is now."""
        return stands(self.answer, self.answered_for, self.moved_at)

    @property
    def on_page(self) -> OnPage:
        """What its answer was when a page showed it, with the buttons to give another."""
        said = f"“{self.attending.label}”" if self.attending else "not answered"
        words = f"{said}, by {self.answered_by}" if self.attending and self.answered_by else said
        return OnPage(words, {"the answer": (self.answer, self.answered_at, self.moved_at)})
