"""What membership keeps: the prospectus, each school's answer with its signatures, questions, talks and reminders, the roll."""

from typing import Self

from django.db import models
from django.db.models import Q

from alongside.ground.core.standing import Post, Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.membership.rules.answers import AnswerState, SigningAuthority, SubjectTo
from alongside.members.membership.rules.dates import Dates
from alongside.members.membership.rules.text import HEADINGS, dates_read
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School


class Prospectuses(models.QuerySet["Prospectus"]):
    """Prospectuses."""

    def visible_to(self, who: Standing) -> Self:
        """A published one is public; a draft is its office's."""
        return self if who.is_system else self.filter(Q(published_at__isnull=False) | Q(partnership__in=who.offices))


class Prospectus(Versioned):
    """One version of a partnership's own words: a draft that people edit, or published and never changed again."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="prospectuses")
    number = models.PositiveSmallIntegerField()
    summary = models.TextField("in short", blank=True)
    why = models.TextField("why we need this", blank=True)
    principles = models.TextField("how we will work", blank=True)
    priorities = models.TextField("what we start with", blank=True)
    offer = models.TextField("what your school gets", blank=True)
    governance = models.TextField("who decides", blank=True)
    costs = models.TextField("what it costs", blank=True)
    timeline = models.TextField("what happens when", blank=True)
    agreement = models.TextField("the agreement", blank=True)
    dates = models.JSONField(default=dict, blank=True, help_text="The dates that this version states")
    text_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)

    objects = Prospectuses.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="one_prospectus_a_number"),
            models.UniqueConstraint(fields=["partnership"], condition=Q(published_at=None), name="one_draft_a_partnership"),
            models.CheckConstraint(condition=Q(published_at=None) | ~Q(text_hash=""), name="a_published_prospectus_has_its_hash"),
        ]

    @property
    def texts(self) -> dict[str, str]:
        """The sections and the agreement by field."""
        return {field: getattr(self, field) for field in HEADINGS}

    @property
    def stated_dates(self) -> Dates | None:
        """The dates that this version states; none for a draft."""
        return dates_read(self.dates)


class ProspectusDay(models.Model):
    """How often the prospectus was opened on a day, by nobody in particular."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    id = models.BigAutoField(primary_key=True)
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="prospectus_days")
    day = models.DateField()
    visits = models.PositiveIntegerField(default=0)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "day"], name="one_count_a_day")]


class WorkingGroup(Versioned):
    """The group of heads that precedes the board for a time, on behalf of its sponsors."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.OneToOneField(Partnership, models.CASCADE, related_name="working_group")
    name = models.CharField(max_length=120, default="Working group of heads")
    sponsors = models.TextField("sponsors", blank=True, help_text="A body a line")
    members = models.TextField("members", blank=True, help_text="A person, by post and school, a line")
    from_on = models.DateField("from")
    until_on = models.DateField("until")
    hands_over = models.TextField("what it hands to the board", blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until_on__gte=models.F("from_on")), name="group_ends_after_it_begins")]


HOW = [("phone", "Phone"), ("email", "E-mail"), ("visit", "In person"), ("letter", "Letter")]


class Answer(Row):
    """How one school that was asked to join stands. One row a school, for good."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="answers")
    school = models.ForeignKey(School, models.PROTECT, related_name="answers")
    state = models.CharField(max_length=10, choices=[(str(s), str(s)) for s in AnswerState], default=AnswerState.NO_REPLY)
    asked_on = models.DateField()
    ended_on = models.DateField(null=True, help_text="The office stopped asking, or the school became an associate")
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True, help_text="As the office typed it, before the register’s")
    post = models.CharField(max_length=20, default=Post.HEAD.value, help_text="What whoever has that address is invited as")
    invited_at = models.DateTimeField(null=True)
    letter_at = models.DateTimeField(null=True)
    opened = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    subject_to = models.CharField(max_length=10, blank=True, choices=[(str(s), str(s)) for s in SubjectTo])
    subject_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)
    next_on = models.DateField(null=True)
    signature = models.OneToOneField("Signature", models.PROTECT, null=True, related_name="+", help_text="The standing one")
    question = models.ForeignKey("Question", models.PROTECT, null=True, related_name="+", help_text="The oldest unanswered one")

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "school"], name="one_answer_a_school"),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.SUBJECT) | Q(subject_on__isnull=False), name="subject_to_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(state=AnswerState.SIGNED, signature__isnull=False)
                | (~Q(state=AnswerState.SIGNED) & Q(signature__isnull=True)),
                name="signed_means_a_signature",
            ),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.QUESTION) | Q(question__isnull=False), name="a_question_asked_is_there"
            ),
        ]
        indexes = [models.Index(fields=["partnership", "state"]), models.Index(fields=["school"])]

    @property
    def answer_state(self) -> AnswerState:
        """The state as the rules know it."""
        return AnswerState(self.state)


