"""Whose mail of the week goes today, and what stands in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from alongside.across.home.queries.needs_and_dates import at_a_glance, needs_of
from alongside.across.monday.models import WeekMail
from alongside.across.monday.rules import (
    LATELY,
    MOST,
    Piece,
    ThisWeek,
    WeekNeed,
    about,
    brought,
    dated,
    goes_today,
    heading,
    lead,
    of_this_week,
)
from alongside.ground.core import clock
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import Standing
from alongside.members.calendar.queries.days import nation_of, typed_by
from alongside.members.contributions.queries import lately
from alongside.members.diary.queries import dates_of
from alongside.members.membership.queries.needs import signups
from alongside.members.notices.models import Notice, Rhythm
from alongside.members.notices.queries.mine import my_notices
from alongside.members.notices.rules.messages import WEEK, NoticeState
from alongside.members.notices.rules.waiting import WeekDay
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from alongside.members.people.queries.schools import posts_in

TWO_WEEKS = timedelta(days=13)
OWN_MESSAGES = "notices.unread"  # what is new stands in the mail itself


@dataclass(frozen=True)
class Week:
    """What stands in a person's mail of the week: at most seven lines of what needs them, dates, one paragraph of what work
    between schools brought; `several` when they are in several partnerships."""

    this: ThisWeek
    dates: list[Dated]
    brought: str
    several: bool

    @property
    def words(self) -> dict[str, Any]:
        """What its templates take."""
        today = clock.today()
        return {
            "heading": heading(self.this),
            "lead": lead(self.this),
            "needs": [
                {"words": one.words, "about": about(one, self.several, today), "href": settings.ADDRESS + one.href}
                for one in self.this.needs
            ],
            "more": f"And {self.this.more:,} more" if self.this.more else "",
            "older": self.this.older_words,
            "dates": [
                {
                    "words": dated(one, self.several, today),
                    "href": settings.ADDRESS + one.href if one.href else "",
                    "uid": one.uid,
                }
                for one in self.dates
            ],
            "brought": self.brought,
            "page": settings.ADDRESS + reverse("home:me"),
        }


def week_of(*, viewer: Standing) -> Week:
    """What the week's mail says to the viewer today."""
    today = clock.today()
    running = signups(viewer=viewer, on=today)
    waiting = [one for one in needs_of(viewer=viewer, running=running) if one.what != OWN_MESSAGES]
    said = [WeekNeed(one.when, one.words, one.minutes, one.href, one.partnership, one.due_on, one.school) for one in waiting]
    coming = dates_of(today, today + TWO_WEEKS, viewer=viewer, running=running)
    dates = at_a_glance([one for one in coming.rows if not one.is_cancelled])
    pieces = [
        Piece(row.school, row.is_given, row.kind.in_a_sentence, row.much, row.other, row.on)
        for row in lately(today - LATELY, viewer=viewer)
    ]
    return Week(of_this_week(said, today), dates[:MOST], brought(pieces, today), len(viewer.partnerships) > 1)


def whose_mail_goes(today: date, *, viewer: Standing) -> list[str]:
    """The ids of those whose mail of the week goes today and is not written yet: by the day that each chose, where a school of
    theirs or their office has that day as a school day of its partnership."""
    monday, found = today - timedelta(days=today.weekday()), set()
    for day, places in _partnerships_whose_day_it_is(today).items():
        there = _people_of(places, viewer).exclude(pk__in=WeekMail.objects.filter(last_on__gte=monday).values("person"))
        chose = Rhythm.objects.filter(person=OuterRef("pk"))
        usual = Q(Exists(chose.filter(day=day))) | (Q(~Exists(chose)) if day is WeekDay.MONDAY else Q())
        found |= set(there.filter(usual).values_list("pk", flat=True))
    return sorted(found)


def _partnerships_whose_day_it_is(today: date) -> dict[WeekDay, list[str]]:
    places = list(Partnership.objects.filter(ended_on=None))
    typed = typed_by([one.pk for one in places])
    open_on = {one.pk: typed.days(nation_of(one), one.pk).is_open for one in places}
    found = {day: [key for key, is_open in open_on.items() if goes_today(today, day, is_open)] for day in WeekDay}
    return {day: here for day, here in found.items() if here}


def _people_of(partnerships: Collection[str], viewer: Standing) -> QuerySet[Person]:
    """Those with an address who hold a post today in such an office, or in a school that belongs there: a school that is only
    asked hears of it by its invitation and reminders, and not week by week."""
    held = posts_in(partnerships).filter(person=OuterRef("pk"))
    return Person.objects.visible_to(viewer).filter(Exists(held), email__isnull=False)


def last_and_next(*, viewer: Standing) -> tuple[Notice | None, list[Notice]]:
    """The viewer's mail of the week that came last, where one has, and the messages that wait for their next mail, in the order
    in which it will tell them: one query."""
    mine = my_notices(viewer=viewer)
    newest = mine.filter(kind=WEEK).order_by("-written_at").values("pk")[:1]
    found = mine.filter(Q(pk__in=newest) | Q(state=NoticeState.GATHERED, digest=None)).select_related("partnership")
    rows = list(found.order_by("written_at"))
    return next((one for one in rows if one.kind == WEEK), None), [one for one in rows if one.kind != WEEK]
