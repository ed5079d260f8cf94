import re
from typing import Any

import pytest
from django.test import Client

from alongside.members.schools.models import Group, Succession
from alongside.members.schools.queries import lists, schools
from alongside.members.schools.tests.make import SYSTEM, imported, line, school

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def listed(text: str) -> list[str]:
    return re.findall(r'<td class="govuk-table__cell"><a href="/schools/\d+/">(.*?)</a>', text)


@pytest.fixture
def register() -> None:
    imported(
        line(100001, "Alder School", Town="Alder"),
        line(
            100002, "Birch Academy", **{"PhaseOfEducation (name)": "Secondary", "TypeOfEstablishment (name)": "Academy converter"}
        ),
        line(100003, "Cedar School", **{"EstablishmentStatus (name)": "Closed"}),
        line(
            100004,
            "Damson School",
            **{"LA (code)": "991", "LA (name)": "Birchshire", "EstablishmentStatus (name)": "Open, but proposed to close"},
        ),
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Alder School", "Birch Academy", "Damson School"]),
        ("state=all", ["Alder School", "Birch Academy", "Cedar School", "Damson School"]),
        ("state=closed", ["Cedar School"]),
        ("state=closing", ["Damson School"]),
        ("la=991", ["Damson School"]),
        ("phase=Secondary", ["Birch Academy"]),
        ("family=academies", ["Birch Academy"]),
        ("q=birch", ["Birch Academy", "Damson School"]),
        ("q=brich", ["Birch Academy"]),
        ("q=100001", ["Alder School"]),
        ("q=zz11aa&phase=Secondary", ["Birch Academy"]),
        ("q=zz11zz", ["Alder School", "Birch Academy", "Damson School"]),
        ("q=zz21zz", []),
        ("q=school&sort=-name", ["Damson School", "Alder School"]),
        ("la=nonsense&phase=x&family=y&state=z&trust=q&page=999&sort=hex", ["Alder School", "Birch Academy", "Damson School"]),
    ],
)
@pytest.mark.usefixtures("register")
def test_the_list_shows_what_the_address_asks_for(client: Client, query: str, names: list[str]) -> None:
    assert listed(page(client, f"/schools/?{query}")) == names


@pytest.mark.usefixtures("register")
def test_a_forgiven_slip_is_told(client: Client) -> None:
    assert "Shown instead: <strong>birch</strong>" in page(client, "/schools/?q=brich")


@pytest.mark.usefixtures("register")
def test_a_list_with_nothing_in_it_says_what_to_try(client: Client) -> None:
    assert "No school found" in page(client, "/schools/?q=xyzzyq")


def test_an_empty_register_has_pages(client: Client) -> None:
    for address in ("/schools/", "/schools/?q=x", "/schools/map/", "/schools/map/?la=312"):
        page(client, address)


@pytest.mark.usefixtures("register")
def test_invented_schools_never_stand_beside_real_ones(client: Client) -> None:
    school("Elm Grove School")
    assert "Elm Grove" not in page(client, "/schools/?q=school&state=all")
    assert listed(page(client, "/schools/?invented=1")) == ["Elm Grove School"]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; DROP TABLE", "\x00", "%00", "é" * 400, '"', "*"])
@pytest.mark.usefixtures("register")
def test_whatever_is_typed_the_page_stands(client: Client, text: str) -> None:
    assert "<script>alert" not in client.get("/schools/", {"q": text}).content.decode()


@pytest.mark.usefixtures("register")
def test_the_map_has_its_table(client: Client) -> None:
    text = page(client, "/schools/map/?la=990")
    assert text.count("<circle") - text.count('<circle cx="1') <= 5
    assert "2 open schools" in text
    assert "Show the map as a table" in text


def test_a_trust_has_a_page_and_an_unknown_one_has_none(client: Client) -> None:
    Group.objects.create(uid=900501, name="Elm Tree Trust", kind="Multi-academy trust", is_invented=True)
    school("Elm Grove School", trust_uid=900501, trust_name="Elm Tree Trust")
    assert listed(page(client, "/schools/trust/900501/")) == ["Elm Grove School"]
    assert client.get("/schools/trust/900777/").status_code == 404
    assert client.get("/schools/trust/99999999999999/").status_code == 404


def test_mergers_are_for_people_who_sign_in(client: Client) -> None:
    assert client.get("/schools/successions/").status_code == 302


@pytest.mark.usefixtures("register")
def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):
        page(client, "/schools/?q=school")
    imported(*(line(n, f"School {n}") for n in range(110000, 110200)))
    with django_assert_max_num_queries(6):
        page(client, "/schools/?q=school")


def test_a_school_called_so_comes_before_one_whose_street_or_town_is(client):
    school("Ash Bank School", town="Swakeham")
    school("Swakeham High School", town="Elthorne")
    assert listed(page(client, "/schools/?q=swakeham&invented=1")) == ["Swakeham High School", "Ash Bank School"]


CLOSED = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2021"}


def test_a_closed_school_says_since_when_what_it_was_and_what_followed(client: Client) -> None:
    imported(
        line(100010, "Ash Infant School", OpenDate="01-09-1952", **CLOSED),
        line(100011, "Ash Junior School", **CLOSED),
        line(100012, "Ash Primary School"),
        line(100013, "Beech School", **CLOSED | {"CloseDate": ""}),
        line(100014, "Cedar Free School", **{"EstablishmentStatus (name)": "Proposed to open"}),
    )
    merged = "Merged - change in age range"
    for one, then in ((100010, 100012), (100010, 100011), (100010, 199999)):
        Succession.objects.create(predecessor_urn=one, successor_urn=then, kind=merged)
    assert "Closed 31 August 2021" in page(client, "/schools/?state=closed")
    ash = " ".join(page(client, "/schools/100010/").split())
    assert "closed since 31 August 2021. What it was: Community school, opened on 1 September 1952." in ash
    assert '<a class="govuk-link" href="/schools/100012/">Ash Primary School</a><span class="al-under">URN 100012</span>' in ash
    assert "URN 100011, Closed 31 August 2021" in ash and "URN 199999, which the extracts" in ash
    beech, cedar, primary = (page(client, f"/schools/{urn}/") for urn in (100013, 100014, 100012))
    assert "does not say since when" in beech and "names no school that followed it" in beech
    assert "proposed to open" in cedar and "followed" not in cedar and "closed" not in cedar
    assert "govuk-inset-text" not in primary


def test_no_authority_outside_england_is_offered(client: Client) -> None:
    places = {"312": "Hillingdon", "660": "Isle of Anglesey", "702": "BFPO Overseas", "000": "Does not apply", "420": "Scilly"}
    imported(*(line(100020 + n, f"School {n}", **{"LA (code)": c, "LA (name)": p}) for n, (c, p) in enumerate(places.items())))
    wanted = [("312", "Hillingdon"), ("420", "Scilly")]
    assert lists.authorities(viewer=SYSTEM) == wanted
    assert [one[:2] for one in schools.local_authorities(viewer=SYSTEM)] == wanted
    text = page(client, "/schools/")
    assert "Hillingdon</option>" in text and "Anglesey</option>" not in text and "Not applicable</option>" not in text
    assert "School 1" in page(client, "/schools/?q=anglesey"), "who looks for a school there finds it"
