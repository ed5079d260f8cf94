"""Who sits at a meeting, on which days a body can meet, and who could not come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.queries.composition import Composition, composition, heads_on
from alongside.deciding.bodies.rules.kinds import BodyKind, Deputy, Duty
from alongside.deciding.meetings.models import AgendaItem, Attendee, Meeting
from alongside.deciding.meetings.rules.agenda import longest_waiting, send_by_school_day
from alongside.deciding.meetings.rules.deciding import HowDecided, ways_of
from alongside.deciding.meetings.rules.kinds import AHEAD, Attendance, ItemKind, MeetingSettings, MeetingState
from alongside.deciding.meetings.rules.minutes import is_noted_last, says_last, who_comes
from alongside.deciding.meetings.rules.rhythm import SchoolYear, on_day
from alongside.ground.core import clock
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import Standing
from alongside.ground.web.needs import DateRow
from alongside.members.calendar.queries.days import days_of_schools
from alongside.members.calendar.rules.settings import Alternation, CalendarSettings
from alongside.members.calendar.rules.teaching import WEEK, Occasion, is_open_for_most, teaching_weeks
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.queries import DateAnswer, answers_to, dated
from alongside.members.diary.rules import Attending
from alongside.members.partnerships.queries import member_schools, settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Person

FIRST_DUTY = (Duty.CHAIR, Duty.VICE, Duty.CLERK, Duty.MEMBER)
DATE_OF_MEETING = "meetings.meeting"


@dataclass(frozen=True)
class Member:
    """Somebody who sits on a body on a day, once, with all that they do there; `key` is their person, or who they are without an
    account."""

    key: str
    person: str
    name: str
    place: str
    seat: str
    vote: str
    duty: Duty
    deputy: Deputy
    is_acting: bool

    @property
    def sits_fully(self) -> bool:
        """Whether what is restricted is for them too."""
        return bool(self.vote) or self.duty is not Duty.MEMBER


@dataclass(frozen=True)
class Roster:
    """Everybody who sits on a body on a day, and the body that day."""

    members: list[Member]
    shown: Composition

    @property
    def places(self) -> int:
        """How many places the body has; nothing where people sit by their post, as many as there are."""
        return 0 if any(one.seat.sits_by for one in self.shown.seats) else len(self.shown.places)


def roster(body: Body, on: date, *, viewer: Standing) -> Roster:
    """Who sits on a body on a day: five queries."""
    shown, found = composition(body, on, viewer=viewer), dict[str, Member]()
    for one in shown.sitting:
        key, duty = one.person or one.holder, Duty(one.seat.duty)
        made = Member(
            key, one.person, one.name, one.place, one.seat.title, one.vote, duty, Deputy(one.seat.deputy), one.is_acting
        )
        if before := found.get(key):
            first = min(before.duty, duty, key=FIRST_DUTY.index)
            seat = f"{before.seat}, {made.seat}"
            may = max(before.deputy, made.deputy, key=list(Deputy).index)  # who also chairs keeps the deputy of their own seat
            acts = before.is_acting or made.is_acting
            made = replace(before, seat=seat, vote=before.vote or made.vote, duty=first, deputy=may, is_acting=acts)
        found[key] = made
    return Roster(list(found.values()), shown)


def addresses(people: Collection[str], *, viewer: Standing) -> dict[str, str]:
    """Where mail to those people goes, of those who can sign in."""
    rows = Person.objects.visible_to(viewer).filter(pk__in=people, is_active=True, email__isnull=False)
    return {key: email or "" for key, email in rows.values_list("pk", "email")}


def ways_for(body: Body) -> HowDecided:
    """How the body decides, as its kind and the partnership's settings have it."""
    return ways_of(BodyKind(body.kind), settings_of(body.partnership, MeetingSettings))


def school_year(body: Body, first: date, last: date) -> SchoolYear:
    """The teaching weeks between two days for a body: of its own school, or of the schools whose heads sit there, or of all that
    belong."""
    partnership, chosen = body.partnership, settings_of(body.partnership, CalendarSettings)
    schools = [body.school_id] if body.school_id else member_schools(partnership, Belonging.MEMBER, Belonging.ASSOCIATE)
    days = days_of_schools(partnership, schools)
    each = [days[key] for key in schools] or [days[partnership.pk]]
    weeks = teaching_weeks(first, last, each, chosen.teaching_days, chosen.teaching_share)
    return SchoolYear(first, last, weeks, each, Alternation(chosen.alternation), chosen.teaching_share)


def agenda_goes_by(on: date, notice_days: int, over: SchoolYear) -> date:
    """The last day of school on which the agenda of a meeting goes out in time."""
    return send_by_school_day(on, notice_days, lambda day: is_open_for_most(day, over.schools, over.share))


def day_for(body: Body, kind: str, day: date, *, viewer: Standing) -> Occasion:
    """A day for a body, with what stands in its way and two others where something does."""
    return on_day(kind, day, school_year(body, day - 3 * WEEK, day + 3 * WEEK))


@dataclass(frozen=True)
class OtherDay:
    """A day that a meeting could move to, with who cannot come then, as far as is known."""

    day: date
    cannot: list[str]


