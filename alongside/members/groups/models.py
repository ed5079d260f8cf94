"""Groups, what they were asked, and what their people answered."""

from collections.abc import Mapping
from typing import Self

from django.db import models
from django.db.models import Q

from alongside.ground.core.standing import Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible
from alongside.members.bulletin.rules import for_whom_words
from alongside.members.groups.rules import MOST_ASKED, MOST_REPLIED, MOVES, EnquiryState, posts_held
from alongside.members.partnerships.models import Partnership
from alongside.members.posts.queries import titles_of
from alongside.members.schools.models import School


class PostGroup(Versioned):
    """People by what they are in their schools; `posts` are codes between commas, nothing means everybody."""

    scope = Scope.PARTNERSHIP
    visible = Visible(members="partnership")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="groups")
    name = models.CharField("Name", max_length=60)
    about = models.CharField("What it is for", max_length=200, blank=True)
    posts = models.CharField("Posts", max_length=600, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "partnership", models.functions.Lower("name"), condition=Q(ended_on=None), name="one_group_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def codes(self) -> list[str]:
        """The posts that are in it; none where everybody is."""
        return [one for one in self.posts.split(",") if one]

    @property
    def for_whom(self) -> str:
        """Who is in it, in words."""
        return self.said_with(titles_of(self.codes))

    def said_with(self, titles: Mapping[str, str]) -> str:
        """The same by what posts are called, for who shows many groups."""
        return for_whom_words([titles[one] for one in self.codes], [])


class Enquiries(Seen):
    """Questions: to whom each is shown follows from who asked, and of whom."""

    def visible_to(self, who: Standing) -> Self:
        """One's own, and what was asked for oneself; in one's offices all; and what was asked of the groups that one is in,
        unless it was taken back."""
        if who.is_system:
            return self
        me, found = who.person or "-", Q(partnership__in=who.offices)
        found |= Q(Q(asker=me) | Q(asked_for=me), partnership__in=who.partnerships)
        for home in sorted(who.homes):
            mine = Q(group__posts="")
            for post in sorted(posts_held(who, home)):
                mine |= Q(group__posts__contains=f",{post},")
            found |= Q(partnership=home) & mine & ~Q(state=EnquiryState.GONE)
        return self.filter(found)


class Enquiry(Row):
    """What somebody asks a group. `asker` is a plain id, `school` the one from which they ask, none for the office; `asked_for`
    is the id of the head for whom they act there."""

    scope = Scope.PARTNERSHIP
    MOVES = MOVES
    LATER = ("state", "words")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="enquiries")
    group = models.ForeignKey(PostGroup, models.PROTECT, related_name="enquiries")
    asker = models.CharField(max_length=12)
    asker_name = models.CharField(max_length=120)
    asked_for = models.CharField(max_length=12, blank=True)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="enquiries")
    words = models.CharField(max_length=MOST_ASKED)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=EnquiryState.choices(), default=EnquiryState.OPEN)

    objects = Enquiries.as_manager()

    class Meta:
        indexes = [models.Index(fields=["group", "-asked_at"])]

    def __str__(self) -> str:
        return self.words

    @property
    def enquiry_state(self) -> EnquiryState:
        """Where it is."""
        return EnquiryState(self.state)

    @property
    def askers(self) -> list[str]:
        """Whose question it is: who asked, then for whom they did."""
        return [one for one in (self.asker, self.asked_for) if one]


class Replies(Seen):
    """Answers: one that was taken back stays with whoever wrote it, and the office."""

    def visible_to(self, who: Standing) -> Self:
        """Those to the questions that one sees; of what was taken back one's own, and what is one's office's."""
        if who.is_system:
            return self
        stands = Q(taken_back_at=None) | Q(person=who.person or "-") | Q(partnership__in=who.offices)
        return self.filter(stands, enquiry__in=Enquiry.objects.visible_to(who))


class Reply(Row):
    """What somebody answered; `changed_at` once they put it right, `thanked_at` once whoever asked has said thank you."""

    scope = Scope.PARTNERSHIP
    LATER = ("words", "changed_at", "taken_back_at", "thanked_at")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="replies")
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="replies")
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="replies")
    words = models.TextField(max_length=MOST_REPLIED)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True)

    objects = Replies.as_manager()

    class Meta:
        indexes = [models.Index(fields=["enquiry", "at"])]


class Enclosures(Seen):
    """Files that came by mail."""

    def visible_to(self, who: Standing) -> Self:
        """What came with a question or an answer that one sees."""
        if who.is_system:
            return self
        mine = Q(reply=None) | Q(reply__in=Reply.objects.visible_to(who))
        return self.filter(mine, enquiry__in=Enquiry.objects.visible_to(who))


class Enclosed(Row):
    """A file that came by mail with a question, or with an answer: what is kept of it (`file` is its id), or why it was not."""

    scope = Scope.PARTNERSHIP
    KEEPS_FILES = True
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="enclosed")
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, related_name="enclosed")
    file = models.CharField(max_length=12, blank=True)
    title = models.CharField(max_length=120)
    what = models.CharField(max_length=60, blank=True)
    refused = models.CharField(max_length=300, blank=True)
    is_out = models.BooleanField(default=False)

    objects = Enclosures.as_manager()
