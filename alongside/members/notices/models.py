from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q

from alongside.ground.core.standing import Standing
from alongside.ground.web import declared
from alongside.ground.web.models import Row, Scope, Seen, Visible
from alongside.members.notices.rules.bounces import Came
from alongside.members.notices.rules.messages import GATHERING, GONE, NEW, NoticeState, removed_on, when_in_words
from alongside.members.notices.rules.waiting import News, WeekDay
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School


class Notices(Seen):
    """Messages, as the office that sent them and those to whom they went find them."""

    def addressed_to(self, who: Standing) -> Self:
        """What was sent to this person, for their own page; what waits for them, while they have to do with its partnership."""
        theirs = Q(partnership=None) | Q(partnership__in=who.partnerships) | ~Q(state=NoticeState.GATHERED)
        return self.filter(theirs, person=who.person).exclude(state=NoticeState.HELD_BACK)

    def new(self) -> Self:
        """Those that nobody has read: what came or comes to their reader by e-mail is read there, what did not is opened here."""
        return self.filter(read_at=None, state__in=NEW).exclude(kind__in=GATHERING).exclude(to__endswith=GONE)


class Notice(Row):
    """One message to one address, or to one person's page, with its words; dots stand in the place of a personal link.

    `person` is a plain id: who has an account is known above; `about` is that of the row that it is about, where a room goes by
    it. `sealed` holds the words with the personal link under a
    key that is not in the database, until the mail is taken. `calendar` is what calendar programs read of the message. `due_at`
    is when it is tried next, or goes into a digest. `gathers_of`: the ids of the partnerships of which a mail that gathers tells.
    """

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    kind = models.CharField(max_length=60)
    to = models.EmailField(blank=True)
    person = models.CharField(max_length=12, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    calendar = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=12, blank=True)
    is_personal = models.BooleanField(default=False)
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, related_name="notices")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="notices")
    written_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in NoticeState], default=NoticeState.WAITING)
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    sealed = models.TextField(blank=True)
    gathers_of = models.JSONField(default=list)
    digest = models.ForeignKey("self", models.SET_NULL, null=True, related_name="gathered")
    read_at = models.DateTimeField(null=True)

    objects = Notices.as_manager()

    @property
    def came_at(self) -> datetime:
        """When its reader had it: when the mail server took it, else when it was written."""
        return self.sent_at or self.written_at

    @property
    def when(self) -> str:
        """When it was written, and when it came where that was later."""
        return when_in_words(self.written_at, self.came_at)

    @property
    def removed_on(self) -> date | None:
        """Since when its words and its address are gone, as they are not kept for ever."""
        return removed_on(self.to)

    @property
    def tells_of(self) -> frozenset[str]:
        """The partnerships with which its reader must have to do when it goes; none where it goes to an address anyway."""
        if not self.person or self.is_personal or declared.message(self.kind).goes_anyway:
            return frozenset()
        return frozenset(self.gathers_of or filter(None, [self.partnership_id]))

    class Meta:
        indexes = [
            models.Index(fields=["partnership", "-written_at"]),
            models.Index(fields=["person", "-written_at"]),
            models.Index(fields=["-written_at"], condition=Q(kind__in=GATHERING), name="notices_that_gather"),
            models.Index(fields=["state", "due_at"], condition=Q(state__in=["waiting", "gathered"]), name="notices_to_send"),
            models.Index(fields=["partnership"], condition=Q(state__in=["returned", "problem"]), name="notices_with_trouble"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_only_when_taken"),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "gathered"]) | Q(due_at__isnull=False), name="what_waits_has_a_time"
            ),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(sealed=""), name="no_secret_after_sending"),
            models.CheckConstraint(condition=~Q(to="") | ~Q(person=""), name="sent_to_somebody"),
        ]


class Rhythm(Row):
    """How a person wants what need not come at once, and on which day the week's mail. Without a row, as is usual."""

    scope = Scope.PERSONAL
    visible = Visible(person="person")
    person = models.CharField(max_length=12, unique=True)
    news = models.CharField(max_length=5, choices=[(n.value, n.value) for n in News], default=News.USUAL.value)
    day = models.CharField(max_length=9, choices=[(d.value, d.value) for d in WeekDay], default=WeekDay.MONDAY.value)

    objects = Seen.as_manager()


class Returned(Row):
    """A message came back, or a mail server said why it has not gone on; `address` is as we wrote to it."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="notice__partnership")
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="returns")
    address = models.EmailField(db_index=True)
    came = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Came])
    status = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    def get_came(self) -> Came:
        """What has come."""
        return Came(self.came)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "came"], name="one_return_of_a_kind")]
