"""Items, the bulletins they went in, and which school has done what was asked."""

from functools import reduce
from itertools import groupby
from operator import itemgetter, or_
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import Exact

from alongside.ground.core.standing import Power, Standing
from alongside.ground.web.models import Row, Scope, Seen, Versioned, Visible, of_own_schools
from alongside.members.bulletin.rules import MOST_ANSWERED, MOVES, ItemState, for_whom_words, schools_written
from alongside.members.partnerships.models import Partnership
from alongside.members.posts.queries import titles_of
from alongside.members.schools.models import School
from alongside.members.schools.rules import phase_called
from alongside.members.whoswho.models import Cluster


class Bulletin(Row):
    """One bulletin: the day on which it went, and to how many people."""

    scope = Scope.PARTNERSHIP
    visible = Visible(members="partnership")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="bulletins")
    on = models.DateField()
    sent_at = models.DateTimeField()
    readers = models.PositiveIntegerField(default=0)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "on"], name="one_bulletin_a_day")]


class Items(Seen):
    """Items: each is its author's and the office's until it went, and then also of those for whom it is."""

    def visible_to(self, who: Standing) -> Self:
        """All of one's offices, and one's own; of what went, what is for a post that one holds in a school of its phase, or is
        wanted of a school whose dates one keeps."""
        if who.is_system:
            return self
        me, found = who.person or "-", Q(partnership__in=who.offices)
        found |= Q(Q(author=me) | Q(author_for=me), partnership__in=who.partnerships)
        kept = AskedOfSchool.objects.filter(of_own_schools(who.by(Power.DATES)))
        for home in sorted(who.homes):
            held = sorted((role.post, role.school or "") for role in who.posts_in(home))
            mine = [for_post(post, [school for _, school in rows]) for post, rows in groupby(held, key=itemgetter(0))]
            found |= Q(reduce(or_, mine, Q(pk__in=kept.values("item"))), partnership=home, bulletin__isnull=False)
        return self.filter(found)


def for_post(post: str, schools: list[str]) -> Q:
    """What is for whoever holds that post in those schools, each of them by its phase and its cluster."""

    def among(column: str, value: str) -> Case:
        """Whether the item names the school's value there, or none."""
        at = StrIndex(OuterRef(column), Concat(Value(","), value, Value(",")))
        return Case(When(Exact(OuterRef(column), Value("")), then=Value(1)), default=at, output_field=models.IntegerField())

    there = School.objects.filter(pk__in=schools).alias(phase=among("phases", "current__phase"), here=among("schools", "pk"))
    reached = Q(phases="", schools="") | Q(Exists(there.filter(phase__gt=0, here__gt=0)))
    return (Q(posts="") | Q(posts__contains=f",{post},")) & reached


class Item(Versioned):
    """Something for the bulletin; a request where `by_on` says by when it is wanted, and `minutes` what it takes.

    `posts` and `phases` are codes between commas, for whom it is; nothing means all. `schools` are those that its cluster had
    when it went. `author` is a plain id, and so is `author_for`, the head for whom they act.
    """

    scope = Scope.PARTNERSHIP
    MOVES = MOVES
    LATER = ("state", "bulletin_id", "declined_because", "schools", "version")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="bulletin_items")
    title = models.CharField("Heading", max_length=120)
    words = models.TextField("Text", max_length=2000)
    link = models.URLField("Link", max_length=300, blank=True)
    posts = models.CharField("For which posts", max_length=1200, blank=True)
    phases = models.CharField("For which phases", max_length=200, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, verbose_name="For which cluster", null=True, blank=True, related_name="+"
    )
    schools = models.TextField(blank=True)
    by_on = models.DateField("By", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("Minutes", null=True, blank=True)
    author = models.CharField(max_length=12, blank=True)
    author_name = models.CharField(max_length=120, blank=True)
    author_for = models.CharField(max_length=12, blank=True)
    sent_in_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ItemState.choices(), default=ItemState.PROPOSED)
    declined_because = models.CharField(max_length=300, blank=True)
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, null=True, related_name="items")

    objects = Items.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_on=None, minutes=None) | Q(by_on__isnull=False, minutes__isnull=False),
                name="a_request_has_a_day_and_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def item_state(self) -> ItemState:
        """Where it is."""
        return ItemState(self.state)

    @property
    def for_whom(self) -> str:
        """For whom it is, in words."""
        codes = [one for one in self.posts.split(",") if one]
        titles = titles_of(codes)
        phases = [phase_called(one) for one in self.phases.split(",") if one]
        return for_whom_words([titles[one] for one in codes], phases, self.cluster.name if self.cluster else "")

    @property
    def reaches(self) -> str:
        """The schools of its cluster as of today, between commas; nothing where it is for all. One taken away has none."""
        if self.cluster is None:
            return ""
        return schools_written([] if self.cluster.ended_on else self.cluster.schools)

    @property
    def authors(self) -> list[str]:
        """Whose item it is: who sent it in, then for whom they did."""
        return [one for one in (self.author, self.author_for) if one]

    @property
    def is_request(self) -> bool:
        """Whether something is wanted by a day."""
        return self.by_on is not None


class AskedOfSchool(Row):
    """What a request wants of one school, until somebody says that it is done; `words` are what the school answered, where it
    wrote any."""

    scope = Scope.SCHOOL
    visible = Visible(office="partnership", school="school")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="wanted")
    item = models.ForeignKey(Item, models.CASCADE, related_name="wanted")
    school = models.ForeignKey(School, models.PROTECT, related_name="wanted")
    by_on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=12, blank=True)
    done_by_name = models.CharField(max_length=120, blank=True)
    words = models.TextField("Answer", max_length=MOST_ANSWERED, blank=True)

    objects = Seen.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "school"], name="one_request_a_school")]
        indexes = [models.Index(fields=["school"], condition=Q(done_at=None), name="wanted_still")]
