"""Groups, what they were asked, and what their people answered."""

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


class Groups(Seen):
    """Groups."""

    def visible_to(self, who: Standing) -> Self:
        """Those of one's offices, and of the partnerships to which a school of one's own belongs."""
        if who.is_system:
            return self
        return self.filter(partnership__in=who.offices | {home for home, _ in who.belonging})


class PostGroup(Versioned):
    """People by what they are in their schools; `posts` are codes between commas, nothing means everybody."""

    scope = Scope.PARTNERSHIP
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="groups")
    name = models.CharField("Name", max_length=60)
    about = models.CharField("What it is for", max_length=200, blank=True)
    posts = models.CharField("Posts", max_length=600, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = Groups.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "partnership", models.functions.Lower("name"), condition=Q(ended_on=None), name="one_group_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def for_whom(self) -> str:
        """Who is in it, in words."""
        return for_whom_words([*titles_of(one for one in self.posts.split(",") if one).values()], [])


class Enquiries(Seen):
    """Questions to groups."""

    def visible_to(self, who: Standing) -> Self:
        """One's own; in one's offices all; and what was asked of the groups that one is in."""
        if who.is_system:
            return self
        found = Q(partnership__in=who.offices) | Q(asker=who.person or "-", partnership__in=who.partnerships)
        for home in sorted({home for home, _ in who.belonging}):
            mine = Q(group__posts="")
            for post in sorted(posts_held(who, home)):
                mine |= Q(group__posts__contains=f",{post},")
            found |= Q(partnership=home) & mine
        return self.filter(found)


class Enquiry(Row):
    """What somebody asks a group. `asker` is a plain id; `school` is the one from which they ask, none for the office."""

    scope = Scope.PARTNERSHIP
    MOVES = MOVES
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="enquiries")
    group = models.ForeignKey(PostGroup, models.PROTECT, related_name="enquiries")
    asker = models.CharField(max_length=12)
    asker_name = models.CharField(max_length=120)
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


class Reply(Row):
    """What somebody answered; `thanked_at` once whoever asked has said thank you."""

    scope = Scope.PARTNERSHIP
    visible = Visible(through="enquiry")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="replies")
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="replies")
    person = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="replies")
    words = models.TextField(max_length=MOST_REPLIED)
    at = models.DateTimeField()
    thanked_at = models.DateTimeField(null=True)

    objects = Seen.as_manager()

    class Meta:
        indexes = [models.Index(fields=["enquiry", "at"])]
