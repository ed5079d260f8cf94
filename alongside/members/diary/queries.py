"""Everything dated that somebody may see; what of it goes to their diary; what was sent and answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.ground.core import clock
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import HEADS, Power, Standing
from alongside.ground.web import compiled, declared
from alongside.ground.web.needs import DATE_COLUMNS, DateRow, address_of, joined
from alongside.members.calendar.queries import dates as calendar
from alongside.members.diary.models import Diary, DiaryDate
from alongside.members.diary.rules import MOST_A_DAY, Attending, DiaryWay, Outgoing, outgoing, way_of
from alongside.members.membership.queries import needs as membership
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_by_id

MOST_DATES, MOST_TOLD = 1_000, 5_000
FAR = timedelta(days=550)
LOOKED_AGAIN = timedelta(hours=1)
SEATS = {Power.SIT, Power.CHAIR, Power.CLERK}  # of a head's, those whose dates a colleague keeps: no panel is among them


def all_dates(*, viewer: Standing, start: date, end: date, nations: frozenset[str]) -> QuerySet[Any]:
    """What has a date for the viewer, of all apps."""
    return joined(declared.gathered("dates", viewer=viewer, start=start, end=end, nations=sorted(nations)))


@dataclass(frozen=True)
class DatesFound:
    """Dated things in the order in which they come; `more` when there are more than are shown."""

    rows: list[Dated]
    more: bool = False


def dates_of(
    start: date,
    end: date,
    partnership: Partnership | None = None,
    *,
    viewer: Standing,
    running: membership.Signups | None = None,
    most: int = MOST_DATES,
) -> DatesFound:
    """What has a date from the first day to the last, as far as the viewer may know: everywhere, or in one partnership. Whoever
    acts for a head sees what the head attends, or must answer by, as well: named as the head's, and leading nowhere."""
    found = own_dates(start, end, partnership, viewer=viewer, running=running, most=most)
    rows = {one.uid: one for one in found.rows}
    for _, name, dates in _dates_of_heads(start, end, partnership, viewer=viewer, most=most):
        for one in dates:
            rows.setdefault(one.uid, replace(one, words=f"For {name}: {one.words}", href=""))
    return DatesFound(sorted(rows.values(), key=_in_order)[:most], found.more or len(rows) > most)


def _dates_of_heads(
    start: date, end: date, partnership: Partnership | None = None, *, viewer: Standing, most: int
) -> Iterator[tuple[str, str, list[Dated]]]:
    """For each for whom the viewer acts, by name (id, name): what they attend, or must answer by."""
    who = viewer.within(partnership.pk) if partnership else viewer
    for head, name in sorted({(role.acts_for, role.for_name) for role in who.roles if role.acts_for}, key=lambda one: one[::-1]):
        if theirs := standing_by_id(head):
            found = own_dates(start, end, partnership, viewer=kept_for(theirs, who), most=most)
            yield head, name, [one for one in found.rows if declared.rows()[one.what].goes_out]


def kept_for(head: Standing, who: Standing) -> Standing:
    """A head with nothing but what a colleague keeps who acts for them: their post in the schools, and as far as it counts, where
    the colleague acts, and their seats on boards there; no office, no panel and no other school of theirs."""
    acting = [role for role in who.roles if role.acts_for == head.person]
    ties = frozenset(tie for tie in head.memberships & who.memberships if tie[1] in {role.school for role in acting})
    posts = {
        replace(own, through=role.through or own.through)
        for role in acting
        for own in head.roles
        if (own.post, own.school) == (role.post, role.school) and not own.acts_for and own.through in {None, role.through}
    }
    seats = {own for own in head.roles if own.body and own.opens & SEATS and own.through in {home for home, _ in ties}}
    return replace(head, roles=frozenset(posts | seats), memberships=ties)


def own_dates(
    start: date,
    end: date,
    partnership: Partnership | None = None,
    *,
    viewer: Standing,
    running: membership.Signups | None = None,
    most: int = MOST_DATES,
) -> DatesFound:
    """The same without what is a head's for whom the viewer acts."""
    who = viewer.within(partnership.pk) if partnership else viewer
    running = membership.signups(viewer=who, on=clock.today()) if running is None else running
    nations = frozenset(calendar.nations_of(viewer=who))
    found = compiled.rows(all_dates, DATE_COLUMNS, viewer=who, start=start, end=end, nations=nations)
    both = [*membership.days_of(running, start=start, end=end), *(DateRow(*row) for row in found)]
    rows = sorted(both, key=lambda row: row.first_on)[:most]
    shown = [dated(row) for row in rows if not partnership or row.slug in {partnership.slug, ""}]
    return DatesFound(sorted(shown, key=_in_order), len(both) > most)


def _in_order(one: Dated) -> tuple[date, float, str]:
    return one.first_on, one.starts_at.timestamp() if one.starts_at else 0.0, one.words


def dated(row: DateRow) -> Dated:
    """A row in words, with its page."""
    said, tone = declared.rows()[row.what], declared.tones()[row.what.partition(".")[0]]
    words, href = said.words(row.label, 1, row.partnership), address_of(said, row.slug, row.key)
    when = row.first_on, row.last_on or row.first_on, row.starts_at, row.ends_at, bool(row.is_cancelled)
    made = f"{row.what}/{row.slug}/{row.key}", row.what, words, href, tone, row.slug, row.partnership
    return Dated(*made, *when, said.off, row.place, row.video)


