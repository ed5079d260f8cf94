"""A day by which something is wanted goes to a diary as an entry: nobody is asked to accept or decline it."""

from datetime import date
from email import message_from_bytes, policy

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict
from alongside.ground.web import declared
from alongside.members.calendar.actions import clocks
from alongside.members.calendar.models import Clock
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.diary import actions, queries
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.rules import Attending
from alongside.members.diary.tests.make import SYSTEM, answering, head, mails, sent
from alongside.members.membership.tests import make
from alongside.members.notices.actions.delivering import deliver_waiting
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
MEETS, WANTED = "membership.subject", "calendar.clock"


@pytest.fixture
def ann() -> Person:
    """A head whose governors meet, and whose school has to answer a request by a day; both were sent."""
    place = make.partnership()
    person, school = head(place, on=date(2022, 4, 4))
    said = {"law": Law.FOI, "received_on": date(2022, 3, 7), "key": keys.new_key()}
    clocks.keep_clock(partnership=place, school=school, **said, by=standing_of(person))
    assert sent(person) == 2
    return person


def row_of(person: Person, what: str) -> DiaryDate:
    return DiaryDate.objects.get(person=person, thing__startswith=f"{what}/")


def test_a_day_by_which_something_is_wanted_is_an_entry_that_asks_for_nothing(ann: Person) -> None:
    deliver_waiting(by=SYSTEM)
    [letter] = [one for one in outbox.outbox if "is due" in one.subject]
    read = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    kinds = [(part.get_content_type(), part.get_content_disposition()) for part in read.walk()]
    assert kinds == [
        ("multipart/mixed", None), ("multipart/alternative", None), ("text/plain", None), ("text/html", None),
        ("text/calendar", "attachment"),
    ]  # fmt: skip
    part = list(read.walk())[-1]
    assert (part.get_param("method"), part.get_filename()) == ("PUBLISH", "day.ics")
    calendar = Calendar.from_ical(part.get_content())
    [event] = calendar.walk("VEVENT")
    assert calendar["method"] == "PUBLISH" and "attendee" not in event and event["organizer"]
    assert event["dtstart"].params["VALUE"] == "DATE" and event["x-microsoft-cdo-alldayevent"] == "TRUE"
    assert "nothing is to be accepted or declined" in letter.body and "Accept" not in letter.body
    asked = {declared.rows()[name].invites: declared.rows()[name].is_due for name in (MEETS, WANTED)}
    assert asked == {True: False, False: True}


def test_it_is_answered_neither_on_a_page_nor_by_a_program(ann: Person) -> None:
    row, meets = row_of(ann, WANTED), row_of(ann, MEETS)
    client = enter(Client(), ann)
    page = client.get(reverse("diary:diary")).content.decode()
    assert "is due" in page and page.count('value="ACCEPTED"') == 1 and meets.pk in page and f"{row.pk}/answer/" not in page
    month = client.get(reverse("home:calendar") + f"?month={row.first_on:%Y-%m}").content.decode()
    assert "is due" in month and row.pk not in month and meets.pk in month
    assert client.post(reverse("diary:answer", args=[row.pk]), {"says": "ACCEPTED"}).status_code == 409
    with pytest.raises(Conflict):
        actions.answer_on_page(one=row, says=Attending.YES, seen=UNSEEN, by=standing_of(ann))
    [entry] = [one for one in mails(ann) if one.kind == "diary.by_this_day"]
    assert not declared.takes_answers(entry.kind)
    invitation = next(one for one in mails(ann) if one.kind == "diary.invitation")
    said = answering(entry, "no", clock.now()).replace("\r\nATTENDEE", f"\r\nSEQUENCE:{row.sequence}\r\nATTENDEE")
    with pytest.raises(Conflict):
        actions.answer_date(notice=invitation, calendar=said, by=standing_of(ann))
    row.refresh_from_db()
    assert not row.answer and not queries.my_answers(
        [one for one in queries.own_dates(clock.today(), date(2022, 5, 1), viewer=standing_of(ann)).rows if one.uid == row.uid],
        viewer=standing_of(ann),
    )


def test_what_is_done_is_called_off_and_its_mail_says_where_to_take_it_out(ann: Person) -> None:
    row = row_of(ann, WANTED)
    clocks.end_clock(kept=Clock.objects.get(), by=standing_of(ann))
    assert sent(ann) == 1
    [over] = [one for one in mails(ann) if one.kind == "diary.cancelled"]
    calendar = Calendar.from_ical(over.calendar)
    [event] = calendar.walk("VEVENT")
    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert "attendee" not in event and str(event["uid"]).startswith(row.uid)
    assert "Take it out there" in over.body and "Your mail program" not in over.body
