"""Pages across apps, as different people see them."""

import csv
import io
from datetime import date, timedelta
from itertools import groupby

import pytest
from django.test import Client
from django.urls import resolve

from alongside.across.home.queries.calendars import MOST_TOLD, telling_of
from alongside.across.home.queries.needs_and_dates import needs_of
from alongside.across.home.queries.overview import office_page
from alongside.across.home.rules.feeds import AHEAD, BACK
from alongside.deciding.bodies.tests.make import Board
from alongside.ground.core import clock
from alongside.ground.core.dated import Dated
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.words import plural
from alongside.members.calendar.models import BankHoliday
from alongside.members.diary.queries import MOST_DATES, dates_of
from alongside.members.membership.actions.asking import add_members
from alongside.members.membership.rules.dates import MembershipSettings
from alongside.members.partnerships.actions import change_settings
from alongside.members.partnerships.permissions import may_run_partnership
from alongside.members.partnerships.queries import mark_now
from alongside.members.partnerships.rules import Template
from alongside.members.partnerships.tests.make import partnership
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import Establishment
from alongside.money.invoices.models.invoices import Invoice
from tests.audiences import Relation
from tests.questions import questions
from tests.signing_in import enter
from tests.world import TODAY, World, grow, person

pytestmark = pytest.mark.django_db


def opened(client: Client, who: Person, address: str) -> str:
    answer = enter(client, who).get(address)
    assert answer.status_code == 200, (answer.status_code, answer.headers)
    return answer.content.decode()


