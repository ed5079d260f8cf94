"""Searches as heads type them, on a small part of the real register; `python -m bench.finding` does the same on all of it."""

import csv
from importlib import import_module
from pathlib import Path

import pytest

from alongside.ground.core.standing import VISITOR
from alongside.ground.search.models import Entry
from alongside.members.schools import rules
from alongside.members.schools.actions.importing import import_schools
from alongside.members.schools.models import Establishment, Group, School
from alongside.members.schools.queries import schools
from alongside.members.schools.tests.make import SYSTEM, imported, line, school

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FOLDER = Path(__file__).parent / "searches"


def searches() -> list[tuple[str, str]]:
    """What is typed, and the URN of the school meant or the trust's number."""
    with (FOLDER / "searches.csv").open(encoding="utf-8", newline="") as file:
        return [(row["typed"], row["meant"]) for row in csv.DictReader(file)]


def is_meant(one: School, meant: str) -> bool:
    """Whether a school is the one meant, or of the trust meant."""
    return one.trust_uid == int(meant.split()[1]) if meant.startswith("trust") else one.urn == int(meant)


@pytest.fixture
def part_of_england() -> None:
    import_schools(FOLDER / "edubasealldata20231116.csv.gz", by=SYSTEM)


@pytest.mark.usefixtures("part_of_england")
def test_what_heads_type_finds_the_school_they_mean() -> None:
    first, fifth = [], []
    for typed, meant in searches():
        found = [is_meant(one, meant) for one in schools.find_schools(typed, viewer=VISITOR, limit=5)]
        first += [] if found[:1] == [True] else [typed]
        fifth += [] if any(found) else [typed]
    assert len(first) <= 0.07 * len(searches()), first
    assert len(fifth) <= 0.01 * len(searches()), fifth


@pytest.mark.usefixtures("part_of_england")
def test_a_name_as_it_is_written_comes_first() -> None:
    names = {*Establishment.objects.filter(is_current=True).values_list("name", flat=True)}
    others = {name: found for name in names if (found := schools.find_schools(name, viewer=VISITOR)[0].name) != name}
    assert others == {}


@pytest.fixture
def few() -> None:
    imported(
        line(100001, "St Mary's CofE (VA) Junior School", Town="Uxbridge", EstablishmentNumber="3404"),
        line(100002, "The Bishop Winnington-Ingram Church of England Primary School", Town="Ruislip"),
        line(100003, "Botwell House R.C. Primary School", Town="Hayes"),
        line(100004, "King Edward VI Grammar School", Town="Stafford"),
        line(100005, "Hazel Nursery & Infants' School", Town="Hayes"),
        line(100006, "Rowan Pupil Referral Unit", Town="Hayes"),
        line(
            100007, "Co-op Academy Alder", Town="Leeds", **{"Trusts (code)": "77", "Trusts (name)": "THE GROVE ACADEMIES TRUST"}
        ),
        line(100008, "Alder Grove School", Town="Harlow", **{"LA (code)": "881", "LA (name)": "Hertfordshire"}),
        line(100009, "Botwell House Infant School", **{"EstablishmentStatus (name)": "Closed"}),
    )


@pytest.mark.parametrize(
    ("typed", "urn"),
    [
        ("Saint Marys C of E Jnr Sch", 100001),
        ("St. Mary s Church of England Voluntary Aided Juniors", 100001),
        ("st mary ce uxbridge", 100001),
        ("990/3404", 100001),
        ("9903404", 100001),
        ("990 3404", 100001),
        ("100001", 100001),
        ("URN: 100001", 100001),
        ("urn 100001", 100001),
        ("URN100001", 100001),
        ("(School URN no. 100001)", 100001),
        ("DfE number: 990/3404", 100001),
        ("DfE number (LAESTAB) 9903404", 100001),
        ("St Mary's, URN=100001", 100001),
        ("Bishop Winnington Ingram C.E. Pri", 100002),
        ("bishop winningtoningram", 100002),
        ("Bishop Winnington-Ingram Academy", 100002),
        ("Bishop Winington Ingram", 100002),
        ("Botwell House Roman Catholic", 100003),
        ("Botwell House Catholic Infant School", 100003),
        ("King Edward 6th Gram", 100004),
        ("king edward the sixth, stafford", 100004),
        ("Hazel Inf and Nurs", 100005),
        ("The Hazel Infants & Nursery Hayes", 100005),
        ("Rowan PRU", 100006),
        ("coop academy alder", 100007),
        ("Grove MAT", 100007),
        ("Grove Academies Trust", 100007),
        ("Alder Grove Herts", 100008),
        ("Alder Grove School Watford", 100008),
    ],
)
@pytest.mark.usefixtures("few")
def test_each_way_of_writing_finds_it(typed: str, urn: int) -> None:
    assert [one.urn for one in schools.find_schools(typed, viewer=VISITOR)][:1] == [urn]


