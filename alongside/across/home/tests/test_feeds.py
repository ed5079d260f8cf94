"""The private calendar link: what calendar programs read there, and for how long."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from alongside.across.home import actions, ics
from alongside.across.home.models import Feed, FeedEntry
from alongside.across.home.queries.calendars import feed_with
from alongside.across.home.rules.feeds import FeedLine, hash_of_secret, remembering
from alongside.deciding.bodies.models import Tenure
from alongside.ground.core import clock, keys
from alongside.ground.core.clock import LONDON
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import VISITOR, Standing
from alongside.ground.core.verdict import Refused
from alongside.members.calendar.actions import years
from alongside.members.calendar.models import Year
from alongside.members.diary.actions import choose_way, send_dates
from alongside.members.diary.rules import DiaryWay
from alongside.members.membership.actions import answering as membership
from alongside.members.membership.rules.answers import SubjectTo
from alongside.members.notices.models import Notice
from alongside.members.people.models import Role
from alongside.members.people.queries.roles import standing_of
from tests.audiences import Relation
from tests.figures import Figure
from tests.questions import questions
from tests.signing_in import enter
from tests.test_canaries import secrets_from
from tests.world import TODAY

pytestmark = pytest.mark.django_db
AT = datetime(2022, 3, 8, 12, tzinfo=UTC)
SYSTEM = Standing.system()


def link_of(person: Any) -> str:
    return f"/public/calendar/{actions.make_feed(by=standing_of(person))}.ics"


def read(address: str, **headers: str) -> Calendar:
    answer = Client(headers=headers).get(address)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def thing(words: str, first: date = TODAY, last: date = TODAY, *, key: str = "a", **more: Any) -> FeedLine:
    said = Dated(key, "a.thing", words, "", "blue", "", "", first, last, **more)
    return FeedLine(remembering(said, AT, 3), said)


def events(calendar: Calendar) -> dict[str, Any]:
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def test_a_head_reads_the_dates_without_signing_in(world):
    found = events(read(link_of(world.person(Relation.HEAD_OF_ASKED))))
    sign_by = found["Schools sign up by the end of this day"]
    assert sign_by["dtstart"].dt == date(2022, 3, 4) and sign_by["dtend"].dt == date(2022, 3, 5)
    assert sign_by["status"] == "CONFIRMED" and world.partnership.name in sign_by["description"]


def test_a_half_term_that_moves_is_one_event_changed(world):
    """Under the same UID with a higher number; no other event is touched, and none is told as gone."""
    address, place = link_of(world.person(Relation.MANAGER)), world.partnership
    year = Year.objects.get(partnership=place, start=2021)
    spans = [(one.first_on, one.last_on) for one in year.half_terms.order_by("number")]
    before = {str(event["uid"]): event for event in read(address).walk("VEVENT")}
    spans[5] = (spans[5][0], spans[5][1] + timedelta(days=1))
    years.save_year(partnership=place, start=2021, half_terms=spans, is_example=False, version=year.version, by=SYSTEM)
    after = {str(event["uid"]): event for event in read(address).walk("VEVENT")}
    assert after.keys() == before.keys()
    moved = [uid for uid in after if after[uid].to_ical() != before[uid].to_ical()]
    assert [str(after[uid]["summary"]) for uid in moved] == ["Summer term, second half ends"]
    assert after[moved[0]]["sequence"] == before[moved[0]]["sequence"] + 1
    assert after[moved[0]]["dtstart"].dt == spans[5][1] and after[moved[0]]["status"] == "CONFIRMED"


def test_days_kept_free_stand_in_every_calendar(world):
    days = {"name": "Transition", "first_on": date(2022, 7, 4), "last_on": date(2022, 7, 8)}
    years.add_blackout(key=keys.new_key(), partnership=world.partnership, **days, by=SYSTEM)
    for relation in (Relation.MANAGER, Relation.HEAD, Relation.BUSINESS_MANAGER, Relation.HEAD_OF_MEMBER):
        kept = events(read(link_of(world.person(relation))))["Kept free: Transition"]
        assert (kept["dtstart"].dt, kept["dtend"].dt) == (date(2022, 7, 4), date(2022, 7, 9))
    stranger = world.person(Relation.MANAGER_ELSEWHERE)
    assert "Kept free: Transition" not in events(read(link_of(stranger)))


def test_reading_twice_gives_the_same_text_and_then_not_even_that(world):
    address = link_of(world.person(Relation.HEAD))
    first = Client().get(address)
    with clock.offset(timedelta(minutes=30) + (clock.now() - datetime.now(UTC))):
        assert Client().get(address).content == first.content
        again = Client(headers={"If-None-Match": first.headers["ETag"]}).get(address)
    assert again.status_code == 304 and not again.content
    assert first.headers["Cache-Control"] == "private, no-cache" and first.headers["Last-Modified"]


def test_a_date_alone_never_proves_that_nothing_changed(world):
    """What somebody may no longer see leaves the feed without anything in it being newer."""
    address = link_of(world.person(Relation.HEAD))
    first = Client().get(address)
    assert Client(headers={"If-Modified-Since": first.headers["Last-Modified"]}).get(address).status_code == 200


def test_a_moved_date_keeps_its_name_and_gets_a_higher_number(world):
    address = link_of(world.person(Relation.MANAGER))
    before = next(event for words, event in events(read(address)).items() if "decides" in words)
    membership.say_subject(
        partnership=world.partnership, school=world.alder.second_asked, to=SubjectTo.GOVERNORS, on=date(2022, 3, 24),
        by=world.alder.standing("second_asked head"),
    )  # fmt: skip
    after = next(event for words, event in events(read(address)).items() if "decides" in words)
    assert (before["uid"], before["sequence"], before["dtstart"].dt) == (after["uid"], 0, date(2022, 3, 16))
    assert (after["sequence"], after["dtstart"].dt) == (1, date(2022, 3, 24))
    assert after["last-modified"].dt >= before["last-modified"].dt


def test_what_vanishes_stays_as_cancelled_without_its_words(world):
    address = link_of(world.person(Relation.MANAGER))
    before = next(event for words, event in events(read(address)).items() if "decides" in words)
    membership.decline(
        partnership=world.partnership, school=world.alder.second_asked, reason="", by=world.alder.standing("second_asked head")
    )
    gone = next(event for event in read(address).walk("VEVENT") if event["uid"] == before["uid"])
    assert (gone["status"], gone["sequence"], gone["dtstart"].dt) == ("CANCELLED", 1, before["dtstart"].dt)
    assert world.alder.second_asked.name not in str(gone.to_ical())


def test_a_leavers_feed_is_empty_at_once(world):
    head = world.person(Relation.HEAD)
    address = link_of(head)
    assert len(read(address).walk("VEVENT")) > 3
    Role.objects.filter(person=head).update(until_on=TODAY - timedelta(days=1))
    Tenure.objects.filter(holder__person=head.pk).update(is_struck=True)
    assert not list(read(address).walk("VEVENT"))
    assert not FeedEntry.objects.filter(person=head).exclude(slug="").exists()


def test_whoever_is_switched_off_has_no_feed(world):
    head = world.person(Relation.HEAD)
    address = link_of(head)
    head.is_active = False
    head.save()
    assert Client().get(address).status_code == 404


def test_a_new_link_ends_the_old_and_stopping_ends_both(world):
    who = standing_of(world.person(Relation.HEAD))
    first, second = actions.make_feed(by=who), actions.make_feed(by=who)
    status = {secret: Client().get(f"/public/calendar/{secret}.ics").status_code for secret in (first, second)}
    assert list(status.values()) == [404, 200]
    assert actions.end_feed(by=who) and not actions.end_feed(by=who)
    assert Client().get(f"/public/calendar/{second}.ics").status_code == 404
    assert not FeedEntry.objects.filter(person=who.person).exists()


def test_the_secret_is_kept_nowhere(world):
    secret = actions.make_feed(by=standing_of(world.person(Relation.HEAD)))
    row = Feed.objects.get(secret_hash=hash_of_secret(secret))
    assert secret not in str(list(Feed.objects.values_list())) and row.person == world.person(Relation.HEAD)
    assert len(secret) == 32


@pytest.mark.parametrize("secret", ["", "0" * 32, "../../etc", "%00", "a" * 4_000])
def test_no_other_address_opens_a_calendar(client, world, secret):
    assert client.get(f"/public/calendar/{secret}.ics").status_code == 404


def test_a_visitor_has_no_feed_of_their_own(world):
    for deed in (actions.make_feed, actions.end_feed):
        with pytest.raises(Refused):
            deed(by=VISITOR)


def test_the_link_is_shown_once(client, world):
    enter(client, world.person(Relation.HEAD))
    page = client.post("/me/calendar/feed/").content.decode()
    address = page.split('id="link" value="')[1].split('"')[0]
    assert Client().get(address.split("8000")[-1]).status_code == 200
    later = client.get("/me/calendar/feed/").content.decode()
    assert address not in later and "You have a link" in later
    client.post("/me/calendar/feed/end/")
    assert "Make my link" in client.get("/me/calendar/feed/").content.decode()


def told_to(text: bytes, forbidden: dict[str, str]) -> list[str]:
    """Whose words stand in a calendar's text, unfolded."""
    plain = text.decode().replace("\r\n ", "")
    return [whose for words, whose in forbidden.items() if words.split(" ")[-1] in plain]