def my_way(*, viewer: Standing) -> DiaryWay:
    """How dates come to the viewer's diary: one query."""
    chosen = Diary.objects.visible_to(viewer).filter(person=viewer.person or "-").values_list("way", flat=True).first()
    return way_of(chosen or "", {role.post for role in viewer.roles if not role.acts_for})


def to_send(*, viewer: Standing) -> list[Outgoing]:
    """What goes out to the viewer's diary now."""
    today, now = clock.today(), clock.now()
    found = DatesFound([])
    if my_way(viewer=viewer) is DiaryWay.MAIL:
        found = own_dates(today, today + FAR, viewer=viewer, most=MOST_TOLD)
    until = found.rows[-1].first_on - timedelta(days=1) if found.more else date.max
    mine = list(_mine(viewer))
    sent_today = sum(one.first_sent_at >= clock.start_of(today) for one in mine)
    going = [one for one in found.rows if declared.rows()[one.what].goes_out]
    known = {one.uid: one.known for one in mine}
    return outgoing(going, known, now, room=max(MOST_A_DAY - sent_today, 0), known_until=until)


def _mine(viewer: Standing) -> QuerySet[DiaryDate]:
    return DiaryDate.objects.visible_to(viewer).filter(person=viewer.person or "-", last_on__gte=clock.today() - FAR)


def to_look_at(most: int, *, viewer: Standing) -> list[Person]:
    """Whose dates may have to go out, and was not looked at for an hour, the longest ago first: who has dates come by mail, and
    whoever was sent one that is still to come."""
    now = clock.now()
    heads = Role.objects.held(clock.today()).filter(person=OuterRef("pk"), post__in=HEADS)
    sent = DiaryDate.objects.filter(person=OuterRef("pk"), is_cancelled=False, last_on__gte=clock.today())
    unsaid = Q(diary=None) | Q(diary__way="")
    people = Person.objects.visible_to(viewer).filter(is_active=True, email__isnull=False)
    concerned = people.filter(Q(diary__way=DiaryWay.MAIL) | unsaid & Exists(heads) | Exists(sent))
    lately = Q(diary__looked_at__range=(now - LOOKED_AGAIN, now))  # what a clock that was set back left is no bar
    ripe = concerned.filter(Q(diary=None) | Q(diary__looked_at=None) | ~lately)
    return list(ripe.order_by(F("diary__looked_at").asc(nulls_first=True), "pk")[:most])


class DateAnswer(NamedTuple):
    """What somebody answered to a date; nothing yet, or not since it moved, where `attending` is None. Nobody answers a day by
    which something is wanted (not `is_attended`)."""

    key: str
    person: str
    name: str
    attending: Attending | None
    comment: str
    at: datetime | None
    is_attended: bool
    by: str  # who acts for them, where they did not answer themselves
    seen: str


def answers_to(things: Iterable[Dated], *, viewer: Standing) -> dict[str, list[DateAnswer]]:
    """By the name that calendars know a date by, who was sent it and what they answered, as far as the viewer sees: their own,
    those of whom they act for, and in an office those of its partnership. What is cancelled is left out."""
    rows = DiaryDate.objects.visible_to(viewer).filter(uid__in={one.uid for one in things}, is_cancelled=False)
    found: dict[str, list[DateAnswer]] = {}
    for row in rows.select_related("person").order_by("person__name"):
        when = row.answered_at if row.attending else None
        said = DateAnswer(row.pk, row.person_id, row.person.name, row.attending, row.comment, when, row.is_attended,
            row.answered_by if row.attending else "", str(row.on_page),
        )  # fmt: skip
        found.setdefault(row.uid, []).append(said)
    return found


def my_answers(things: Iterable[Dated], *, viewer: Standing) -> dict[str, DateAnswer]:
    """What the viewer was sent of those dates to attend, and answered, without their name; else what was sent to a head for whom
    they act."""
    mine = [viewer.person, *sorted(viewer.acted_for)]
    return {
        uid: one._replace(name="") if one.person == viewer.person else one
        for uid, every in answers_to(things, viewer=viewer).items()
        for one in sorted(every, key=lambda one: mine.index(one.person) if one.person in mine else len(mine))[:1]
        if one.person in mine and one.is_attended
    }


def is_mine_too(uid: str, *, viewer: Standing) -> bool:
    """Whether a date that calendars know by that name is among those that the viewer sees."""
    today = clock.today()
    return uid in {one.uid for one in dates_of(today, today + FAR, viewer=viewer, most=MOST_TOLD).rows}


class SentTo(NamedTuple):
    """The coming dates that were sent to somebody, each with what they answered; `name` is nobody's where they are one's own."""

    name: str
    dates: list[tuple[Dated, DateAnswer]]


def sent_to_me(*, viewer: Standing) -> list[SentTo]:
    """The coming dates that were sent to the viewer, and to each for whom they act, as they stand now; a head's lead where the
    viewer too may go."""
    today = clock.today()
    until = today + FAR
    own = own_dates(today, until, viewer=viewer, most=MOST_TOLD).rows
    pages = {one.uid: one.href for one in own}
    every = [(viewer.person or "-", "", own), *_dates_of_heads(today, until, viewer=viewer, most=MOST_TOLD)]
    answers = answers_to([one for _, _, rows in every for one in rows], viewer=viewer)
    return [
        SentTo(
            name,
            [
                (replace(one, href=pages.get(one.uid, "")), said)
                for one in rows
                for said in answers.get(one.uid, ())
                if said.person == who
            ],
        )
        for who, name, rows in every
    ]
