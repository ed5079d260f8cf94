"""What happens in this room of the tests’ houses."""

from typing import TYPE_CHECKING

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.members.diary import actions
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.queries import FAR, own_dates
from alongside.members.diary.tests.make import answering
from alongside.members.notices.models import Notice
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House


def happen(house: "House") -> None:
    """A head was sent a date, and declined it with a comment."""
    head = house.people["second_asked head"]
    actions.send_dates(person=head, by=Standing.system())
    sent = Notice.objects.get(person=head.pk, kind="diary.invitation")
    uid = DiaryDate.objects.get(person=head).uid
    today = clock.today()
    found = own_dates(today, today + FAR, viewer=house.standing("second_asked head")).rows
    house.things["thing"] = next(one for one in found if one.uid == uid)
    comment = secret(house, "comment on a date")
    house.secrets[comment] |= {"second_asked head"}
    house.things["calendar"] = answering(sent, comment, clock.now())
    actions.answer_date(notice=sent, calendar=house.things["calendar"], by=house.standing("second_asked head"))