def test_a_feed_tells_no_more_than_its_person_may_see(world, figure: Figure):
    read_in, searched, hits = 0, 0, []
    for relation in Relation:
        person = world.person(relation)
        if person is None:
            continue
        text, forbidden = Client().get(link_of(person)).content, secrets_from(world, relation)
        read_in, searched = read_in + 1, searched + len(forbidden)
        hits += [f"{relation} reads {whose}" for whose in told_to(text, forbidden)]
        if relation in {Relation.WITHOUT_ROLE, Relation.ENDED, Relation.COMING}:
            assert b"BEGIN:VEVENT" not in text
        if relation in {Relation.HEAD_ELSEWHERE, Relation.MANAGER_ELSEWHERE, Relation.FINANCE_ELSEWHERE}:
            assert world.partnership.name.encode() not in text
    assert not hits
    forbidden = secrets_from(world, Relation.MANAGER_ELSEWHERE)
    planted = thing(next(iter(world.alder.secrets)))
    caught = told_to(ics.written([planted], name="Planted", address=""), forbidden)
    assert len(caught) == 1, "the planted words were not caught"
    figure("promise 2", f"{read_in} calendar feeds searched for {searched} words of others, 0 hits; 1 of 1 planted caught")


def test_a_feed_asks_the_database_a_fixed_number_of_times(world):
    address = link_of(world.person(Relation.MANAGER))
    Client().get(address)
    with questions() as asked:
        Client().get(address)
    assert 0 < len(asked) <= 16


