"""Dates go out once to whom they concern, as calendar programs read them; they change under one name, and are taken out."""

from datetime import date, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from icalendar import Calendar

from alongside.ground.core import clock
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Refused
from alongside.members.diary import actions, queries, tasks
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.rules import DiaryWay
from alongside.members.diary.tests.make import DECIDES, SYSTEM, decides, door, head, mails, parts, sent
from alongside.members.membership.actions import answering
from alongside.members.membership.tests import make
from alongside.members.notices.actions.delivering import deliver_waiting
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
MORNING = clock.start_of(date(2022, 3, 9), 9)


@pytest.fixture
def place() -> Partnership:
    return make.partnership()


def test_a_date_goes_out_once_as_a_part_that_calendar_programs_read(place: Partnership) -> None:
    person, school = head(place)
    assert [sent(person), sent(person), sent(person, MORNING)] == [1, 0, 0]
    deliver_waiting(by=SYSTEM)
    [letter] = outbox.outbox
    read = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    kinds = [part.get_content_type() for part in read.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]
    part = list(read.walk())[-1]
    assert part.get_param("method") == "REQUEST" and part.get_content_charset() == "utf-8"
    calendar = Calendar.from_ical(part.get_content())
    [event] = calendar.walk("VEVENT")
    assert (calendar["method"], calendar["version"], event["sequence"]) == ("REQUEST", "2.0", 0)
    assert (event["dtstart"].dt, event["dtend"].dt) == (DECIDES, DECIDES + timedelta(days=1))
    assert event["dtstart"].params["VALUE"] == "DATE" and event["summary"] == f"{school} decides whether to sign"
    [notice] = mails(person)
    assert str(event["organizer"]) == f"mailto:{door(notice)}" and letter.reply_to == [door(notice)]
    guest = event["attendee"]
    assert str(guest) == f"mailto:{person.email}"
    assert {name: guest.params[name] for name in ("PARTSTAT", "RSVP", "ROLE")} == {
        "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE", "ROLE": "REQ-PARTICIPANT",
    }  # fmt: skip
    assert letter.subject == f"{school} decides whether to sign, Wednesday 16 March 2022"


def test_a_date_that_moves_is_the_same_with_a_higher_number(place: Partnership) -> None:
    person, school = head(place)
    sent(person)
    decides(place, school, standing_of(person), date(2022, 3, 24))
    assert [sent(person), sent(person)] == [1, 0]
    first, second = (one.walk("VEVENT")[0] for one in parts(person))
    assert first["uid"] == second["uid"] and str(first["organizer"]) == str(second["organizer"])
    assert (second["sequence"], second["dtstart"].dt) == (1, date(2022, 3, 24))
    assert mails(person)[1].subject.startswith("Changed: ")


def cancelled(person: Person) -> Any:
    """The last of what was sent, which takes the date out."""
    calendar = parts(person)[-1]
    [event] = calendar.walk("VEVENT")
    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert event["uid"] == parts(person)[0].walk("VEVENT")[0]["uid"] and event["attendee"].params["RSVP"] == "FALSE"
    with clock.at(clock.start_of(date(2022, 3, 11), 9)):
        deliver_waiting(by=SYSTEM)
    assert outbox.outbox[-1].alternatives[-1].mimetype == "text/calendar; method=CANCEL"
    return event


def test_what_is_off_is_taken_out_without_its_words(place: Partnership) -> None:
    person, school = head(place)
    sent(person)
    answering.decline(partnership=place, school=school, reason="", by=standing_of(person))
    assert [sent(person), sent(person)] == [1, 0]
    event = cancelled(person)
    assert event["sequence"] == 1 and event["dtstart"].dt == DECIDES and school.name not in mails(person)[-1].calendar


def test_whose_post_has_ended_loses_the_date(place: Partnership) -> None:
    person, _ = head(place)
    sent(person)
    Role.objects.filter(person=person).update(until_on=date(2022, 3, 7))
    with clock.at(MORNING):
        assert queries.to_look_at(10, viewer=SYSTEM) == [person]
        tasks.send_due()
    cancelled(person)
    assert mails(person)[-1].subject == f"Taken out: {mails(person)[0].subject}"


