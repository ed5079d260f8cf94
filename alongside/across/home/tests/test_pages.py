"""Pages across apps, as different people see them."""

import csv
import io
import re
from datetime import date, timedelta
from itertools import groupby

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse

from alongside.across.home.queries import ways
from alongside.across.home.queries.calendars import MOST_TOLD, telling_of
from alongside.across.home.queries.finding import found_for, pages_matching
from alongside.across.home.queries.needs_and_dates import MOST_DATES, dates_of, needs_of
from alongside.across.home.rules.calendar import Dated
from alongside.across.home.rules.feeds import AHEAD, BACK
from alongside.across.home.rules.search import MEANT
from alongside.ground.core import clock
from alongside.ground.core.declaration import Door
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.words import plural
from alongside.ground.web import declared
from alongside.members.calendar.models import BankHoliday
from alongside.members.membership.actions.asking import add_members
from alongside.members.partnerships.middleware import Frame
from alongside.members.partnerships.rules import Template
from alongside.members.partnerships.tests.make import partnership
from alongside.members.people.models import Person
from alongside.members.people.queries import schools as schools_of_people
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import person as named, role
from alongside.members.schools.tests import make as schools
from alongside.money.invoices.models.invoices import Invoice
from tests.audiences import Relation
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


def test_a_head_sees_what_needs_them_and_no_office_page(client, world):
    page = opened(client, world.person(Relation.HEAD), f"/p/{world.partnership.slug}/overview/")
    assert world.school.name in page and "Needs you" in page and "Freeze the roll" not in page
    assert world.alder.second.name not in page


def needs(world: World, relation: Relation) -> list[tuple[str, str]]:
    return [(need.when, need.words) for need in needs_of(viewer=standing_of(world.person(relation)))]


def test_a_school_that_said_yes_subject_to_its_governors_is_asked_to_sign(world):
    head = world.alder.standing("second_asked head")
    (need,) = [one for one in needs_of(world.partnership, viewer=head) if "Sign" in one.words]
    assert (need.when, need.due_on) == ("Soon", date(2022, 3, 16))
    assert need.href == f"/p/{world.partnership.slug}/membership/answer/{world.alder.second_asked.urn}/"


def test_nobody_is_asked_for_what_another_does(world):
    assert not [words for _, words in needs(world, Relation.BUSINESS_MANAGER) if "Sign" in words or "Answer the" in words]
    for outsider in (Relation.WITHOUT_ROLE, Relation.ENDED, Relation.COMING):
        assert needs(world, outsider) == []
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


# the way about


def places() -> list[tuple[str, str, str]]:
    """(door, name, page) of every place of a partnership."""
    return [(door.label, place.label, place.page) for door in Door for place in declared.places(door)]


@pytest.mark.parametrize(("door", "label", "name"), places())
def test_a_place_is_called_as_its_page_and_leads_back_to_its_door(client, world, door, label, name):
    page = opened(client, world.person(Relation.MANAGER), reverse(name, args=[world.partnership.slug]))
    heading = page[page.index('<div class="al-heading">') : page.index("</h1>")]
    assert label.lower() in heading.lower()
    back = re.search(r'class="govuk-back-link" href="[^"]*">([^<]+)<', page)
    assert name == "home:overview" or (back and back[1] == door)


def test_a_card_says_what_stands_there_with_the_figures_of_its_page(client, world):
    manager = world.person(Relation.MANAGER)
    differ, said = {}, 0
    for door in Door:
        for card in ways.door_page(door, world.partnership, viewer=standing_of(manager)):
            page = opened(client, manager, card.href)
            figures = set(re.findall(r"\d[\d,./]*\d|\d", card.stands))
            assert card.stands, f"{card.label} is silent"
            said += len(figures)
            if missing := figures - set(re.findall(r"\d[\d,./]*\d|\d", page)):
                differ[card.label] = (card.stands, missing)
    differ.pop("People", None)  # its page shows them by name, and gives them as a file
    people = schools_of_people.people_stand(partnership=world.partnership, viewer=standing_of(manager))
    contacts = opened_file(client, manager, reverse("people:contacts", args=[world.partnership.slug]))
    assert people == f"{len({row['Name'] for row in contacts})} people in {len({row['URN'] for row in contacts})} schools"
    assert not differ and said > 12


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("budgets", "Budget"),
        ("term dates", "Term dates, half-terms and INSET days"),
        ("aged debt", "Aged debt"),
        ("take out", "Take out all data"),
        ("holidays", "School year"),
        ("bill", "Fees"),
        ("staff", "People"),
        ("DSL", "People"),
        ("contacts", "People"),
        ("password", "How you sign in"),
        ("passkey", "How you sign in"),
        ("sign-in", "How you sign in"),
        ("login", "How you sign in"),
        ("log in", "How you sign in"),
        ("security", "How you sign in"),
        ("two factor", "How you sign in"),
        ("my account", "Your name, telephone and roles"),
        ("calendar link", "Your dates in your own calendar"),
        ("safeguarding", "People"),
        ("messages to you", "Messages to you"),
        ("what is kept of me", "What is kept of you"),
        ("what is kept of nobody", None),
        ("who owes", "Aged debt"),
        ("how do I remind the schools", "Remind schools that have not answered"),
        ("minutes", "Board decisions about money"),
        ("the agreement", "Papers"),
        ("a contract", "Prospectus"),
    ],
)
def test_a_page_is_found_by_its_name_or_another_word_for_it_and_once(world, words, first):
    hits = pages_matching(words, Frame(world.partnership.pk, world.partnership.slug, ""), viewer=world.alder.standing("manager"))
    assert (hits[0].title if hits else None) == first and len({hit.href for hit in hits}) == len(hits)


