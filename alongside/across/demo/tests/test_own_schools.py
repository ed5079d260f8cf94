"""The third door: what somebody types becomes a partnership of real schools, with nothing invented."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from alongside.across.demo.queries.own_schools import SchoolsFound
from alongside.across.demo.rules import MOST_SCHOOLS
from alongside.across.demo.tests import make
from alongside.across.demo.tests.make import ask, real_school, real_trust
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.schools.models import Establishment, Succession

pytestmark = pytest.mark.django_db
PAGE = "/demo/your-schools/"


def names(found: SchoolsFound) -> list[str]:
    """The schools that are ticked at first."""
    return [school.name for group in found.groups for school, ticked in group.schools if ticked]


@pytest.fixture
def england(db: None) -> None:
    """A few schools in three places."""
    make.england()


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize("typed", ["Hillingdon", "hillingdon", "London Borough of Hillingdon", " Hillingdon  council "])
def test_a_borough_gives_its_open_state_schools_all_ticked(typed):
    found = ask(words=typed)
    assert names(found) == ["Ash Primary School", "Birch High School", "Cedar Primary School", "St Mary's Primary School"]
    assert found.is_sure and found.la_code == "312" and found.area == "Hillingdon"


@pytest.mark.usefixtures("england")
def test_a_borough_that_two_could_be_meant_by_is_asked_back():
    real_school("Elm Primary School", la_code="895", la_name="Cheshire East")
    real_school("Oak Primary School", la_code="896", la_name="Cheshire West and Chester")
    found = ask(words="Cheshire")
    assert [label for label, _, _ in found.choices] == ["Cheshire East", "Cheshire West and Chester"] and not found.groups
    assert names(ask(la="895")) == ["Elm Primary School"]


@pytest.mark.usefixtures("england")
def test_a_trust_gives_its_academies_and_its_name_is_written_as_one_writes_it():
    found = ask(words="River Learning Trust")
    assert names(found) == ["Reed Academy", "Rush Academy"] and found.is_trust and found.area == "The River Learning Trust"


@pytest.mark.usefixtures("england")
def test_a_trust_goes_before_a_school_that_has_its_name():
    trust = real_trust("Harbour Federation", 2_002)
    real_school("Harbour Federation", type="Free schools 16 to 19")
    for name in ("Harbour Academy North", "Harbour Academy South"):
        real_school(name, type="Academy converter", trust_uid=trust.uid, trust_name=trust.name)
    found = ask(words="harbour federation")
    assert names(found) == ["Harbour Academy North", "Harbour Academy South"] and found.is_trust


@pytest.mark.usefixtures("england")
def test_a_borough_written_with_a_slip_is_offered():
    assert ask(words="Hilingdon").area == "Hillingdon"
    assert ask(words="Quxzy").choices == []


@pytest.mark.usefixtures("england")
def test_of_schools_with_one_name_the_one_where_the_others_are_is_meant():
    found = ask(words="Birch High School\nCedar Primary School\nSt Mary's Primary School")
    assert len(names(found)) == 3 and {school.la_name for school, _ in found.groups[0].schools} == {"Hillingdon"}


@pytest.mark.usefixtures("england")
def test_three_schools_of_one_name_are_asked_back_and_an_unknown_name_is_named():
    found = ask(words="Ash Primary School, Reed Academy, Xyzzy Hall")
    assert names(found) == ["Reed Academy"] and found.unknown == ["Xyzzy Hall"] and not found.is_sure
    assert {school.la_name for school, _ in found.groups[1].schools} == {"Bedford", "Hillingdon"}


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize(
    "typed",
    ["Ash Primary School Bedford", "ash primary school, bedford", "Birch High School\nAsh Primary School, Bedford\nReed Academy"],
)
def test_a_name_followed_by_its_town_or_borough_is_the_one_that_is_there(typed):
    found = ask(words=typed)
    assert found.is_sure and "Bedford" in {school.la_name for school, _ in found.groups[0].schools}
    assert names(found) == (
        ["Birch High School", "Ash Primary School", "Reed Academy"] if "\n" in typed else ["Ash Primary School"]
    )


@pytest.mark.usefixtures("england")
@pytest.mark.parametrize(
    ("typed", "found", "asked"),
    [
        (
            "Birch High\nAsh Primary, Bedford\nCedar Primary School",
            ["Ash Primary School", "Birch High School", "Cedar Primary School"],
            [],
        ),
        ("Birch High, Uxbridge\nCedar Primary, Hillingdon", ["Birch High School", "Cedar Primary School"], []),
        (
            "Birch High School, Cedar Primary School\nReed Academy",
            ["Birch High School", "Cedar Primary School", "Reed Academy"],
            [],
        ),
        ("Ash Primary\nReed Academy", ["Reed Academy"], ["2 schools are called “Ash Primary”: which?"]),
        ("Ash Primary School, Reed Academy", ["Reed Academy"], ["2 schools are called “Ash Primary School”: which?"]),
        ("Ash Primary\nBirch High", ["Ash Primary School", "Birch High School"], []),
    ],
)
def test_where_lines_are_used_a_comma_parts_a_name_from_its_town(typed, found, asked):
    matched = ask(words=typed)
    assert sorted(names(matched)) == found and not matched.unknown
    assert [group.title for group in matched.groups[1:]] == asked


@pytest.mark.usefixtures("england")
def test_a_school_is_found_by_its_borough_where_the_town_is_another():
    real_school("Oaklands Primary School", la_code="307", la_name="Ealing", town="London", postcode="W7 2DP")
    real_school("Oaklands Primary School", la_code="884", la_name="Herefordshire", town="Hereford")
    for typed in ("Oaklands Primary School Ealing", "Oaklands Primary School, Ealing", "Oaklands Primary School W7 2DP"):
        assert [school.la_name for school, on in ask(words=typed).groups[0].schools if on] == ["Ealing"], typed
    assert not ask(words="Oaklands Primary School").ticked


@pytest.mark.usefixtures("england")
def test_nothing_is_started_without_a_name_that_was_typed_unless_one_says_so():
    words = "Birch High School, Ash Primary School, Xyzzy Hall"
    real_school("Ash Primary School", town="Ruislip")
    found = ask(words=words)
    form = {"name": "Ours", "template": "learning", "manager_name": "Ann Okoro", "schools": found.ticked}
    page = Client().post(f"{PAGE}?{urlencode({'words': words})}", form).content.decode()
    assert "“Xyzzy Hall” and “Ash Primary School”: put the name right above" in page and not Partnership.objects.exists()
    assert "Start without “Xyzzy Hall” and “Ash Primary School”" in page
    Client().post(f"{PAGE}?{urlencode({'words': words})}", {**form, "without": "on"})
    assert Membership.objects.count() == 1


def test_a_postcode_gives_the_schools_around_it_nearest_first():
    real_school("Near School", postcode="UB8 1UW", easting=505_500, northing=184_000)
    real_school("Nearer School", postcode="UB8 1UX", easting=505_510, northing=184_000)
    real_school("Far School", postcode="YO1 1AA", easting=460_000, northing=452_000)
    assert names(ask(words="ub8 1uw")) == ["Near School", "Nearer School"]
    assert "No open state school" in ask(words="ZZ9 9ZZ").problem


@pytest.mark.parametrize(
    "typed", ["qqqq", ", ,", "%", "'; drop table", "<script>alert(1)</script>", "A" * 3000, "ℵ₀ 学校", "Hogwarts, Narnia"]
)
@pytest.mark.usefixtures("england")
def test_nonsense_gets_a_kind_message(typed):
    assert ask(words=typed).problem
    page = Client().get(PAGE, {"words": typed})
    assert page.status_code == 200 and "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(
    "chosen", [{"la": "999"}, {"la": "x"}, {"trust": "1"}, {"trust": "zzz"}, {"trust": "9" * 40}, {"la": "312", "phase": "?"}]
)
def test_an_address_with_nonsense_in_it_gets_a_kind_message(chosen):
    assert ask(**chosen).problem and Client().get(PAGE, chosen).status_code == 200


def test_a_county_with_too_many_schools_offers_its_phases():
    real_school("One Primary School", la_code="886", la_name="Kent")
    row = Establishment.objects.get(la_code="886")
    for number in range(MOST_SCHOOLS + 1):
        real_school(f"School {number}", la_code="886", la_name="Kent", phase="Secondary" if number < 10 else row.phase)
    found = ask(words="Kent")
    assert not found.groups and "402 open state schools" in found.problem
    assert [(label, count) for label, count, _, _ in found.narrow] == [("Primary", 392), ("Secondary", 10)]
    assert len(names(ask(la="886", phase="secondary"))) == 10


@pytest.fixture
def hayes(db: None) -> None:
    """A school that closed in 1995, the one that followed it, and one that is to open."""
    closed = {"status": "Closed", "closed_on": date(1995, 8, 31), "is_open": False}
    infants, park = real_school("Hayes Park Infant School", **closed), real_school("Hayes Park School")
    real_school("Hayes Park Free School", status="Proposed to open", is_open=False)
    Succession.objects.create(predecessor_urn=infants.urn, successor_urn=park.urn, kind="Successor")


@pytest.mark.usefixtures("england", "hayes")
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Hayes Park", ""),
        ("hayes park infant school", "Hayes Park Infant School closed in 1995: Hayes Park School followed it."),
        ("Hayes Park Infant School, Uxbridge", "Hayes Park Infant School closed in 1995: Hayes Park School followed it."),
        ("Hayes Park Free School", "Hayes Park Free School is not open (proposed to open)."),
        (
            "Birch High School\nHayes Park Infant School",
            "Hayes Park Infant School closed in 1995: Hayes Park School followed it.",
        ),
    ],
)
def test_a_closed_school_is_never_offered_and_none_is_given_instead_without_a_word(typed, told):
    found = ask(words=typed)
    assert [sentence for several in found.closed.values() for sentence in several] == ([told] if told else [])
    assert all(school.is_open for group in found.groups for school, _ in group.schools)
    assert "Hayes Park School" not in names(found), "a school of another name is never ticked"
    page = Client().get(PAGE, {"words": typed}).content.decode()
    assert told in page and "Nothing in the register" not in page


@pytest.mark.usefixtures("england", "hayes")
def test_a_closed_school_is_left_out_only_when_one_says_so():
    typed = {"words": "Birch High School\nHayes Park Infant School"}
    ticked = ask(**typed).ticked
    words = {"name": "Two of us", "template": "learning", "manager_name": "Ann Okoro", "schools": ticked}
    page = Client().post(f"{PAGE}?{urlencode(typed)}", words).content.decode()
    assert "Start without “Hayes Park Infant School”" in page and not Membership.objects.exists()
    Client().post(f"{PAGE}?{urlencode(typed)}", {**words, "without": "on"})
    assert [one.school.name for one in Membership.objects.all()] == ["Birch High School"]