def read_back(*spans: tuple[datetime, datetime]) -> tuple[list[tuple[datetime, datetime]], Calendar]:
    lines = [
        thing("Meeting", start.date(), start.date(), key=str(n), starts_at=start, ends_at=end)
        for n, (start, end) in enumerate(spans)
    ]
    calendar = Calendar.from_ical(ics.written(lines, name="Test", address="https://host.example"))
    return [(event["dtstart"].dt, event["dtend"].dt) for event in calendar.walk("VEVENT")], calendar


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "00:59 GMT"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "02:00 BST"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "01:30 BST"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "01:30 GMT"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "02:00 GMT"),
        (datetime(2026, 6, 15, 15, 0, tzinfo=UTC), "16:00 BST"),
        (datetime(2026, 12, 15, 16, 0, tzinfo=UTC), "16:00 GMT"),
    ],
)
def test_a_time_is_the_same_moment_in_every_calendar(start, hour):
    ((begins, ends),), _ = read_back((start, start + timedelta(minutes=45)))
    assert (begins.astimezone(UTC), ends.astimezone(UTC)) == (start, start + timedelta(minutes=45))
    assert f"{begins.astimezone(LONDON):%H:%M %Z}" == hour


def test_every_five_minutes_of_the_days_on_which_clocks_change_come_back_as_they_went(figure: Figure):
    days = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)
    starts = [day + timedelta(minutes=minute) for day in days for minute in range(0, 24 * 60, 5)]
    spans = [(start, start + timedelta(minutes=90)) for start in starts]
    found, _ = read_back(*spans)
    assert [(begins.astimezone(UTC), ends.astimezone(UTC)) for begins, ends in found] == spans
    figure("feed", f"{len(spans)} times on the days on which clocks change, each read back as the same moment")


def test_the_zone_in_the_file_says_what_london_does():
    _, calendar = read_back((AT, AT + timedelta(hours=1)))
    (zone,) = calendar.walk("VTIMEZONE")
    london = zone.to_tz()
    for year in range(1997, 2037):
        for month in range(1, 13):
            local = datetime(year, month, 28, 12)
            assert local.replace(tzinfo=london).utcoffset() == local.replace(tzinfo=LONDON).utcoffset(), local
    before, after = zone.walk("DAYLIGHT")[0], zone.walk("STANDARD")[0]
    assert (before["dtstart"].dt.hour, after["dtstart"].dt.hour) == (1, 2)


@pytest.mark.parametrize("words", ["A, B; C\\D", "Two\nlines", "=1+1", "x" * 500, "Süd – “Quote”", "END:VEVENT\r\nBEGIN:VEVENT"])
def test_odd_words_come_back_as_they_went_and_break_nothing(words):
    text = ics.written([thing(words)], name="Test", address="https://host.example")
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["summary"]) == words.replace("\r\n", "\n")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_whoever_holds_the_secret_reads_as_its_person_and_not_as_themselves(world):
    secret = actions.make_feed(by=standing_of(world.person(Relation.HEAD)))
    manager = standing_of(world.person(Relation.MANAGER_ELSEWHERE))
    _, who = feed_with(hash_of_secret(secret), viewer=manager)
    assert who.person == world.person(Relation.HEAD).pk


def test_an_invitation_by_mail_has_the_name_that_the_link_knows_the_date_by(world):
    head = world.alder.people["second_asked head"]
    send_dates(person=head, by=SYSTEM)
    [sent] = Notice.objects.filter(person=head.pk, kind="diary.invitation")
    [event] = Calendar.from_ical(sent.calendar).walk("VEVENT")
    found = next(one for words, one in events(read(link_of(head))).items() if "decides" in words)
    assert (found["uid"], found["summary"], found["dtstart"].dt) == (event["uid"], event["summary"], event["dtstart"].dt)


def test_whoever_wants_no_dates_has_an_empty_link(world):
    head = world.person(Relation.HEAD)
    address = link_of(head)
    assert any(one["status"] == "CONFIRMED" for one in read(address).walk("VEVENT"))
    choose_way(way=DiaryWay.NONE, by=standing_of(head))
    assert {str(one["status"]) for one in read(address).walk("VEVENT")} == {"CANCELLED"}
