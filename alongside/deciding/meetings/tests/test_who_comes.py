"""The date of a meeting: who answers it, who sees what was answered, what it says, and what its moving brings."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from alongside.deciding.meetings.actions import following, holding, planning
from alongside.deciding.meetings.models import ActionPoint, Attendee, Meeting
from alongside.deciding.meetings.queries.needs import dates, needs
from alongside.deciding.meetings.queries.planning import coming, date_of
from alongside.deciding.meetings.rules.kinds import Attendance
from alongside.deciding.meetings.rules.minutes import is_noted_last, says_last
from alongside.deciding.meetings.tests.make import Heads, Meets
from alongside.deciding.meetings.tests.test_guarded import acting
from alongside.ground.core import clock
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.diary import actions as diary
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.queries import dates_of
from alongside.members.diary.rules import Attending
from alongside.members.membership.tests.make import SYSTEM
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 15), pytest.mark.slow]
WEEK = date(2022, 3, 21)
YES, PERHAPS, NO = Attending


@pytest.fixture
def heads() -> Heads:
    """A Headboard that meets, whose heads were sent the date."""
    made = Heads()
    planning.change_meeting(
        meeting=made.week, on=WEEK, begins=time(16), lasts=90, place="Civic Centre, room 2", link="https://video.example/hb",
        version=made.week.version, by=made.manager,
    )  # fmt: skip
    for name in ("Oak", "Elm", "Ash"):
        diary.send_dates(person=person(made, name), by=SYSTEM)
    return made


def person_of(who: Standing) -> Person:
    return Person.objects.get(pk=who.person)


def person(heads: Meets, name: str) -> Person:
    return Person.objects.get(pk=heads.heads[name].person)


def sent(heads: Heads, name: str) -> DiaryDate:
    return DiaryDate.objects.get(person=heads.heads[name].person, uid=date_of(heads.week).uid)


def says(heads: Heads, name: str, how: Attending, comment: str = "") -> None:
    diary.answer_on_page(one=(row := sent(heads, name)), says=how, seen=UNSEEN, by=heads.heads[name])
    DiaryDate.objects.filter(pk=row.pk).update(comment=comment)


def page(who: Standing, address: str) -> str:
    return enter(Client(), Person.objects.get(pk=who.person)).get(address).content.decode()


def address(heads: Heads, more: str = "") -> str:
    return f"/p/{heads.partnership.slug}/meetings/{heads.week.pk}/{more}"


def test_whoever_acts_for_a_head_sees_and_answers_the_heads_meeting_and_opens_nothing_of_it(heads: Heads) -> None:
    dee = acting(heads, "Oak")
    client, row = enter(Client(), Person.objects.get(pk=dee.person)), sent(heads, "Oak")
    shown = client.get("/me/diary/").content.decode()
    assert "Sent to Oak’s head’s diary" in shown and "Headboard: Strategy" in shown and "Civic Centre, room 2" in shown
    assert "4pm to 5:30pm" in shown and heads.week.pk not in shown, "no link to a page that is closed to them"
    month = client.get("/me/calendar/?month=2022-03").content.decode()
    assert "For Oak’s head: Headboard: Strategy" in month and row.pk in month, "it is answered there too"
    done = client.post(
        f"/me/diary/{row.pk}/answer/",
        {"says": "DECLINED", "seen": row.on_page, "next": "/me/calendar/?month=2022-03"},
        follow=True,
    )
    assert "For Oak’s head you declined" in done.content.decode() and done.redirect_chain == [
        ("/me/calendar/?month=2022-03", 302)
    ]
    row.refresh_from_db()
    assert row.attending is NO and "Oak’s head declined" in done.content.decode()
    assert client.get(address(heads)).status_code == 404


def test_another_colleague_and_another_schools_assistant_see_nothing_of_it(heads: Heads) -> None:
    dee, row = acting(heads, "Oak"), sent(heads, "Elm")
    mine = {one.uid: one.words for one in dates_of(WEEK, WEEK, viewer=dee).rows}
    assert mine[date_of(heads.week).uid] == "For Oak’s head: Headboard: Strategy"
    assert row.pk not in page(dee, "/me/diary/") and "Elm’s head" not in page(dee, "/me/diary/")


def test_what_a_school_does_after_a_decision_waits_for_whoever_acts_for_its_head() -> None:
    with clock.at(clock.start_of(date(2022, 3, 21), 17)):
        board = Heads()
        item = board.item("The fee", meeting=board.meeting)
        board.all_here()
        following.follow(decision=board.decided(item, "Every school says it."), due_on=date(2022, 4, 25), by=board.manager)
        (mine,) = ActionPoint.objects.filter(school=board.schools["Oak"])
        dee = acting(board, "Oak")

        def asked(part: list[Any]) -> list[Any]:
            return [row for rows in part for row in rows if mine.pk in map(str, row)]

        (need,) = asked(needs(viewer=dee, on=WEEK))
        assert need[0] == "meetings.school_action" and asked(dates(viewer=dee, start=WEEK, end=date(2022, 5, 1)))
        assert "Every school says it." in page(dee, reverse("meetings:action", args=[board.partnership.slug, mine.pk]))


def test_the_meetings_own_page_takes_the_answer_and_tells_who_comes(heads: Heads) -> None:
    oak = page(heads.heads["Oak"], address(heads))
    assert f"/me/diary/{sent(heads, 'Oak').pk}/answer/" in oak and "No answer yet" in oak
    assert "0 come, 0 have sent apologies, 4 have not said; quorum 2" in oak and "Who said what" not in oak
    assert "/answer/" not in page(heads.manager, address(heads)), "the office was sent no date"
    done = enter(Client(), person(heads, "Oak")).post(
        f"/me/diary/{sent(heads, 'Oak').pk}/answer/",
        {"says": "ACCEPTED", "seen": sent(heads, "Oak").on_page, "next": address(heads)},
        follow=True,
    )
    assert done.redirect_chain == [(address(heads), 302)] and "1 comes, 0 have sent apologies, 3 have" in done.content.decode()
    with clock.at(clock.start_of(WEEK + timedelta(days=1), 9)):
        assert coming(Meeting.objects.get(pk=heads.week.pk), viewer=heads.manager) is None


def test_what_is_written_beside_an_answer_is_read_by_who_keeps_the_meeting(heads: Heads) -> None:
    says(heads, "Elm", NO, "So sorry, Ofsted is with us. Could item 4 wait?")
    said = "“So sorry, Ofsted is with us. Could item 4 wait?”"
    assert said in page(heads.manager, address(heads)) and said not in page(heads.heads["Oak"], address(heads))
    assert said in page(heads.manager, address(heads, "register/"))

    def read(who: Standing, on: date) -> list[str]:
        return [row[4] for part in needs(viewer=who, on=on) for row in part if row[0] == "meetings.said"]

    assert read(heads.manager, date(2022, 3, 16)) == ["Headboard: Strategy"] and not read(heads.heads["Oak"], date(2022, 3, 16))
    assert not read(heads.manager, WEEK + timedelta(days=1)), "the meeting is over"


def test_the_register_begins_with_apologies_that_nobody_has_accepted_and_with_nobody_away(heads: Heads) -> None:
    says(heads, "Elm", NO)
    says(heads, "Ash", YES)
    says(heads, "Oak", PERHAPS)
    keys = {name: heads.heads[name].person for name in ("Elm", "Ash", "Oak")}
    with clock.at(clock.start_of(WEEK, 16)):
        client = enter(Client(), Person.objects.get(pk=heads.manager.person))
        shown = client.get(address(heads, "register/")).content.decode()
        begins = dict(re.findall(r'name="came_(\w+)".*?<option value="(\w+)" selected', shown, re.DOTALL))
        assert [begins[keys[name] or ""] for name in ("Elm", "Ash", "Oak")] == ["sent", "here", "untaken"]
        client.post(address(heads, "register/"), {f"came_{key}": how for key, how in begins.items()})
        taken = {one.person: one.how.label for one in Attendee.objects.filter(meeting=heads.week)}
        assert [taken[keys[name]] for name in ("Elm", "Ash", "Oak")] == ["Apologies", "Here", "Not taken yet"]
        minutes = client.get(address(heads, "minutes/")).content.decode()
    assert "Not here" not in minutes and "accepted" not in minutes


def test_the_date_says_where_people_meet_and_until_when(heads: Heads) -> None:
    mail = Notice.objects.get(kind="diary.invitation", person=heads.heads["Oak"].person, subject__contains="Headboard")
    assert "Monday 21 March 2022, 4pm to 5:30pm\nCivic Centre, room 2\nBy video: https://video.example/hb\n" in mail.body
    assert mail.subject == "Headboard: Strategy, Monday 21 March 2022, 4pm"
    (event,) = Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert event["location"] == "Civic Centre, room 2" and "By video: https://video.example/hb" in event["description"]
    assert event["dtend"].dt == clock.start_of(WEEK, 17, 30)


def moved(heads: Heads, on: date) -> None:
    said = {"begins": time(16), "lasts": 90, "place": "Oak", "link": ""}
    heads.week = planning.change_meeting(meeting=heads.week, on=on, **said, version=heads.week.version, by=heads.manager)


def of_oak(heads: Heads) -> list[Notice]:
    return list(Notice.objects.filter(person=heads.heads["Oak"].person).order_by("written_at"))


def test_a_meeting_that_moves_brings_one_mail_that_moves_it_in_the_diary_too(heads: Heads) -> None:
    before = len(of_oak(heads))
    moved(heads, date(2022, 3, 23))
    assert diary.send_dates(person=person(heads, "Oak"), by=SYSTEM) == 0
    (told,) = of_oak(heads)[before:]
    (event,) = Calendar.from_ical(told.calendar).walk("VEVENT")
    assert (told.kind, event["sequence"], event["dtstart"].dt.day) == ("meetings.moved", 1, 23)
    first = Notice.objects.get(pk=sent(heads, "Oak").organiser)
    assert event["organizer"] == Calendar.from_ical(first.calendar).walk("VEVENT")[0]["organizer"]
    fir = Notice.objects.filter(kind="meetings.moved", person=heads.heads["Fir"].person)
    assert [one.calendar for one in fir] == ["", ""], "nothing was sent to that diary yet"


def test_a_meeting_that_is_cancelled_brings_one_mail_that_says_why_and_takes_it_out(heads: Heads) -> None:
    before = len(of_oak(heads))
    planning.cancel_meeting(meeting=heads.week, why="The hall is flooded.", by=heads.manager)
    assert diary.send_dates(person=person(heads, "Oak"), by=SYSTEM) == 0
    (told,) = of_oak(heads)[before:]
    assert "The hall is flooded." in told.body and Calendar.from_ical(told.calendar)["method"] == "CANCEL"


def test_who_sits_there_no_longer_reads_which_date_goes_and_why(heads: Heads) -> None:
    oak = person(heads, "Oak")
    heads.partnership.memberships.filter(school=heads.schools["Oak"]).update(until_on=date(2022, 3, 14))
    assert standing_of(oak).person and diary.send_dates(person=oak, by=SYSTEM) == 1
    told = of_oak(heads)[-1]
    assert told.subject == "Taken out: Headboard: Strategy, Monday 21 March 2022, 4pm"
    assert "does not come to your diary any more: you hold no post or seat there any longer." in told.body


@pytest.mark.parametrize(
    ("noted", "answered", "is_last"),
    [(9, None, True), (9, 8, True), (9, 9, True), (9, 10, False)],
    ids=["no answer", "answered before", "at once", "answered since"],
)
def test_the_word_that_came_last_stands_before_the_day(noted: int, answered: int | None, is_last: bool) -> None:
    def at(hour: int) -> datetime:
        return clock.start_of(WEEK, hour)

    assert is_noted_last(at(noted), at(answered) if answered else None) is is_last


def begins(heads: Heads, client: Client) -> dict[str, str]:
    """What the page of apologies, or the register, has of each by name."""
    shown = client.get(address(heads, "register/")).content.decode()
    found = dict(re.findall(r'name="came_(\w+)".*?<option value="(\w+)" selected', shown, re.DOTALL))
    return {name: found[heads.heads[name].person or ""] for name in ("Elm", "Ash", "Oak", "Fir")}


def test_apologies_are_entered_before_the_day_and_the_register_begins_with_them(heads: Heads) -> None:
    says(heads, "Elm", NO, "Ofsted is with us.")
    says(heads, "Ash", YES)
    client = enter(Client(), person_of(heads.manager))
    first = begins(heads, client)
    assert first == {"Elm": "sent", "Ash": "untaken", "Oak": "untaken", "Fir": "untaken"}
    shown = client.get(address(heads, "register/")).content.decode()
    assert "“Ofsted is with us.”" in shown and "Everybody is here" not in shown and "Who chairs?" not in shown
    typed = first | {"Elm": "excused", "Oak": "apologies", "Ash": "sent"}
    fields = {f"came_{heads.heads[name].person}": how for name, how in typed.items()}
    client.post(address(heads, "register/"), fields | {f"came_{heads.heads['Yew'].person}": "untaken"})
    assert begins(heads, client) == typed
    meeting = page(heads.manager, address(heads))
    assert "0 come, 3 have sent apologies, 1 has not said; quorum 2" in meeting and "Apologies, accepted" in meeting
    with clock.at(clock.start_of(date(2022, 3, 16), 9)):
        says(heads, "Ash", YES)
    assert begins(heads, client)["Ash"] == "untaken", "she answered since that she comes"
    assert Meeting.objects.get(pk=heads.week.pk).presence is None
    with clock.at(clock.start_of(WEEK, 16)):
        assert begins(heads, enter(Client(), person_of(heads.manager))) == typed | {"Ash": "here"}
        with pytest.raises(Conflict, match="has come"):
            holding.note_apologies(meeting=heads.week, noted={}, by=heads.manager)


def test_apologies_are_for_their_day_and_for_who_keeps_the_meeting(heads: Heads) -> None:
    elm = heads.heads["Elm"].person or ""
    holding.note_apologies(meeting=heads.week, noted={elm: Attendance.EXCUSED, "nobody": Attendance.SENT}, by=heads.manager)
    assert [one.member for one in Attendee.objects.filter(meeting=heads.week)] == [elm]
    with pytest.raises(Refused):
        holding.note_apologies(meeting=heads.week, noted={elm: Attendance.SENT}, by=heads.heads["Elm"])
    holding.note_apologies(meeting=heads.week, noted={elm: Attendance.HERE}, by=heads.manager)
    assert [one.how for one in Attendee.objects.filter(meeting=heads.week)] == [Attendance.UNTAKEN], "nobody is here yet"
    moved(heads, date(2022, 3, 23))
    assert not Attendee.objects.filter(meeting=heads.week).exists(), "they were sent for another day"


def test_whoever_sits_there_says_on_the_page_of_a_meeting_whether_they_come_though_no_date_was_sent(heads: Heads) -> None:
    fir = enter(Client(), person(heads, "Fir"))
    shown = fir.get(address(heads)).content.decode()
    assert "I come" in shown and "I cannot come" in shown and "No answer yet" in shown
    key = heads.heads["Fir"].person
    done = fir.post(address(heads, "coming/"), {"member": key, "says": "yes"}, follow=True).content.decode()
    assert "1 comes, 0 have sent apologies, 3 have" in done and "I cannot come" in done and ">I come<" not in done
    assert (
        "Comes" in page(heads.manager, address(heads))
        and begins(heads, enter(Client(), person_of(heads.manager)))["Fir"] == "untaken"
    )
    done = fir.post(address(heads, "coming/"), {"member": key, "says": "no"}, follow=True).content.decode()
    assert "0 come, 1 has sent apologies, 3 have" in done
    assert begins(heads, enter(Client(), person_of(heads.manager)))["Fir"] == "sent"
    diary.send_dates(person=person(heads, "Fir"), by=SYSTEM)
    assert "0 come, 1 has sent apologies, 3 have" in fir.get(address(heads)).content.decode(), "the date in their diary asks anew"
    with clock.at(clock.start_of(date(2022, 3, 16), 9)):
        says(heads, "Fir", YES)
    assert "1 comes, 0 have sent apologies, 3 have" in fir.get(address(heads)).content.decode(), "the last word stands"


def test_whether_one_comes_one_says_oneself_and_before_the_register(heads: Heads) -> None:
    elm, oak = heads.heads["Elm"], heads.heads["Oak"].person or ""
    with pytest.raises(Refused):
        holding.say_coming(meeting=heads.week, member=oak, how=Attendance.SENT, by=elm)
    with pytest.raises(Refused):
        holding.say_coming(meeting=heads.week, member="nobody", how=Attendance.SENT, by=elm)
    for member, how in (("nobody", Attendance.HERE), (oak, Attendance.EXCUSED)):
        with pytest.raises(Invalid):
            holding.say_coming(meeting=heads.week, member=member, how=how, by=heads.manager)
    with clock.at(clock.start_of(WEEK, 15)):
        holding.say_coming(meeting=heads.week, member=oak, how=Attendance.HERE, by=heads.heads["Oak"])
        assert begins(heads, enter(Client(), person_of(heads.manager)))["Oak"] == "here"
        holding.take_register(meeting=heads.week, came={}, deputies={}, by=heads.manager)
        with pytest.raises(Conflict, match="register"):
            holding.say_coming(meeting=heads.week, member=oak, how=Attendance.HERE, by=heads.heads["Oak"])


def test_who_has_not_said_is_asked_once_a_day_by_who_keeps_the_meeting(heads: Heads) -> None:
    says(heads, "Oak", YES)
    holding.note_apologies(meeting=heads.week, noted={heads.heads["Elm"].person or "": Attendance.SENT}, by=heads.manager)
    client = enter(Client(), person_of(heads.manager))
    assert "Ask who has not said" in client.get(address(heads)).content.decode()
    assert "Ask who has not said" not in page(heads.heads["Ash"], address(heads))
    shown = client.get(address(heads, "who-comes/")).content.decode()
    assert "has no word from you yet" in shown and "Fir’s head" in shown
    assert "Elm’s head" not in shown and "Oak’s head" not in shown
    done = client.post(address(heads, "who-comes/"), {}, follow=True).content.decode()
    asked = Notice.objects.filter(kind="meetings.comes", about=heads.week.pk)
    assert {one.person for one in asked} >= {heads.heads[name].person for name in ("Ash", "Fir")}
    assert f"A question to {len(asked)} people" in done and "Do you come? Headboard" in asked[0].subject
    assert not asked.filter(person__in=[heads.heads[name].person for name in ("Oak", "Elm")]).exists()
    assert "asked today already" in client.get(address(heads, "who-comes/")).content.decode()
    with pytest.raises(Conflict, match="once a day"):
        holding.ask_who_comes(meeting=heads.week, by=heads.manager)
    with pytest.raises(Refused):
        holding.ask_who_comes(meeting=heads.week, by=heads.heads["Ash"])
    with clock.at(clock.start_of(date(2022, 3, 16), 9)):
        assert holding.ask_who_comes(meeting=heads.week, by=heads.manager) == len(asked)
    with clock.at(clock.start_of(WEEK + timedelta(days=1), 9)), pytest.raises(Conflict, match="too late to ask"):
        holding.ask_who_comes(meeting=heads.week, by=heads.manager)


@pytest.mark.parametrize(
    ("entered", "answered", "said"),
    [
        (None, None, None),
        (None, PERHAPS, PERHAPS),
        (Attendance.HERE, NO, YES),
        (Attendance.SENT, YES, NO),
        (Attendance.UNTAKEN, YES, None),
    ],
)
def test_what_was_entered_goes_before_the_diary(
    entered: Attendance | None, answered: Attending | None, said: Attending | None
) -> None:
    assert says_last(entered, answered) is said