@pytest.mark.parametrize("typed", ["", "the", "zyxwvu primary school", "of and the", "&", "312/"])
@pytest.mark.usefixtures("few")
def test_what_means_nothing_finds_nothing(typed: str) -> None:
    assert schools.find_schools(typed, viewer=VISITOR) == []


@pytest.mark.usefixtures("few")
def test_a_list_of_names_takes_no_school_of_which_a_word_is_missing() -> None:
    assert schools.schools_named(["Rowan Primary School Leeds", "Botwell House Catholic"], viewer=VISITOR) == {
        "Rowan Primary School Leeds": schools.Meant([], [], []),
        "Botwell House Catholic": schools.Meant([School.objects.get(establishments__urn=100003)], [], []),
    }


@pytest.mark.usefixtures("few")
def test_a_school_that_moves_to_a_trust_or_closes_is_found_so() -> None:
    imported(
        line(100008, "Alder Grove School", **{"Trusts (code)": "78", "Trusts (name)": "Quince Trust"}), name="edubase20250101.csv"
    )
    assert [one.urn for one in schools.find_schools("quince", viewer=VISITOR)] == [100008]
    imported(line(100008, "Alder Grove School", **{"EstablishmentStatus (name)": "Closed"}), name="edubase20250201.csv")
    assert Entry.objects.get(kind="school", key=School.objects.get(current__urn=100008).pk).is_past


@pytest.mark.parametrize(
    ("typed", "urn"),
    [
        ("Northcote Lodge", 100008),
        ("northcote lodge school, harlow", 100008),
        ("Sir John Cass Foundation", 100008),
        ("Broomwood Prep", 100008),
        ("Rowan PRU", 100006),
        ("Rowan Lodge", 100009),
    ],
)
@pytest.mark.usefixtures("few")
def test_a_school_is_found_by_what_it_was_called(typed: str, urn: int) -> None:
    names = "Sir John Cass Foundation School", "Northcote Lodge School", "Broomwood Prep - Boys"
    for year, name in enumerate(names, 2024):
        imported(line(100008, name, Town="Harlow"), name=f"edubase{year}0101.csv")
    imported(line(100009, "Rowan Lodge"), name="edubase20250101.csv")
    imported(line(100009, "Rowan Grange"), name="edubase20260101.csv")
    assert [one.urn for one in schools.find_schools(typed, viewer=VISITOR)][:1] == [urn]


@pytest.mark.usefixtures("few")
def test_who_is_called_so_today_comes_before_who_was() -> None:
    imported(line(100004, "Rowan Grange"), line(100005, "Medlar Lodge"), name="edubase20250101.csv")
    imported(line(100004, "Medlar Lodge"), line(100005, "Quince Lodge"), name="edubase20260101.csv")
    assert [one.urn for one in schools.find_schools("Medlar Lodge", viewer=VISITOR)] == [100004, 100005]


@pytest.mark.usefixtures("few")
def test_an_installation_that_is_there_already_builds_its_index_anew() -> None:
    before = set(Entry.objects.values_list("kind", "key", "name", "text", "is_past"))
    Entry.objects.update(name="", is_past=False)
    import_module("alongside.members.schools.migrations.0003_former_names").index(None, None)
    assert set(Entry.objects.values_list("kind", "key", "name", "text", "is_past")) == before


def test_real_and_invented_schools_are_found_apart() -> None:
    imported(*[line(100_100 + number, f"Medlar Primary School {number}") for number in range(40)])
    mine = school("Medlar Primary School")
    assert schools.find_schools("medlar primary", viewer=VISITOR, invented=True) == [mine]
    assert mine not in schools.find_schools("medlar primary", viewer=VISITOR, limit=100)


def test_a_trust_is_found_by_equal_words_and_through_its_schools() -> None:
    Group.objects.all().delete()
    one = school("Medlar Academy", trust_uid=900_777, trust_name="The Medlar & Quince Multi Academy Trust")
    for typed in ("medlar and quince mat", "Medlar Quince Trust", "medlar & quince multi-academy trust"):
        assert [found.uid for found in schools.trusts_matching(typed, viewer=VISITOR, invented=True)] == [900_777], typed
        assert rules.trusts_called(typed, [one]) == [(900_777, "The Medlar & Quince Multi Academy Trust")], typed
    assert rules.trusts_called("medlar academy", [one]) == []