def test_opting_out_takes_out_what_was_sent(place: Partnership, django_capture_on_commit_callbacks: Any) -> None:
    person, _ = head(place)
    sent(person)
    for way in (DiaryWay.FEED, DiaryWay.MAIL, DiaryWay.NONE, DiaryWay.NONE):
        with django_capture_on_commit_callbacks(execute=True):
            actions.choose_way(way=way, by=standing_of(person))
    assert [str(one["method"]) for one in parts(person)] == ["REQUEST", "CANCEL", "REQUEST", "CANCEL"]
    assert [one.walk("VEVENT")[0]["sequence"] for one in parts(person)] == [0, 1, 2, 3]


def test_a_burst_is_three_a_day_the_soonest_first(place: Partnership) -> None:
    schools = make.asked(place, 5)
    who = make.person("Ann", Post.HEAD, school=schools[0])
    for one in schools[1:]:
        who = make.person_also(who, Post.HEAD, school=one)
    for number, one in enumerate(schools):
        decides(place, one, who, DECIDES - timedelta(days=number))
    person = Person.objects.get(pk=who.person)
    days = [sent(person), sent(person), sent(person, MORNING), sent(person, MORNING)]
    assert days == [3, 0, 2, 0]
    assert [one.walk("VEVENT")[0]["dtstart"].dt.day for one in parts(person)] == [12, 13, 14, 15, 16]


def test_terms_bank_holidays_and_days_of_the_sign_up_are_never_sent(place: Partnership) -> None:
    person, _ = head(place, on=date(2022, 4, 30))
    sent(person)
    kinds = {one.what for one in queries.dates_of(date(2022, 3, 8), date(2022, 5, 30), viewer=standing_of(person)).rows}
    assert {"calendar.bank_holiday", "membership.sign_by", "membership.subject"} <= kinds
    assert [one["method"] for one in parts(person)] == ["REQUEST"]


def test_nothing_goes_to_whoever_cannot_sign_in_or_has_no_address(place: Partnership) -> None:
    (first, _), (second, _) = head(place), head(place, 990_010)
    Person.objects.filter(pk=first.pk).update(is_active=False)
    Person.objects.filter(pk=second.pk).update(email=None)
    assert not queries.to_look_at(10, viewer=SYSTEM)
    assert [sent(Person.objects.get(pk=one.pk)) for one in (first, second)] == [0, 0]


def test_each_is_looked_at_once_an_hour_in_the_daytime(place: Partnership) -> None:
    (person, _), _ = head(place), make.head(make.asked(place, 1, 990_010)[0], Post.BUSINESS_MANAGER)
    for hour, there in ((6, 0), (9, 1), (9, 1)):
        with clock.at(clock.start_of(date(2022, 3, 8), hour)):
            tasks.send_due()
            assert DiaryDate.objects.count() == there
    with clock.at(clock.start_of(date(2022, 3, 8), 9, 30)):
        assert not queries.to_look_at(10, viewer=SYSTEM)
    with clock.at(clock.start_of(date(2022, 3, 8), 10, 1)):
        assert queries.to_look_at(10, viewer=SYSTEM) == [person], "a business manager has not asked for invitations"


def test_without_an_address_for_answers_nobody_is_asked_for_one(place: Partnership, settings: Any) -> None:
    settings.ANSWERS_TO = ""
    person, _ = head(place)
    sent(person)
    [event] = parts(person)[0].walk("VEVENT")
    assert str(event["organizer"]) == "mailto:alongside@localhost" and event["attendee"].params["RSVP"] == "FALSE"
    assert "Your answer goes to nobody" in mails(person)[0].body
    page = enter(Client(), person).get("/me/diary/").content.decode()
    assert "takes no answers by mail" in page


def test_nobody_but_the_worker_sends_dates(place: Partnership) -> None:
    person, _ = head(place)
    with pytest.raises(Refused):
        actions.send_dates(person=person, by=standing_of(person))


def test_heads_get_their_own_dates_and_nobody_elses(place: Partnership) -> None:
    other = make.partnership("Birch partnership")
    people = [head(home, 990_001 + 10 * at, named=f"{at} School") for at, home in enumerate((place, place, other, other))]
    for person, _ in people:
        sent(person)
    for person, school in people:
        [notice] = mails(person)
        assert school.name in notice.body and notice.to == person.email and str(notice.partnership) in notice.body
        for elsewhere, theirs in people:
            if elsewhere != person:
                assert theirs.name not in notice.calendar.replace("\r\n ", "") and str(elsewhere.email) not in notice.calendar
    assert len({str(one.walk("VEVENT")[0]["organizer"]) for person, _ in people for one in parts(person)}) == 4