class Signature(Row):
    """One school's signature under one version of the prospectus. Never changed; it may be withdrawn."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="signatures")
    school = models.ForeignKey(School, models.PROTECT, related_name="signatures")
    prospectus = models.ForeignKey(Prospectus, models.PROTECT, related_name="signatures")
    text_hash = models.CharField(max_length=64)
    batch = models.CharField(
        max_length=12, help_text="The act of signing: the same for the schools that a trust signs for at once"
    )
    batch_size = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120)
    authority = models.CharField(max_length=20, choices=[(str(a), str(a)) for a in SigningAuthority])
    authority_on = models.DateField()
    person = models.CharField(max_length=12, blank=True, help_text="The person who signed, by id; nobody when it came on paper")
    told_by = models.CharField(max_length=200, blank=True, help_text="How it reached the office when it came on paper")
    signed_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_decision = models.CharField(max_length=300, blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "school"], condition=Q(withdrawn_at=None), name="one_standing_signature"
            )
        ]
        indexes = [models.Index(fields=["partnership", "signed_at"]), models.Index(fields=["batch"])]


class Question(Row):
    """What a school asked, and what it was told; published without naming the school when the office says so."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="questions")
    school = models.ForeignKey(School, models.PROTECT, related_name="questions")
    words = models.TextField(max_length=1000)
    person = models.CharField(max_length=12, blank=True)
    email = models.EmailField(blank=True)
    asked_at = models.DateTimeField()
    reply = models.TextField(max_length=3000, blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=12, blank=True)
    public_words = models.TextField(max_length=1000, blank=True)
    is_public = models.BooleanField(default=False)

    LATER = ("reply", "replied_by", "public_words", "is_public")

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(replied_at__isnull=False), name="only_answered_questions_are_public"
            )
        ]
        indexes = [models.Index(fields=["partnership", "replied_at"]), models.Index(fields=["school"])]


class Contact(Row):
    """One talk with a school, noted by the office."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="contacts")
    school = models.ForeignKey(School, models.PROTECT, related_name="contacts")
    how = models.CharField(max_length=10, choices=HOW)
    spoke_to = models.CharField(max_length=120, blank=True)
    words = models.TextField(max_length=1000)
    at = models.DateTimeField()
    person = models.CharField(max_length=12, blank=True)
    taken_off_at = models.DateTimeField(null=True, help_text="It was noted by mistake, or at the wrong school")

    objects = Seen.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "school"])]


class Chase(Row):
    """One round of reminders, in the office's words. Its id is made by the page, so that a double press sends one."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="chases")
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=4000)
    sent_at = models.DateTimeField()
    person = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField(default=0)
    LATER = ("count",)

    objects = Seen.as_manager()


class ChaseMail(Row):
    """One reminder to one school; its number counts towards the limit."""

    scope = Scope.PARTNERSHIP
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="reminders")
    school = models.ForeignKey(School, models.PROTECT, related_name="reminders")
    chase = models.ForeignKey(Chase, models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    email = models.EmailField()
    sent_at = models.DateTimeField()

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "school", "number"], name="one_reminder_a_number"),
            models.UniqueConstraint(fields=["chase", "school"], name="one_reminder_a_chase"),
        ]


class Roll(Row):
    """Who had signed at a stated moment: written once, never changed."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="partnership")
    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="roll")
    frozen_at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    name = models.CharField(max_length=120, help_text="The partnership's name at that moment")

    objects = Seen.as_manager()


class RollEntry(Row):
    """One school of a roll, as it was named then."""

    scope = Scope.PARTNERSHIP
    visible = Visible(asked="roll__partnership")
    roll = models.ForeignKey(Roll, models.PROTECT, related_name="entries")
    school = models.ForeignKey(School, models.PROTECT, related_name="roll_entries")
    signature = models.ForeignKey(Signature, models.PROTECT, related_name="roll_entries")
    urn = models.IntegerField()
    name = models.CharField(max_length=200)
    constituency = models.CharField(max_length=40)
    signed_at = models.DateTimeField()
    text_hash = models.CharField(max_length=64)
    is_late = models.BooleanField(default=False)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roll", "school"], name="one_line_a_school")]