def opened_file(client: Client, who: Person, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file by their headings."""
    text = enter(client, who).get(address).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


# what needs somebody


def test_an_office_sees_what_needs_it(client, world):
    page = opened(client, world.person(Relation.MANAGER), f"/p/{world.partnership.slug}/overview/")
    assert "Answer a question from Alder Brook School" in page and "Freeze the roll of members" in page
    assert "What comes next" in page and "Membership" in page
    count = Invoice.objects.filter(partnership=world.partnership).count()
    assert f"asked for in {plural(count, 'invoice')}" in page, "a school that has two invoices is one school"


def test_the_list_of_steps_stays_until_each_is_done_or_set_aside(client, world):
    manager, slug = world.person(Relation.MANAGER), world.partnership.slug
    overview, aside = f"/p/{slug}/overview/", f"/p/{slug}/overview/set-aside/"

    def left() -> list[str]:
        tasks = office_page(world.partnership, viewer=standing_of(manager)).tasks
        return [one.key for one in tasks if one.status not in ("Done", "Set aside")]

    open_steps = left()
    assert open_steps, "in this house something of setting up is left"
    for step in open_steps:
        assert "Setting up" in opened(client, manager, overview)
        done = client.post(aside, {"step": step, "aside": "yes"}, follow=True).content.decode()
        assert "is set aside" in done
    page = opened(client, manager, overview)
    assert left() == [] and "Setting up" not in page and "How it is set up" in page and "(set aside)" in page
    settings = opened(client, manager, f"/p/{slug}/settings/")
    assert "Steps of setting up that are set aside" in settings and ", ".join(sorted(open_steps)) in settings
    assert client.post(aside, {"step": "nonsense", "aside": "yes"}).status_code == 409
    client.post(aside, {"step": open_steps[0], "aside": "no"})
    assert left() == open_steps[:1] and "Setting up" in opened(client, manager, overview)
    assert enter(client, world.person(Relation.FINANCE)).post(aside, {"step": open_steps[0], "aside": "yes"}).status_code == 403


def test_a_head_sees_what_needs_them_and_no_office_page(client, world):
    page = opened(client, world.person(Relation.HEAD), f"/p/{world.partnership.slug}/overview/")
    assert world.school.name in page and "Needs you" in page and "Freeze the roll" not in page
    assert world.alder.second.name not in page


def needs(world: World, relation: Relation) -> list[tuple[str, str]]:
    return [(need.when.label, need.words) for need in needs_of(viewer=standing_of(world.person(relation)))]


def test_a_school_that_said_yes_subject_to_its_governors_is_asked_to_sign(world):
    head = world.alder.standing("second_asked head")
    (need,) = [one for one in needs_of(world.partnership, viewer=head) if "Sign" in one.words]
    assert (need.when.label, need.due_on) == ("Soon", date(2022, 3, 16))
    assert need.href == f"/p/{world.partnership.slug}/membership/answer/{world.alder.second_asked.urn}/"


def test_nobody_is_asked_for_what_another_does(world):
    assert not [words for _, words in needs(world, Relation.BUSINESS_MANAGER) if "Sign" in words or "Answer the" in words]
    for outsider in (Relation.WITHOUT_ROLE, Relation.ENDED, Relation.COMING):
        assert [words for _, words in needs(world, outsider) if words != "Read a new message"] == []
    assert not [words for _, words in needs(world, Relation.MANAGER_ELSEWHERE) if "Alder" in words]


def test_in_one_partnership_only_its_own_needs_stand(world):
    both = Person.objects.create(name="Two offices", email="two@offices.example")
    for one in (world.partnership, world.birch.partnership):
        both.roles.create(post=Post.MANAGER, partnership=one, from_on="2021-09-01")
    who = standing_of(both)
    everywhere, here = needs_of(viewer=who), needs_of(world.partnership, viewer=who)
    alder, birch = "Alder Learning Partnership", "Birch Learning Partnership"
    assert {need.partnership for need in everywhere} - {""} == {alder, birch}
    assert {need.partnership for need in here} - {""} == {alder}
    assert [need.words for need in here if need.partnership] == [need.words for need in everywhere if need.partnership == alder]


# one's own page


def test_whoever_has_one_partnership_goes_straight_to_it(client, world):
    answer = enter(client, world.person(Relation.MANAGER)).get("/me/")
    assert answer.headers["Location"] == f"/p/{world.partnership.slug}/overview/"


def test_whoever_has_two_partnerships_sees_both_and_what_each_needs(client, world):
    both = person("Two offices", Post.MANAGER, partnership=world.partnership)
    both.roles.create(post=Post.MANAGER, partnership=world.birch.partnership, from_on="2021-09-01")
    page = opened(client, both, "/me/")
    assert "Answer a question from Alder Brook School" in page and "Answer a question from Birch Brook School" in page


def test_a_leaver_sees_their_own_record_and_nothing_else(client, world):
    page = opened(client, world.person(Relation.ENDED), "/me/")
    assert "Thank you for what you did" in page and "Headteacher, Alder Vale School" in page
    assert "Needs you" not in page and world.partnership.name not in page
    assert enter(client, world.person(Relation.ENDED)).get(f"/p/{world.partnership.slug}/overview/").status_code == 404


def test_whoever_begins_soon_and_whoever_never_held_a_role_are_told_so_kindly(client, world):
    assert "Your role begins soon" in opened(client, world.person(Relation.COMING), "/me/")
    assert "No role yet" in opened(Client(), world.nobody, "/me/")


def test_settings_lead_to_everything_that_is_ones_own(client, world):
    page = opened(client, world.person(Relation.HEAD), "/me/settings/")
    assert all(f'href="{address}"' in page for address in ("/me/account/", "/me/calendar/feed/", "/me/data/"))


# the year and the calendar


def test_the_year_shows_each_month_and_other_years(client, world):
    address = f"/p/{world.partnership.slug}/year/"
    page = opened(client, world.person(Relation.HEAD), address)
    assert "The year 2021/22" in page and "Support for schools begins" not in page
    assert "Support for schools begins" in opened(client, world.person(Relation.HEAD), f"{address}?year=2022-23")
    assert "The year 2021/22" in opened(client, world.person(Relation.HEAD), f"{address}?year=2022-25")


@pytest.mark.parametrize("query", ["", "?month=2022-03", "?show=month", "?month=x&of=<b>&show=month", "?month=2199-12"])
def test_a_calendar_opens_at_any_month(client, world, query):
    assert "Your calendar" in opened(client, world.person(Relation.HEAD), f"/me/calendar/{query}")


def test_a_calendar_holds_all_partnerships_or_one(client, world):
    both = person("Two offices", Post.MANAGER, partnership=world.partnership)
    both.roles.create(post=Post.MANAGER, partnership=world.birch.partnership, from_on="2021-09-01")
    page = opened(client, both, "/me/calendar/?month=2022-03")
    assert "Alder Wood School decides" in page and "Birch Wood School decides" in page
    one = opened(client, both, f"/me/calendar/?month=2022-03&of={world.partnership.slug}")
    assert "Alder Wood School decides" in one and "Birch Wood School decides" not in one


def test_whoever_has_no_dates_is_told_what_will_stand_there(client, world):
    assert "Nothing is dated in this month" in opened(client, world.nobody, "/me/calendar/")


def dates_in_reach(who: Standing) -> list[Dated]:
    """What is dated of all that a calendar is told of; asked as it is for a feed, so that the question is built once."""
    return dates_of(TODAY - BACK, TODAY + AHEAD, viewer=who, most=MOST_TOLD).rows


def test_nobody_sees_the_dates_of_a_partnership_that_is_not_theirs(world):
    for relation in (Relation.WITHOUT_ROLE, Relation.ENDED, Relation.HEAD_ELSEWHERE, Relation.MANAGER_ELSEWHERE):
        found = dates_in_reach(standing_of(world.person(relation)))
        assert not [one for one in found if "Alder" in one.partnership + one.words], relation
    assert not dates_in_reach(Standing())


def test_more_dates_than_a_page_holds_are_cut_and_said_to_be(client, world):
    days = [date(1901, 1, 1) + timedelta(days=number) for number in range(MOST_DATES + 500)]
    BankHoliday.objects.bulk_create(
        BankHoliday(nation="england-and-wales", day=day, title=f"Day {number}") for number, day in enumerate(days)
    )
    found = dates_of(date(1901, 1, 1), date(1999, 1, 1), viewer=standing_of(world.person(Relation.HEAD)))
    assert len(found.rows) == MOST_DATES and found.more
    assert [one.first_on for one in found.rows] == days[:MOST_DATES]
    few = dates_of(date(1901, 1, 1), date(1901, 1, 31), viewer=standing_of(world.person(Relation.HEAD)))
    assert len(few.rows) == 31 and not few.more


def kind_at(address: str) -> str:
    return resolve(address.partition("?")[0]).view_name


@pytest.mark.slow
def test_what_needs_somebody_and_what_is_dated_opens_for_whom_it_stands(client, world):
    """Of each kind of page the first and the last that stand there, once for each kind of person."""
    seen = set()
    for who in filter(None, map(world.person, Relation)):
        enter(client, who)
        standing = standing_of(who)
        dated = [line.thing for line in telling_of(viewer=standing).entries if line.thing]
        addresses = {one.href for one in [*needs_of(viewer=standing), *dated] if one.href}
        posts = frozenset(role.post for role in standing.roles)
        for kind, alike in groupby(sorted(addresses, key=kind_at), key=kind_at):
            first, *others = alike
            for address in [first, *others[-1:]] if (posts, kind) not in seen else []:
                assert client.get(address).status_code in {200, 302}, (who.name, address)
            seen.add((posts, kind))
    assert len(seen) > 20


# how often the database is asked


@pytest.mark.slow
def test_the_pages_ask_twelve_times_at_most_however_many_rows(client, world):
    both = person("Two offices", Post.MANAGER, partnership=world.partnership)
    both.roles.create(post=Post.MANAGER, partnership=world.birch.partnership, from_on="2021-09-01")
    enter(client, both)

    def count(address: str) -> int:
        with questions() as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    addresses = ("/me/", "/me/calendar/", "/search/?q=alder", "/me/settings/", "/me/data/")
    few = {address: count(address) for address in addresses}
    grow(world, 4)
    assert not {address: number for address, number in few.items() if number > 12 or count(address) > max(number, 1)}


# schools, and whose page they are


def test_a_schools_page_shows_partnerships_only_to_those_who_may_know(client, world):
    address = f"/schools/{world.school.urn}/"
    assert world.partnership.name not in client.get(address).content.decode()
    assert world.partnership.name not in opened(client, world.person(Relation.HEAD_ELSEWHERE), address)
    page = opened(client, world.person(Relation.HEAD), address)
    assert world.partnership.name in page and "Take out all data of the school" in page
    assert "Take out" not in opened(Client(), world.person(Relation.BUSINESS_MANAGER), address)


@pytest.mark.parametrize("urn", [0, 999999999999999, 123456])
def test_a_urn_that_nobody_has_is_not_found(client, urn):
    assert client.get(f"/schools/{urn}/").status_code == 404


def test_a_trust_begins_with_its_academies_and_without_dates_of_a_sign_up(client, world):
    trust = partnership(name="River Trust", template=Template.TRUST)
    with clock.at(clock.start_of(TODAY, 12)):
        add_members(partnership=trust, schools=[world.school], by=Standing.system())
    page = opened(client, person("River office", Post.MANAGER, partnership=trust), f"/p/{trust.slug}/overview/")
    assert "1 school on the list" in page and "The schools that belong" in page
    assert "Discussion of the proposals" not in page


def test_a_trust_that_asks_nobody_by_prospectus_has_no_places_for_it(client, world):
    trust = partnership(name="River Trust", template=Template.TRUST)
    office = person("River office", Post.MANAGER, partnership=trust)
    doors = f"/p/{trust.slug}/schools-and-people/", f"/p/{trust.slug}/office/"
    cards = {"Invite schools", "Questions", "The roll", "Prospectus"}
    assert not {one for one in cards for door in doors if f">{one}<" in opened(client, office, door)}
    settings, version = MembershipSettings(has_prospectus=True), mark_now(trust, MembershipSettings)
    change_settings(partnership=trust, settings=settings, version=version, may=may_run_partnership, by=Standing.system())
    assert {one for one in cards for door in doors if f">{one}<" in opened(client, office, door)} == cards


def test_what_is_invented_does_not_carry_the_departments_name(client, world):
    Establishment.objects.filter(urn=world.school.urn).update(is_invented=True)
    page = opened(client, world.person(Relation.HEAD), f"/schools/{world.school.urn}/")
    assert "no register holds this school" in page and "Get Information about Schools, Department" not in page


@pytest.mark.on(2022, 3, 21)
def test_who_sits_on_a_board_and_works_in_no_school_is_led_to_it_and_asked_for_no_school(client: Client) -> None:
    board = Board()
    board.sits("Independent chair", "Rajesh Mensah", email="rajesh@elsewhere.example")
    chair = Person.objects.get(name="Rajesh Mensah")
    page = opened(client, chair, f"/p/{board.partnership.slug}/overview/")
    assert "Where you sit" in page and "Meetings: agendas, papers and minutes" in page
    assert "Your school" not in page and "No invoice yet" not in page
    head = opened(Client(), Person.objects.get(pk=board.heads["Oak"].person), f"/p/{board.partnership.slug}/overview/")
    assert "Where you sit" not in head and "Your school" in head
