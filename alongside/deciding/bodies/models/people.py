"""What is kept of people on bodies: what is asked of them by a day, interests and training, skills; and who decides what."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from alongside.deciding.bodies.models.holding import Holder, Tenure
from alongside.deciding.bodies.rules.people import CheckKind, EntryKind
from alongside.ground.core.standing import Power, Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.partnerships.models import Partnership


class Checks(Seen):
    """What is asked of somebody by a day."""

    def visible_to(self, who: Standing) -> Self:
        """One's own, those of one's offices, and those of the bodies of which one is the clerk."""
        if who.is_system:
            return self
        kept = Q(tenure__seat__body__in=who.bodies(Power.CLERK))
        return self.filter(Q(tenure__holder__person=who.person or "-") | Q(partnership__in=who.offices) | kept)


class Check(Row):
    """Something seen to by a day; the yearly word on interests falls due again a year after it was given."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    tenure = models.ForeignKey(Tenure, models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=12, choices=CheckKind.choices())
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    is_needed = models.BooleanField(default=True)
    reminded_on = models.DateField(null=True)

    objects = Checks.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenure", "kind"], name="one_check_of_a_kind")]

    @property
    def check_kind(self) -> CheckKind:
        """What is seen to."""
        return CheckKind(self.kind)


class Entries(Seen):
    """Interests and training."""

    def visible_to(self, who: Standing) -> Self:
        """Those of whom one sees the page; who else sees interests, the register of each body says."""
        return self if who.is_system else self.filter(holder__in=Holder.objects.visible_to(who))


class HolderEntry(Row):
    """An interest that somebody has, from a day until a day, or training that they took part in."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    holder = models.ForeignKey(Holder, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=8, choices=EntryKind.choices())
    words = models.CharField(max_length=300)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    entered_at = models.DateTimeField(null=True)  # nothing: before it was kept, or of a word that was given on another day

    LATER = ("until_on",)
    objects = Entries.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="an_interest_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["holder", "kind"], name="entries_of_somebody")]


class SkillAnswer(Row):
    """What somebody said of their own skills; nobody else reads it, bodies see sums."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    person = models.CharField(max_length=12)
    levels = models.JSONField(default=dict)
    answered_on = models.DateField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "person"], name="one_word_on_skills")]


class Delegated(Versioned):
    """A decision of the scheme of delegation, and what each body or post does about it, from a day until a day."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="scheme")
    decision = models.CharField("Decision", max_length=160)
    parts = models.JSONField("Who does what", default=dict)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    LATER = ("until_on", "version")
    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="a_delegation_ends_after_it_begins"
            )
        ]
