"""The way about and search: every place, what stands in it, and by which words it is found."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from alongside.across.home.queries import ways
from alongside.across.home.queries.finding import found_for, pages_matching
from alongside.across.home.rules.search import MEANT
from alongside.ground.core.declaration import Door
from alongside.ground.core.standing import Post, Standing
from alongside.ground.web import declared
from alongside.members.partnerships.middleware import Frame
from alongside.members.people.models import Person
from alongside.members.people.queries import schools as schools_of_people
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import person as named, role
from alongside.members.schools.tests import make as schools
from tests.audiences import Relation
from tests.signing_in import enter
from tests.world import World

pytestmark = pytest.mark.django_db


def opened(client: Client, who: Person, address: str) -> str:
    answer = enter(client, who).get(address)
    assert answer.status_code == 200, (answer.status_code, answer.headers)
    return answer.content.decode()


def opened_file(client: Client, who: Person, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file by their headings."""
    text = enter(client, who).get(address).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


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


@pytest.mark.parametrize(
    ("below", "door"),
    [
        ("invoices/ELP-0001/", Door.OFFICE),
        ("invoices/ELP-0001/query/", Door.OFFICE),
        ("invoices/statement/900001/", Door.OFFICE),
        ("fees/issue/", Door.OFFICE),
        ("bank/0line0000000/", Door.OFFICE),
        ("people/schools/900001/", Door.SCHOOLS),
        ("nowhere/at-all/", None),
    ],
)
def test_a_page_lights_the_tab_of_the_room_that_it_is_in(world, below, door):
    lit = {way.label for way in ways.ways("alder", f"/p/alder/{below}", partnership="x", viewer=Standing.system()) if way.is_here}
    assert lit == ({door.label} if door else set())


def test_a_card_says_what_stands_there_with_the_figures_of_its_page(client, world):
    manager = world.person(Relation.MANAGER)
    differ, said = {}, 0
    for door in Door:
        for card in ways.door_page(door, world.partnership, viewer=standing_of(manager)):
            page = opened(client, manager, card.href)
            # what stands below the tabs, without addresses and keys: one of those holds any figure by chance
            read = re.sub(r"<[^>]*>", " ", page[page.index("</h1>") : page.index("<footer")])
            figures = set(re.findall(r"\d[\d,./]*\d|\d", card.stands))
            assert card.stands, f"{card.label} is silent"
            said += len(figures)
            if missing := figures - set(re.findall(r"\d[\d,./]*\d|\d", read)):
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
        ("DSL", "Find a colleague of another school, their number: DSL, SENDCo, business manager"),
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
        ("minutes", "Meetings"),
        ("the agreement", "What your school signed: its agreement, its answer, withdraw the signature"),
        ("a contract", "Prospectus"),
        ("record a payment", "Record a payment, credit note, refund, waiver or write-off: choose the school"),
        ("credit note", "Record a payment, credit note, refund, waiver or write-off: choose the school"),
        ("add a person", "Invite or add a colleague or person: deputy, business manager, chair of governors"),
    ],
)
def test_a_page_is_found_by_its_name_or_another_word_for_it_and_once(world, words, first):
    hits = pages_matching(words, Frame(world.partnership.pk, world.partnership.slug, ""), viewer=world.alder.standing("manager"))
    assert (hits[0].title if hits else None) == first and len({hit.href for hit in hits}) == len(hits)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("pay", "fees:overview"),
        ("purchase order", "fees:overview"),
        ("bank details", "fees:overview"),
        ("invite a colleague", "people:list"),
        ("business manager", "people:list"),
        ("withdraw", "home:overview"),
        ("what we signed", "home:overview"),
        ("record a payment", None),
    ],
)
def test_a_head_finds_what_a_head_does(world, words, first):
    hits = pages_matching(
        words, Frame(world.partnership.pk, world.partnership.slug, ""), viewer=world.alder.standing("member head")
    )
    assert (hits[0].href if hits else None) == (first and reverse(first, args=[world.partnership.slug]))


def test_an_invoice_is_found_by_its_number_without_its_noughts(world):
    number = world.things["invoice"].reference
    short = number.replace("-", "").replace("0", "").lower()
    assert (number.count("0") > 2, found(world, Relation.MANAGER, short)["Invoices"][0]) == (True, number)


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


def test_a_closed_school_is_found_with_the_day_on_which_it_closed(client, world):
    schools.school("Zelkova School", status="Closed", closed_on=date(2021, 8, 31))
    assert "Closed 31 August 2021, Primary" in opened(client, world.person(Relation.MANAGER), "/search/?q=zelkova")
