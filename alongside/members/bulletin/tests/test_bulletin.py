"""An item from sending in to the mail, and what schools are asked until they have done it."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.audit.models import Event
from alongside.ground.core import clock, keys
from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Refused
from alongside.members.bulletin import actions, queries, tasks
from alongside.members.bulletin.models import AskedOfSchool, Bulletin, Item
from alongside.members.bulletin.tests import make
from alongside.members.bulletin.tests.make import MONDAY, THURSDAY, Place
from alongside.members.diary.actions import send_dates
from alongside.members.membership.tests.make import partnership as new_partnership, person, school
from alongside.members.notices.models import Notice
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Setting
from alongside.members.people.actions.acting import let_act
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.acting import my_headships
from alongside.members.people.queries.roles import standing_of
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SYSTEM = Standing.system()


def shown_to(who: Standing, item: Item) -> str:
    """The page of an item."""
    client = enter(Client(), Person.objects.get(pk=who.person))
    return client.get(reverse("bulletin:item", args=[item.partnership.slug, item.pk])).content.decode()


def test_each_reader_gets_one_mail_with_what_is_for_them(place: Place) -> None:
    make.item(place.partnership, place.manager, title="For all")
    make.item(place.partnership, place.manager, title="For heads", posts=["head"])
    make.item(place.partnership, place.manager, title="For secondaries", phases=["Secondary"])
    make.item(place.partnership, place.head, title="Not looked at")
    gone = make.sent(place.partnership)
    assert gone and gone.readers == 4
    has = {to: [title for title in ("For all", "For heads", "For secondaries", "Not looked at") if title in body]
           for to, body in place.mails().items()}  # fmt: skip
    assert has == {
        "ann@example.org": ["For all", "For heads"],
        "bo@example.org": ["For all"],
        "eve@example.org": ["For all", "For heads", "For secondaries"],
        "mo@example.org": ["For all", "For heads", "For secondaries"],
    }


def test_the_office_looks_at_the_next_one_and_that_is_what_goes(place: Place) -> None:
    address = reverse("bulletin:next_one", args=[place.partnership.slug])
    office = enter(Client(), Person.objects.get(pk=place.manager.person))
    assert "Nothing goes yet" in office.get(address).content.decode()
    make.item(place.partnership, place.manager, title="For all")
    make.request(place.partnership, place.manager, title="For heads", posts=["head"])
    make.item(place.partnership, place.head, title="Not looked at")
    page = office.get(address).content.decode()
    assert (
        "to 4 people: 3 people in schools, and 1 of the office." in page
        and "Everybody: 3 people in schools" in page
        and "Not looked at" not in page
    )
    assert "Each headteacher: 2 people in schools" in page and "As Ann gets it" in page and "none of it" not in page
    ash = school(990_004, "Ash Primary")
    partnerships.admit_school(partnership=place.partnership, school=ash, from_on=date(2022, 1, 1), by=SYSTEM)
    silent = office.get(address).content.decode()
    assert "1 school gets none of it" in silent and "<li>Ash Primary</li>" in silent
    looked = unescape(page.split('class="al-mail__body">')[1].split("</div>")[0])
    make.sent(place.partnership)
    gone = place.mails()["ann@example.org"]
    assert looked.split("The bulletin as a page")[0] == gone.split("The bulletin as a page")[0]


def test_nobody_gets_a_mail_in_which_nothing_is_for_them(place: Place) -> None:
    make.item(place.partnership, place.manager, phases=["Secondary"])
    assert make.sent(place.partnership) and set(place.mails()) == {"eve@example.org", "mo@example.org"}


@pytest.mark.parametrize(("on", "goes"), [(MONDAY, False), (THURSDAY, True), (date(2022, 3, 12), False)])
def test_it_goes_on_its_day_once_however_often_it_is_tried(place: Place, on: date, goes: bool) -> None:
    make.item(place.partnership, place.manager)
    assert bool(make.sent(place.partnership, on)) is goes
    assert make.sent(place.partnership, on) is None and Bulletin.objects.count() == int(goes)
    assert Notice.objects.filter(kind="bulletin.bulletin").count() == 4 * goes


def test_nothing_goes_where_there_is_nothing_or_no_bulletin(place: Place) -> None:
    assert make.sent(place.partnership) is None
    make.item(place.partnership, place.manager)
    from dataclasses import replace

    from alongside.members.bulletin.permissions import may_settle_bulletin
    from alongside.members.bulletin.rules import BulletinSettings
    from alongside.members.partnerships.queries import mark_now, settings_of

    off = replace(settings_of(place.partnership, BulletinSettings), is_on=False)
    partnerships.change_settings(
        partnership=place.partnership, settings=off, version=mark_now(place.partnership, BulletinSettings),
        may=may_settle_bulletin, by=place.manager,
    )  # fmt: skip
    assert make.sent(place.partnership) is None and queries.next_day(place.partnership, viewer=SYSTEM) is None


def test_the_worker_sends_it_from_seven(place: Place) -> None:
    make.item(place.partnership, place.manager)
    for hour, count in ((6, 0), (7, 1), (8, 1)):
        with clock.at(clock.start_of(THURSDAY, hour)):
            tasks.send_due()
        assert Bulletin.objects.count() == count


def test_one_odd_partnership_keeps_no_bulletin_back(place: Place) -> None:
    other = new_partnership("Another")
    for one, by in ((place.partnership, place.manager), (other, person("Ida", Post.MANAGER, partnership=other))):
        make.item(one, by)
    Setting.objects.create(partnership=place.partnership, app="bulletin", from_on=MONDAY, values={"weekday": "nonsense"})
    with clock.at(clock.start_of(THURSDAY, 8)), pytest.raises(TypeError):
        tasks.send_due()
    assert [one.partnership for one in Bulletin.objects.all()] == [other]


def test_a_request_is_wanted_of_every_member_school_until_it_is_done(place: Place) -> None:
    one = make.request(place.partnership, place.manager, phases=["Primary"])
    make.sent(place.partnership)
    assert list(AskedOfSchool.objects.values_list("school", flat=True)) == [place.oak.pk]
    assert [row.item for row in queries.wanted_of(place.partnership, viewer=place.head)] == [one]
    assert not queries.wanted_of(place.partnership, viewer=place.other)
    actions.answer_request(item=one, school=place.oak, by=place.bursar)
    assert not queries.wanted_of(place.partnership, viewer=place.head)
    with pytest.raises(Conflict):
        actions.answer_request(item=one, school=place.oak, by=place.head)
    actions.answer_request(item=one, school=place.oak, is_done=False, by=place.head)
    assert len(queries.wanted_of(place.partnership, viewer=place.head)) == 1
    with pytest.raises(Refused):
        actions.answer_request(item=one, school=place.oak, by=place.other)
    with pytest.raises(Conflict):
        actions.answer_request(item=one, school=place.elm, by=place.other)
    with pytest.raises(Refused):
        actions.answer_request(item=one, school=school(990_060), by=SYSTEM)


def test_a_request_of_some_posts_waits_for_those_and_for_who_keeps_the_schools_dates(place: Place) -> None:
    chair = person("Cy", Post.GOVERNOR_CHAIR, school=place.oak)
    make.request(place.partnership, place.manager, posts=["head"])
    make.request(place.partnership, place.manager, title="Also for chairs", posts=["governor_chair"])
    make.sent(place.partnership)
    count = {who.name: queries.wanted_of(place.partnership, viewer=who).count() for who in (place.head, place.bursar, chair)}
    assert count == {"Ann": 2, "Bo": 2, "Cy": 1}


def test_whoever_acts_for_a_head_is_asked_what_heads_are_asked_and_does_it_for_them(place: Place) -> None:
    deputy = person("Sam", "deputy", school=place.oak)
    one = make.request(place.partnership, place.manager, posts=["head"])
    make.sent(place.partnership)
    assert not queries.wanted_of(place.partnership, viewer=deputy).exists()
    (head,) = my_headships(viewer=place.head)
    let_act(role=head, own=Role.objects.get(person=deputy.person), key=keys.new_key(), by=place.head)
    acting = standing_of(Person.objects.get(pk=deputy.person))
    assert queries.wanted_of(place.partnership, viewer=acting).count() == 1
    actions.answer_request(item=one, school=place.oak, by=acting)
    assert not queries.wanted_of(place.partnership, viewer=place.head).exists()
    assert Event.objects.filter(facts__acts_for=place.head.person).get().person == deputy.person
    head, office = shown_to(place.head, one), shown_to(place.manager, one)
    assert f"by {acting.name} for Ann." in head and f"by {acting.name} for Ann</li>" in office


def test_who_said_that_it_is_done_is_told_until_it_is_undone(place: Place) -> None:
    one = make.request(place.partnership, place.manager)
    make.sent(place.partnership)
    with clock.at(clock.start_of(date(2022, 3, 11), 9)):
        actions.answer_request(item=one, school=place.oak, by=place.bursar)
    assert "Done on 11 March 2022 by Bo." in shown_to(place.head, one)
    actions.answer_request(item=one, school=place.oak, is_done=False, by=place.head)
    assert "Have you done it?" in shown_to(place.head, one)
    assert list(AskedOfSchool.objects.values_list("done_at", "done_by", "done_by_name").distinct()) == [(None, "", "")]


def test_what_is_taken_back_is_wanted_of_nobody_and_not_counted(place: Place) -> None:
    one, other = make.request(place.partnership, place.manager), make.request(place.partnership, place.manager, minutes=45)
    make.sent(place.partnership)
    year = AcademicYear(2021)
    actions.answer_request(item=other, school=place.elm, by=place.other)
    rows = queries.burden(place.partnership, year, viewer=place.manager)
    assert [(row.school, row.requests, row.minutes, row.done) for row in rows] == [
        ("Elm High", 2, 55, 1), ("Oak Primary", 2, 55, 0),
    ]  # fmt: skip
    one.refresh_from_db()
    actions.withdraw_item(item=one, by=place.manager)
    assert [row.minutes for row in queries.burden(place.partnership, year, viewer=place.manager)] == [45, 45]
    assert len(queries.wanted_of(place.partnership, viewer=place.head)) == 1


def test_a_school_that_has_left_is_asked_for_nothing_any_more(place: Place) -> None:
    make.request(place.partnership, place.manager)
    make.sent(place.partnership)
    assert queries.wanted_of(place.partnership, viewer=place.head).exists()
    partnerships.end_membership(partnership=place.partnership, school=place.oak, by=SYSTEM)
    with clock.at(clock.start_of(date(2022, 3, 14), 9)):
        left = standing_of(Person.objects.get(pk=place.head.person))
        assert not queries.wanted_of(place.partnership, viewer=left).exists()


def test_the_pages_lead_from_sending_in_to_done(place: Place) -> None:
    head, office = (enter(Client(), Person.objects.get(pk=who.person)) for who in (place.head, place.manager))
    slug = place.partnership.slug
    page = head.post(
        reverse("bulletin:propose", args=[slug]),
        {"key": keys.new_key(), "title": "Census", "words": "Please look.", "is_request": "on", "minutes": "10",
         "by_on_day": "31", "by_on_month": "3", "by_on_year": "2022"},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "The office looks at it before it goes" in page and "Thursday 10 March" in page
    one = Item.objects.get()
    assert "Look at an item for the bulletin" in office.get("/me/", follow=True).content.decode()
    taken = office.post(reverse("bulletin:approve", args=[slug, one.pk]), follow=True).content.decode()
    assert "is in the next bulletin" in taken
    gone = make.sent(place.partnership)
    assert gone and "Census" in head.get(reverse("bulletin:bulletin", args=[slug, gone.pk])).content.decode()
    assert "Census" in head.get("/me/", follow=True).content.decode()
    done = head.post(reverse("bulletin:done", args=[slug, one.pk, place.oak.urn]), follow=True).content.decode()
    assert "Oak Primary has done it" in done and "Undo" in done
    asked = office.get(reverse("bulletin:item", args=[slug, one.pk])).content.decode()
    assert "1 of 2 schools have answered" in asked
    assert "10 minutes" in office.get(reverse("bulletin:minutes", args=[slug])).content.decode()


def test_the_day_by_which_something_is_wanted_is_sent_to_diaries_and_taken_out_when_it_is_done(place: Place) -> None:
    ann, day = Person.objects.get(pk=place.head.person), {"by": SYSTEM}
    item = make.request(place.partnership, place.manager)
    make.sent(place.partnership)
    with clock.at(clock.start_of(THURSDAY, 9)):
        assert send_dates(person=ann, **day) == 1
        actions.answer_request(item=item, school=place.oak, by=place.head)
        assert send_dates(person=ann, **day) == 1
    entry, over = Notice.objects.filter(kind__startswith="diary.").order_by("written_at")
    assert entry.subject == "By this day: Data for the census, Thursday 31 March 2022"
    assert over.subject == f"Done: {entry.subject}" and "METHOD:CANCEL" in over.calendar
    assert not Notice.objects.filter(kind__startswith="diary.").exclude(person=ann.pk).exists()
