"""Whoever opens a day of the demonstration reads what it is for, and finds people who keep up."""

import pytest
from django.test import Client

from alongside.across.demo import elthorne
from alongside.across.demo.actions import days
from alongside.across.demo.rules import Persona, Stage
from alongside.across.home.queries.needs_and_dates import needs_of
from alongside.deciding.bodies.rules.kinds import BodyKind
from alongside.deciding.meetings.models import Meeting
from alongside.deciding.meetings.rules.kinds import AHEAD
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of


def keeps_up(stage: Stage) -> None:
    """No meeting of theirs is on a closed day, the trust's next Headboard has an agenda, little is due, hardly any late."""
    held = Meeting.objects.filter(partnership__is_invented=True).exclude(state="cancelled").select_related("partnership")
    closed = {one: why for one in held if (why := school_days_of(one.partnership).why_closed(one.on))}
    assert not closed, stage
    clerk = standing_of(Person.objects.get(email=elthorne.EMAILS[Persona.GOVERNANCE]))
    ahead = held.filter(body__kind=BodyKind.HEADBOARD, partnership__slug=elthorne.TRUST_SLUG, on__gte=clock.today())
    following = ahead.filter(state__in=AHEAD).order_by("on").first()
    assert following and following.items.count() > 1, stage
    waits = needs_of(viewer=clerk)
    late = [one.words for one in waits if one.due_on and one.due_on < clock.today()]
    assert len(late) <= 2 and len(waits) <= 10, (stage, [one.words for one in waits])


@pytest.mark.slow
@pytest.mark.usefixtures("elthorne")
def test_on_each_day_the_front_page_tells_what_it_is_for_and_the_trusts_clerk_keeps_up(client: Client) -> None:
    for stage in Stage:
        days.move_day(to=stage, by=Standing.system())
        answer = client.get("/")
        assert answer.status_code == 200 and f"{stage.day.day} {stage.day:%B %Y}" in answer.content.decode()
        with clock.at(stage.begins_at):
            keeps_up(stage)