def other_days(meeting: Meeting, *, viewer: Standing) -> list[OtherDay]:
    """Two days for a meeting whose day cannot be kept, each with who cannot: whose school is closed, and who has accepted another
    date of the partnership then."""
    days = day_for(meeting.body, meeting.kind, meeting.slot_on, viewer=viewer).alternatives
    members = roster(meeting.body, meeting.on, viewer=viewer).members
    people = {one.person: one.name for one in members if one.person}
    led = heads_on(meeting.partnership_id, meeting.on, people)
    closed = days_of_schools(meeting.partnership, sorted({one.school for one in led}))
    taken = DiaryDate.objects.filter(
        person__in=people, partnership=meeting.partnership_id, is_cancelled=False, answer=Attending.YES
    )
    booked = list(taken.values_list("person_id", "first_on", "last_on"))
    found = []
    for day in days:
        cannot = {one.person: f"{one.name}: {why}" for one in led if (why := closed[one.school].why_closed(day))}
        cannot |= {who: f"{people[who]}: has accepted another date" for who, first, last in booked if first <= day <= last}
        found.append(OtherDay(day, sorted(cannot.values())))
    return found


def replies_to(meeting: Meeting, *, viewer: Standing) -> dict[str, DateAnswer]:
    """What people answered to the invitation in their diary, by person: known to whoever keeps the meeting."""
    return {one.person: one for one in _sent_of(meeting, viewer) if one.attending}


def _sent_of(meeting: Meeting, viewer: Standing) -> list[DateAnswer]:
    """The date as it was sent to each, with what they answered."""
    thing = date_of(meeting)
    return answers_to([thing], viewer=Standing.system(viewer.person)).get(thing.uid, [])


def noted_before(meeting: Meeting, replies: Mapping[str, DateAnswer], *, viewer: Standing) -> dict[str, Attendance]:
    """What was entered of people before the day, by member, unless they answered from their diary since."""
    rows = Attendee.objects.visible_to(viewer).filter(meeting=meeting)
    last = {one.person: one.at for one in replies.values()}
    return {one.member: one.how for one in rows if one.noted_at and is_noted_last(one.noted_at, last.get(one.person))}


def date_of(meeting: Meeting) -> Dated:
    """A meeting as a date, as calendars know it."""
    label, when = (
        f"{meeting.body.name}: {meeting.meeting_kind.label}",
        (meeting.on, meeting.on, meeting.starts_at, meeting.ends_at),
    )
    home, is_off = meeting.partnership, meeting.state == MeetingState.CANCELLED
    where = {"place": meeting.place, "video": meeting.link}
    return dated(DateRow(DATE_OF_MEETING, home.slug, home.name, meeting.pk, label, *when, is_off, None, **where))


class SaidBefore(NamedTuple):
    """Somebody who sits there, with what they answered from their diary, and what was entered since."""

    member: Member
    answer: DateAnswer | None
    entered: Attendance | None

    @property
    def says(self) -> Attending | None:
        """Whether they come, by the word that came last."""
        return says_last(self.entered, self.answer.attending if self.answer else None)


@dataclass(frozen=True)
class WhoComes:
    """Who comes to a meeting that is still to be, as they answered the date in their diary or as it was entered: those with a
    vote in words, each with what they said and what was entered since; the date as it was sent to the viewer, where it was, and
    their own place among `each`."""

    words: str
    each: list[SaidBefore]
    mine: DateAnswer | None
    own: SaidBefore | None

    @property
    def silent(self) -> list[Member]:
        """Those with a vote who have not said."""
        return [one.member for one in self.each if one.member.vote and one.says is None]


def coming(meeting: Meeting, *, viewer: Standing) -> WhoComes | None:
    """Who comes, before the register is taken; nothing of a meeting that is over or does not take place."""
    if meeting.state not in AHEAD or meeting.on < clock.today() or meeting.presence:
        return None
    there, sent = roster(meeting.body, meeting.on, viewer=viewer), _sent_of(meeting, viewer)
    replies = {one.person: one for one in sent if one.attending}
    mine = next((one._replace(name="") for one in sent if one.is_attended and one.person == viewer.person), None)
    noted = noted_before(meeting, replies, viewer=viewer)
    each = [SaidBefore(one, replies.get(one.person), noted.get(one.key)) for one in there.members]
    words = who_comes((one.says for one in each if one.member.vote), there.shown.quorum.needed)
    own = next((row for row in each if row.member.person and row.member.person == viewer.person), None)
    return WhoComes(words, each, mine, own)


def next_practice(body: Body, on: date, *, viewer: Standing) -> tuple[str, str]:
    """Whose turn the practice slot is: (person, name) of the head who has waited longest; nobody where no head sits there."""
    heads = {one.person: one.name for one in roster(body, on, viewer=viewer).members if one.person and one.vote}
    slots = AgendaItem.objects.filter(meeting__body=body, kind=ItemKind.PRACTICE, meeting__on__lt=on).exclude(presented_by="")
    had = dict(slots.order_by("meeting__on").values_list("presented_by", "meeting__on"))
    who = longest_waiting(sorted(heads, key=lambda one: heads[one]), had)
    return who, heads.get(who, "")


def like_last_year(meeting: Meeting, *, viewer: Standing) -> Meeting | None:
    """The meeting of the same body and kind a year before, within three weeks: a starting copy for the agenda."""
    then = meeting.on - timedelta(days=364)
    rows: Any = Meeting.objects.visible_to(viewer).filter(
        body=meeting.body_id, kind=meeting.kind, on__range=(then - 3 * WEEK, then + 3 * WEEK)
    )
    return min(rows.exclude(items=None), key=lambda one: abs(one.on - then), default=None)