def test_ones_own_pages_are_found_also_without_a_partnership_and_every_page_found_opens(client, world):
    enter(client, world.nobody)
    for page in declared.own_pages():
        hit = next(hit for hit in pages_matching(page.label, None, viewer=standing_of(world.nobody)) if hit.title == page.label)
        assert client.get(hit.href).status_code == 200
    assert not pages_matching("budget", None, viewer=standing_of(world.nobody))


def test_every_other_word_for_a_page_leads_to_one_and_not_to_what_is_beside_it(world):
    frame = Frame(world.partnership.pk, world.partnership.slug, "")
    found = {word: [hit.title for hit in pages_matching(word, frame, viewer=world.alder.standing("manager"))] for word in MEANT}
    assert not [word for word, titles in found.items() if not titles]
    assert found["holiday"] == ["School year"], "what else is done in a place has other names"


# search


def found(world: World, relation: Relation, words: str) -> dict[str, list[str]]:
    who = standing_of(world.person(relation))
    return {name: [hit.title for hit in hits] for name, hits in found_for(words, viewer=who).groups.items()}


def test_a_school_is_found_also_with_a_slip(world):
    assert found(world, Relation.HEAD, "alder vale")["Schools"] == [world.school.name]
    assert "Alder Brook School" in found(world, Relation.HEAD, "aldr brok")["Schools"]


def test_an_office_finds_people_invoices_questions_and_messages(world):
    number = world.things["invoice"].reference
    assert found(world, Relation.MANAGER, number.lower())["Invoices"] == [number]
    assert found(world, Relation.MANAGER, "headteacher vale")["People"] == ["Alder Vale School Headteacher"]
    assert len(found(world, Relation.MANAGER, "open question")["Questions and answers"]) == 1
    assert found(world, Relation.MANAGER, "join")["Messages sent"]


def test_names_that_begin_with_the_words_come_first_however_many_there_are(world):
    """Nine people whose second name is Zed must not hide the one whose first name it is; and so with schools."""
    for number in range(12):
        role(Post.FINANCE, world.partnership, named(f"Ann{number:02} Zed"))
        schools.school(f"Ann{number:02} Vale", urn=990_700 + number, town="Zedford")
    role(Post.FINANCE, world.partnership, named("Zed Young"))
    schools.school("Zed’s Hill School", urn=990_720, town="Anford")
    schools.school("The Zedland School", urn=990_721, town="Anford")
    assert found(world, Relation.MANAGER, "zed")["People"][:2] == ["Zed Young", "Ann00 Zed"]
    assert found(world, Relation.MANAGER, "zed")["Schools"][:3] == ["Zed’s Hill School", "The Zedland School", "Ann00 Vale"]
    assert found(world, Relation.MANAGER, "zeds hill")["Schools"][:1] == ["Zed’s Hill School"]


def test_a_search_finds_nothing_that_one_may_not_see(world):
    for words in ("zephyr", "Alder", world.things["invoice"].reference, "open question", "Alder Vale School head"):
        for relation in (Relation.HEAD_ELSEWHERE, Relation.MANAGER_ELSEWHERE, Relation.WITHOUT_ROLE, Relation.ENDED):
            groups = found(world, relation, words)
            assert not [title for name, titles in groups.items() if name != "Schools" for title in titles if "Alder" in title]
    assert "Invoices" not in found(world, Relation.HEAD_OF_MEMBER, world.things["invoice"].reference)


@pytest.mark.parametrize("words", ["", " ", "a", "'", "%", '"; DROP TABLE', "<script>", "x" * 5_000, "\u0000", "- -"])
def test_any_words_may_be_searched_for(client, world, words):
    answer = enter(client, world.person(Relation.MANAGER)).get("/search/", {"q": words})
    assert answer.status_code == 200


def test_every_hit_opens(client, world):
    frame = Frame(world.partnership.pk, world.partnership.slug, world.partnership.name)
    for relation in (Relation.MANAGER, Relation.HEAD):
        who = standing_of(world.person(relation))
        enter(client, world.person(relation))
        all_words = ("Alder", "question", "head", "invoice", world.things["invoice"].reference)
        found_here = [found_for(words, frame, viewer=who).groups.values() for words in all_words]
        for address in {hit.href for groups in found_here for hits in groups for hit in hits}:
            assert address and client.get(address).status_code == 200, (relation, address)


def page_at(address: str) -> str:
    return resolve(address).view_name


def test_what_needs_somebody_and_what_is_dated_opens_for_whom_it_stands(client, world):
    """Of each kind of page the first and the last that stand there, once for each kind of person."""
    seen = set()
    for who in filter(None, map(world.person, Relation)):
        enter(client, who)
        standing = standing_of(who)
        dated = [line.thing for line in telling_of(viewer=standing).entries if line.thing]
        addresses = {one.href for one in [*needs_of(viewer=standing), *dated] if one.href}
        posts = frozenset(role.post for role in standing.roles)
        for kind, alike in groupby(sorted(addresses, key=page_at), key=page_at):
            first, *others = alike
            for address in [first, *others[-1:]] if (posts, kind) not in seen else []:
                assert client.get(address).status_code in {200, 302}, (who.name, address)
            seen.add((posts, kind))
    assert len(seen) > 20


# how often the database is asked


def test_the_pages_ask_twelve_times_at_most_however_many_rows(client, world):
    both = person("Two offices", Post.MANAGER, partnership=world.partnership)
    both.roles.create(post=Post.MANAGER, partnership=world.birch.partnership, from_on="2021-09-01")
    enter(client, both)

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
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
