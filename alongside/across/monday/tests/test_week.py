"""The mail of the week: to whom, on which day, once, and what stands in it."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.across.monday import actions, queries, tasks
from alongside.across.monday.models import WeekMail
from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.members.bulletin.tests.make import request, sent
from alongside.members.contributions.tests.make import gift
from alongside.members.membership.tests.make import partnership as new_partnership, person, school
from alongside.members.notices.actions import delivering, reading, sending
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.notices.rules.waiting import News, WeekDay
from alongside.members.notices.tests.make import returned
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import role
from tests.figures import Figure
from tests.kills import killed
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 14)]
SYSTEM, MONDAY = Standing.system(), date(2022, 3, 14)


class Place:
    """A partnership with two schools, and who works there."""

    def __init__(self) -> None:
        self.partnership = new_partnership()
        self.oak, self.elm = school(990_001, "Oak Primary"), school(990_002, "Elm High")
        for one in (self.oak, self.elm):
            partnerships.admit_school(partnership=self.partnership, school=one, from_on=date(2022, 1, 1), by=SYSTEM)
        self.manager = person("Mo", Post.MANAGER, partnership=self.partnership)
        self.head, self.other = person("Ann", Post.HEAD, school=self.oak), person("Eve", Post.HEAD, school=self.elm)

    def everybody(self) -> set[str | None]:
        """Who is here."""
        return {one.person for one in (self.manager, self.head, self.other)}


@pytest.fixture
def place() -> Place:
    return Place()


def goes_on(day: date) -> set[str]:
    with clock.at(clock.start_of(day, 7)):
        return set(queries.whose_mail_goes(day, viewer=SYSTEM))


def week(who: Standing, day: date = MONDAY) -> Notice | None:
    """The mail of the week that day, written in the morning."""
    with clock.at(clock.start_of(day, 6, 40)):
        return actions.write_mail(person=str(who.person), by=SYSTEM)


def test_it_goes_on_monday_and_to_each_on_the_day_that_they_chose(place: Place) -> None:
    reading.choose_rhythm(news=News.USUAL, day=WeekDay.THURSDAY, by=place.head)
    reading.choose_rhythm(news=News.DAY, day=WeekDay.NONE, by=place.other)
    assert goes_on(MONDAY) == {place.manager.person}
    assert goes_on(MONDAY + timedelta(days=1)) == set()
    assert goes_on(MONDAY + timedelta(days=3)) == {place.head.person}
    assert goes_on(MONDAY - timedelta(days=1)) == set()


def test_a_bank_holiday_moves_it_and_who_holds_no_post_gets_none(place: Place) -> None:
    easter_monday = date(2022, 4, 18)
    assert goes_on(easter_monday) == set() and goes_on(easter_monday + timedelta(days=1)) == place.everybody()
    Role.objects.filter(person=place.head.person).update(until_on=MONDAY, ended_at=datetime(2022, 3, 14, 6, tzinfo=UTC))
    Person.objects.filter(pk=place.other.person).update(is_active=False)
    assert goes_on(MONDAY) == {place.manager.person}


def test_a_school_that_is_only_asked_gets_none(place: Place) -> None:
    ash = school(990_003, "Ash")
    person("Zed", Post.HEAD, school=ash)
    partnerships.admit_school(
        partnership=place.partnership, school=ash, kind=Belonging.ASKED, from_on=date(2022, 1, 1), by=SYSTEM
    )
    assert goes_on(MONDAY) == place.everybody()


def test_a_post_that_another_partnership_gave_counts_there_alone(place: Place) -> None:
    clerk, other = person("Cleo", Post.GOVERNOR_CHAIR, school=place.oak), new_partnership("Another")
    Role.objects.filter(person=clerk.person).update(through=other)
    assert goes_on(MONDAY) == place.everybody()
    Role.objects.filter(person=clerk.person).update(through=place.partnership)
    assert goes_on(MONDAY) == place.everybody() | {clerk.person}


def test_a_week_has_one_mail_for_each(place: Place) -> None:
    assert week(place.head) and week(place.head) is None
    assert week(place.head, MONDAY + timedelta(days=2)) is None
    assert goes_on(MONDAY) == place.everybody() - {place.head.person}
    assert week(place.head, MONDAY + timedelta(days=7))
    assert WeekMail.objects.get().last_on == MONDAY + timedelta(days=7)


def test_it_says_what_needs_its_reader_with_minutes_dates_and_what_work_brought(place: Place) -> None:
    with clock.at(clock.start_of(date(2022, 3, 10), 7)):
        request(
            place.partnership, place.manager, title="Fill in the census", by_on=date(2022, 3, 18), minutes=20, phases=["Primary"]
        )
        sent(place.partnership, date(2022, 3, 10))
    Notice.objects.all().delete()
    gift(place.partnership, place.elm, place.oak)
    mine, theirs = week(place.head), week(place.other)
    assert mine and theirs
    assert "Fill in the census\nBy Friday 18 March, about 20 minutes\nhttp" in mine.body
    assert "Oak Primary received a review or visit from Elm High (1 day" in mine.body
    assert "Elm High gave a review or visit to Oak Primary" in theirs.body


def test_who_holds_posts_in_several_schools_reads_of_which_each_line_is(place: Place) -> None:
    with clock.at(clock.start_of(date(2022, 3, 10), 7)):
        request(place.partnership, place.manager, title="Fill in the census", by_on=date(2022, 3, 18), minutes=20, phases=())
        sent(place.partnership, date(2022, 3, 10))
    both = Person.objects.get(pk=place.head.person)
    role(Post.HEAD, place.elm, both)
    mine, theirs = week(standing_of(both)), week(place.other)
    assert mine and theirs
    for school_name in ("Oak Primary", "Elm High"):
        assert f"Fill in the census\nBy Friday 18 March, about 20 minutes, {school_name}\nhttp" in mine.body
    assert "about 20 minutes\nhttp" in theirs.body


def test_what_is_late_for_long_is_one_line_and_a_request_of_last_year_is_not_asked_for(place: Place) -> None:
    with clock.at(clock.start_of(date(2022, 3, 10), 7)):
        for day in (11, 18):
            request(place.partnership, place.manager, title=f"By the {day}th", by_on=date(2022, 3, day), minutes=20, phases=())
        sent(place.partnership, date(2022, 3, 10))
    monday = date(2022, 4, 11)
    mail, later_on = week(place.head, monday), week(place.other, date(2022, 5, 2))
    assert mail and "By the 18th\nWas due on Friday 18 March" in mail.body and "By the 11th" not in mail.body
    assert later_on and later_on.subject == "Your week: nothing needs you"


def waits(place: Place) -> Notice:
    """A message to the head of Oak that waits for another mail."""
    words = {"lines": [], "partnership": "Elm", "school": "Oak", "link": "https://elm.example/x", "other": "Elm"}
    made = sending.send(
        template="membership/question_asked.txt", to="ann@example.org", words=words | {"question": "When?"},
        partnership=place.partnership, person=str(place.head.person), by=SYSTEM,
    )  # fmt: skip
    assert made.state == NoticeState.GATHERED
    return made


def test_the_page_shows_what_waits_for_the_mail(place: Place) -> None:
    client = Client()
    enter(client, Person.objects.get(pk=place.head.person))
    assert "New since the last mail" not in client.get(reverse("monday:week")).content.decode()
    waiting = waits(place)
    page = client.get(reverse("monday:week")).content.decode()
    assert "New since the last mail" in page and waiting.subject in page
    theirs = Client()
    enter(theirs, Person.objects.get(pk=place.other.person))
    assert "New since the last mail" not in theirs.get(reverse("monday:week")).content.decode()


def test_nothing_to_do_is_one_line(place: Place) -> None:
    mail = week(place.head)
    assert mail and mail.subject == "Your week: nothing needs you" and "\n\n\n" not in mail.body
    assert "Nothing needs you this week." in mail.body


def test_what_waited_stands_in_it_and_is_sent_with_it(place: Place, mailoutbox: list) -> None:
    gift(place.partnership, place.elm, place.oak)
    with clock.at(clock.start_of(date(2022, 3, 11), 12)):
        waited = waits(place)
    mail = week(place.head)
    assert mail and mail.body.count("Oak has a question (Elthorne Learning Partnership)") == 1
    with clock.at(clock.start_of(MONDAY, 6, 59)):
        assert not delivering.deliver_waiting(by=SYSTEM)
    with clock.at(clock.start_of(MONDAY, 7, 1)):
        assert delivering.deliver_waiting(by=SYSTEM) == 1 == len(mailoutbox)
    waited.refresh_from_db()
    assert waited.state == NoticeState.SENT and "Read 1 new message" not in mail.body


@pytest.mark.parametrize(("ended", "taken"), [(False, 1), (True, 0)])
def test_what_was_written_at_half_past_six_goes_at_seven_to_who_is_still_here(place: Place, ended: bool, taken: int) -> None:
    mail = week(place.head)
    if ended:
        Role.objects.filter(person=place.head.person).update(until_on=MONDAY, ended_at=datetime(2022, 3, 14, 6, 50, tzinfo=UTC))
    with clock.at(clock.start_of(MONDAY, 7)):
        assert delivering.deliver_waiting(by=SYSTEM) == taken
    assert mail and Notice.objects.get(pk=mail.pk).state == (NoticeState.HELD_BACK if ended else NoticeState.SENT)


def test_none_goes_to_an_address_from_which_mail_came_back(place: Place) -> None:
    returned(place.partnership, to=Person.objects.get(pk=place.head.person).email)
    assert week(place.head) is None


def test_the_worker_writes_them_from_half_past_six_until_the_evening(place: Place, django_capture_on_commit_callbacks) -> None:
    for hour, minute, there in ((6, 29, 0), (6, 30, 3), (17, 0, 3), (18, 0, 3)):
        with clock.at(clock.start_of(MONDAY, hour, minute)), django_capture_on_commit_callbacks(execute=True):
            tasks.write_due()
        with clock.at(clock.start_of(MONDAY, hour, minute)):
            assert Notice.objects.filter(kind="notices.week").count() == there


def test_the_page_says_what_the_mail_would(place: Place, client: Client) -> None:
    enter(client, Person.objects.get(pk=place.head.person))
    page = client.get(reverse("monday:week")).content.decode()
    assert "Nothing needs you this week" in page and "It comes on Mondays at seven" in page


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["ours", "planted"])
def test_each_gets_one_though_those_who_write_are_killed(kind: str, place: Place, figure: Figure) -> None:
    people, kills = 60, 20
    for number in range(people - 3):
        person(f"Head {number}", Post.SCHOOL_ADMIN, school=place.oak)
    began = time.monotonic()
    count = killed("alongside.across.monday.tests.writer", kills, kind)
    written = list(Notice.objects.filter(kind="notices.week").values_list("person", flat=True))
    doubled = len(written) - len(set(written))
    figure(
        "R3, the week's mail",
        f"{connection.vendor}{', planted' if kind == 'planted' else ''}: {people} people, {count} kills of two writers, "
        f"{time.monotonic() - began:.0f} s: {people - len(set(written))} without, {doubled} with two",
    )
    assert count == kills and len(set(written)) == people
    assert (doubled == 0) is (kind == "ours")


def test_the_page_opens_the_last_mail_and_says_on_which_day_it_comes(place: Place) -> None:
    def page(who: Standing, day: int) -> str:
        with clock.at(clock.start_of(date(2022, 3, day), 10)):
            return enter(Client(), Person.objects.get(pk=who.person)).get(reverse("monday:week")).content.decode()

    assert "Open the mail" not in page(place.head, 11) and "It comes on Mondays at seven" in page(place.head, 11)
    with clock.at(clock.start_of(MONDAY, 7)):
        actions.write_mail(person=place.head.person or "", by=SYSTEM)
    for day in (14, 15):
        assert "Open the mail of Monday 14 March" in page(place.head, day) and "None has come" not in page(place.head, day)
    ash = school(990_003, "Ash Primary")
    asked = person("Ida", Post.HEAD, school=ash)
    assert "None has come yet" in page(asked, 14)
