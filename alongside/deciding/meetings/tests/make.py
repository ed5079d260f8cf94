"""The board of ten with its meeting of 21 March 2022, and a Headboard with an associate."""

from datetime import date, time, timedelta
from typing import Any

from alongside.deciding.bodies.models import Body
from alongside.deciding.bodies.rules.templates import BY_CODE
from alongside.deciding.bodies.tests.make import FIRST, Board, body_of
from alongside.deciding.meetings.actions import agendas, holding, planning
from alongside.deciding.meetings.models import AgendaItem, Meeting
from alongside.deciding.meetings.queries.planning import roster
from alongside.deciding.meetings.rules.kinds import Attendance, ItemKind, MeetingKind
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.members.calendar.actions import years as calendar
from alongside.members.membership.tests.make import SYSTEM
from alongside.members.partnerships.models import Membership
from alongside.members.partnerships.rules import Belonging, Template
from tests.happenings import HALF_TERMS

LATER = FIRST + timedelta(days=35)


class Meets(Board):
    """A board of which five sit, one of them acting as chair, with a meeting on its first day."""

    def __init__(self, template: Template = Template.LEARNING) -> None:
        super().__init__(template)
        calendar.save_year(partnership=self.partnership, start=2021, half_terms=HALF_TERMS, is_example=False, by=SYSTEM)
        self.nominate()
        self.meeting = self.planned(FIRST)

    def planned(self, on: date, body: Body | None = None, kind: MeetingKind = MeetingKind.ORDINARY, **facts: Any) -> Meeting:
        """A meeting."""
        said = {"begins": time(16), "lasts": 90, "place": "Civic Centre", "link": "", "key": keys.new_key(), **facts}
        return planning.plan_meeting(body=body or self.body, kind=kind, on=on, **said, by=self.manager)

    def item(self, title: str = "The fee", *, meeting: Meeting | None = None, **facts: Any) -> AgendaItem:
        """An item of the meeting."""
        said = {"kind": ItemKind.DECISION, "minutes": 10, "presenter": "", "about": "", "is_restricted": False, **facts}
        return agendas.add_item(meeting=meeting or self.meeting, title=title, **said, key=keys.new_key(), by=self.manager)

    def here(self, *names: str, meeting: Meeting | None = None, chair: str = "Lee Adams") -> Meeting:
        """Those are here, and one chairs."""
        one = meeting or self.meeting
        members = {each.name: each for each in roster(one.body, one.on, viewer=SYSTEM).members}
        came = {members[name].key: Attendance.HERE for name in names}
        with clock.at(max(clock.now(), clock.start_of(one.on, 16))):  # on its day, or later
            return holding.take_register(
                meeting=one, came=came, deputies={}, chair=members[chair].key if chair else "", by=self.manager
            )

    def all_here(self, meeting: Meeting | None = None) -> Meeting:
        """The five are here."""
        return self.here("Oak’s head", "Ash’s head", "Fir’s head", "Lee Adams", "Pat Burns", meeting=meeting)

    def decided(self, item: AgendaItem, words: str = "Agreed.", *, by: Standing | None = None, **facts: Any) -> Any:
        """A decision on an item."""
        return holding.decide(item=item, words=words, **{"key": keys.new_key(), **facts}, by=by or self.manager)


class Heads(Meets):
    """The same with a Headboard: the heads of four member schools, one of whom chairs it, and of one associate."""

    def __init__(self) -> None:
        super().__init__(Template.TRUST)
        Membership.objects.filter(school=self.schools["Yew"]).update(kind=Belonging.ASSOCIATE)
        self.headboard = body_of(self.partnership, "headboard", name=BY_CODE["headboard"].name)
        self.week = self.planned(FIRST, self.headboard, MeetingKind.STRATEGY)
