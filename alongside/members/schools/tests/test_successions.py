from datetime import date
from typing import Any

import pytest
from django.apps import apps

from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict, Refused
from alongside.members.schools.actions import successions as actions
from alongside.members.schools.models import Establishment, School, Succession
from alongside.members.schools.queries import facts, schools
from alongside.members.schools.rules import SuccessionOutcome
from alongside.members.schools.tests.make import SYSTEM, imported, line, row_hash

pytestmark = pytest.mark.django_db
# What points to schools from above; by name, because schools know nothing of partnerships.
Membership: Any = apps.get_model("partnerships", "Membership")
Partnership: Any = apps.get_model("partnerships", "Partnership")
CLOSED = {"EstablishmentStatus (name)": "Closed"}


def link(urn: int, other: int, kind: str = "Successor") -> dict[str, object]:
    return {"URN": urn, "LinkURN": other, "LinkName": "x", "LinkType": kind, "LinkEstablishedDate": "01-09-2023"}


def both_ways(before: int, after: int, words: str = "") -> list[dict[str, object]]:
    return [link(before, after, f"Successor{words}"), link(after, before, f"Predecessor{words}")]


def school_of(urn: int) -> School:
    found = schools.school_with_urn(urn, viewer=VISITOR)
    assert found is not None
    return found


def partnership_with(*schools: School) -> Any:
    partnership = Partnership.objects.create(slug="alder", name="Alder", template="learning", started_on=date(2022, 1, 1))
    for school in schools:
        Membership.objects.create(partnership=partnership, school=school, kind="member", from_on=date(2022, 1, 1))
    return partnership


def test_an_academy_is_the_school_it_was() -> None:
    imported(line(100001, "Alder School", **CLOSED))
    before = School.objects.get()
    partnership = partnership_with(before)
    imported(line(150001, "Alder Academy"))
    report = imported(*both_ways(100001, 150001))
    assert (report.joined, report.waiting) == (1, 0)
    after = School.objects.get()
    assert (after.pk, after.urn, after.name) == (before.pk, 150001, "Alder Academy")
    assert partnership.memberships.get().school == after
    assert school_of(100001) == school_of(150001) == after
    assert [(row.urn, row.is_current) for row in Establishment.objects.order_by("urn")] == [(100001, False), (150001, True)]
    assert [one.urn for one in schools.find_schools("alder school", viewer=VISITOR)] == [150001], "found by its old name too"


def test_links_that_came_first_work_as_well() -> None:
    imported(*both_ways(100001, 150001))
    imported(line(100001, **CLOSED), line(150001))
    assert School.objects.get().urn == 150001


def test_a_chain_of_successors_is_one_school() -> None:
    imported(line(100001, **CLOSED), line(140001, **CLOSED), line(150001))
    imported(*both_ways(140001, 150001), *both_ways(100001, 140001))
    assert School.objects.get().urn == 150001


def gone(urn: int, name: str, day: str) -> dict[str, object]:
    return line(urn, name, CloseDate=day, **CLOSED)


@pytest.mark.parametrize("links_first", [True, False])
def test_among_closed_ones_the_last_of_the_chain_is_the_school(links_first: bool) -> None:
    rows = gone(107447, "Netherleigh", "08-10-2002"), gone(107446, "Rossefield", "01-09-2010"), gone(107445, "Last", "17-12-2021")
    links = [*both_ways(107447, 107446), *both_ways(107446, 107445)]
    if links_first:
        imported(*links)
    imported(*rows)
    if not links_first:
        imported(*links)
    there = School.objects.get()
    assert (there.urn, there.name, there.not_open) == (107445, "Last", "Closed 2021")
    assert [one.urn for one in schools.find_schools("Netherleigh", viewer=VISITOR)] == [107445]


def test_among_closed_ones_a_person_s_word_is_a_link_of_the_chain() -> None:
    imported(gone(109400, "Redland Junior", "31-08-1995"), gone(109401, "Redland Infant", "31-08-1995"))
    imported(gone(109372, "Redland High", "31-08-2017"))
    imported(*both_ways(109400, 109372, " - merged"), *both_ways(109401, 109372, " - merged"))
    waiting = Succession.objects.get(predecessor_urn=109400)
    actions.decide_succession(succession=waiting.pk, outcome=SuccessionOutcome.SAME, by=SYSTEM)
    assert (school_of(109400).urn, school_of(109401).urn) == (109372, 109401)


def test_the_last_of_the_chain_that_closes_too_stays_the_school() -> None:
    imported(gone(150001, "Alder School", "31-08-2019"), line(140001, "Alder Academy"), name="e20200101.csv")
    imported(*both_ways(150001, 140001))
    assert School.objects.get().urn == 140001
    imported(gone(140001, "Alder Academy", "31-08-2024"), name="e20241001.csv")
    assert School.objects.get().not_open == "Closed 2024"


def test_what_other_parts_point_at_is_kept_also_when_it_is_the_newer_one() -> None:
    imported(line(100001, **CLOSED), line(150001))
    newer = school_of(150001)
    partnership_with(newer)
    imported(*both_ways(100001, 150001))
    assert School.objects.get() == newer


def test_where_both_are_in_use_nothing_is_joined_and_nothing_lost() -> None:
    imported(line(100001, **CLOSED), line(150001))
    partnership_with(school_of(100001), school_of(150001))
    report = imported(*both_ways(100001, 150001))
    assert (report.joined, report.waiting) == (0, 1)
    assert School.objects.count() == Membership.objects.count() == 2
    with pytest.raises(Conflict, match="Both schools"):
        actions.decide_succession(succession=Succession.objects.get().pk, outcome=SuccessionOutcome.SAME, by=SYSTEM)
    Succession.objects.update(successor_urn=150002)
    with pytest.raises(Conflict, match="does not hold both"):
        actions.decide_succession(succession=Succession.objects.get().pk, outcome=SuccessionOutcome.SAME, by=SYSTEM)


@pytest.mark.parametrize("words", [" - merged", " - amalgamated", " - Split School"])
def test_a_merger_or_split_waits_for_a_person(words: str) -> None:
    imported(line(100001, **CLOSED), line(150001))
    report = imported(*both_ways(100001, 150001, words))
    assert (report.joined, report.waiting, School.objects.count()) == (0, 1, 2)


def test_two_predecessors_are_a_merger_whatever_the_links_call_it() -> None:
    imported(line(100001, **CLOSED), line(100002, **CLOSED), line(150001))
    report = imported(*both_ways(100001, 150001), *both_ways(100002, 150001))
    assert (report.joined, report.waiting, School.objects.count()) == (0, 2, 3)


def test_a_person_decides_and_the_others_are_separate() -> None:
    imported(line(100001, **CLOSED), line(100002, **CLOSED), line(150001))
    imported(*both_ways(100001, 150001), *both_ways(100002, 150001))
    kept = school_of(100001)
    partnership = partnership_with(kept)
    office = Standing(person="somebody0001", roles=frozenset({usual(Post.MANAGER, partnership=partnership.pk)}))
    elsewhere = Standing(person="somebody0002", roles=frozenset({usual(Post.MANAGER, partnership="birch")}))
    head = Standing(person="somebody0003", roles=frozenset({usual(Post.HEAD, school=kept.pk)}))
    waiting = Succession.objects.get(predecessor_urn=100001)
    for stranger in (VISITOR, elsewhere, head):
        with pytest.raises(Refused):
            actions.decide_succession(succession=waiting.pk, outcome=SuccessionOutcome.SAME, by=stranger)
    actions.decide_succession(succession=waiting.pk, outcome=SuccessionOutcome.SAME, by=office)
    assert school_of(150001) == kept
    assert School.objects.count() == 2
    assert dict(Succession.objects.values_list("predecessor_urn", "outcome")) == {100001: "same", 100002: "separate"}
    with pytest.raises(Conflict):
        actions.decide_succession(succession=waiting.pk, outcome=SuccessionOutcome.SEPARATE, by=office)


def test_the_office_sees_what_concerns_its_schools_only() -> None:
    imported(line(100001, **CLOSED), line(150001), line(100003, **CLOSED), line(150003))
    imported(*both_ways(100001, 150001, " - merged"), *both_ways(100003, 150003, " - merged"))
    partnership = partnership_with(school_of(100001))
    office = Standing(person="x", roles=frozenset({usual(Post.MANAGER, partnership=partnership.pk)}))
    assert [one.before.urn for one in facts.waiting_successions(viewer=office)] == [100001]
    assert facts.waiting_successions(viewer=VISITOR) == []


def test_a_sixth_form_link_or_a_link_to_itself_is_no_succession() -> None:
    imported(line(100001), line(150001))
    report = imported(link(100001, 150001, "Sixth Form Centre Link"), link(100001, 100001))
    assert (report.added, report.bad_lines, School.objects.count()) == (0, 1, 2)


def test_the_same_links_again_write_nothing() -> None:
    imported(line(100001, **CLOSED), line(150001), line(100002, **CLOSED))
    rows = [*both_ways(100001, 150001), link(100002, 150001, "Successor - merged")]
    imported(*rows)
    before = row_hash()
    assert imported(*rows).written == 0
    assert row_hash() == before


def test_when_the_older_one_turns_out_to_be_the_open_one_the_school_is_that_one() -> None:
    imported(line(100001, **CLOSED), line(150001), name="e20240101.csv")
    imported(*both_ways(100001, 150001))
    imported(line(100001), line(150001, **CLOSED), name="e20240601.csv")
    assert School.objects.get().urn == 100001
    assert Establishment.objects.get(is_current=True).urn == 100001


def test_trusts_and_federations_come_with_their_links() -> None:
    imported(line(100001), line(100002))
    member = {
        "Group UID": 5001,
        "Group ID": "TR05001",
        "Group Name": "ELM, ASH TRUST",
        "Group Type": "Multi-academy trust",
        "Group Status": "Open",
    }
    imported(
        {**member, "Joined date": "01/09/2019", "Academy URN": 100001},
        {
            **member,
            "Group UID": 5002,
            "Group Name": "Elm Federation",
            "Group Type": "Federation",
            "Joined date": "",
            "Academy URN": 100002,
        },
        {**member, "Group UID": 5003, "Group Type": "School sponsor", "Joined date": "", "Academy URN": 100001},
        {**member, "Academy URN": 199999},
        name="academies20240101.csv",
    )
    assert Establishment.objects.get(urn=100001).trust_name == "ELM, ASH TRUST"
    assert Establishment.objects.get(urn=100002).federation_name == "Elm Federation"
    assert schools.trusts_matching("elm", viewer=VISITOR) == [(5001, "ELM, ASH TRUST", 1)]
    assert [one.urn for one in schools.schools_in_trust(5001, viewer=VISITOR)] == [100001]
    said = {fact.label: fact.value for section in facts.facts_of(school_of(100001), viewer=VISITOR) for fact in section.facts}
    assert said["In the trust since"] == "1 September 2019"
    imported(line(199999), name="e20240101.csv")
    assert Establishment.objects.get(urn=199999).trust_uid == 5001, "a link may come before its school"
    before = row_hash()
    assert imported({**member, "Joined date": "01/09/2019", "Academy URN": 100001}, name="academies20240101.csv").written == 0
    assert row_hash() == before


def test_a_newer_link_to_another_trust_counts_and_an_older_one_does_not() -> None:
    imported(line(100001))
    row = {"Group Type": "Multi-academy trust", "Group Status": "Open", "Academy URN": 100001, "Joined date": "01/09/2023"}
    imported({"Group UID": 5002, "Group Name": "NEW TRUST", **row}, name="academies20240530.csv")
    imported({"Group UID": 5001, "Group Name": "OLD TRUST", **row}, name="academies20220331.csv")
    assert Establishment.objects.get(urn=100001).trust_name == "NEW TRUST"


FEDERATION = {"Group UID": 5002, "Group Name": "ASH FEDERATION", "Group Type": "Federation", "Group Status": "Open"}
TRUST = {"Group UID": 5001, "Group Name": "ELM TRUST", "Group Type": "Multi-academy trust", "Group Status": "Open"}
NO_TRUST = {"TrustSchoolFlag (name)": "Not applicable", "Trusts (code)": "", "Trusts (name)": ""}
NO_FEDERATION = {"FederationFlag (name)": "Not under a federation", "Federations (code)": "", "Federations (name)": ""}


@pytest.mark.parametrize("order", ["in order", "trust before the extract", "extract first", "school last"])
@pytest.mark.parametrize(
    ("links", "extracts", "trust", "federation"),
    [
        ([("20220331", FEDERATION), ("20240530", TRUST)], [("20231116", NO_FEDERATION)], "ELM TRUST", ""),
        ([("20220331", TRUST), ("20240530", FEDERATION)], [("20231116", NO_TRUST)], "", "ASH FEDERATION"),
        ([("20240530", FEDERATION), ("20220331", TRUST)], [("20231116", NO_FEDERATION)], "ELM TRUST", "ASH FEDERATION"),
        ([("20220331", FEDERATION), ("20220331", TRUST)], [("20231116", {**NO_FEDERATION, **NO_TRUST})], "", ""),
        (
            [("20220331", FEDERATION), ("20230101", TRUST)],
            [("20231116", {"Federations (code)": "5009", "Federations (name)": "OAK FEDERATION"})],
            "ELM TRUST",
            "OAK FEDERATION",
        ),
        ([("20220331", FEDERATION), ("20240530", TRUST)], [("20220101", NO_FEDERATION)], "ELM TRUST", "ASH FEDERATION"),
    ],
)
def test_trust_and_federation_are_each_of_their_own_day(
    links: Any, extracts: Any, trust: str, federation: str, order: str
) -> None:
    files = [(day, {**group, "Joined date": "", "Academy URN": 100001}) for day, group in links]
    facts = [(day, line(100001, **more)) for day, more in extracts]
    if order in {"extract first", "school last"}:
        files = [*facts, *files] if order == "extract first" else [*files, *facts]
    elif order == "trust before the extract":
        files = [*reversed(files), *facts]
    else:
        files = sorted([*files, *facts], key=lambda one: one[0])
    if order != "school last":
        imported(line(100001), name="e20100101.csv")
    for day, row in files:
        imported(row, name=f"e{day}.csv")
    there = Establishment.objects.get(urn=100001)
    assert (there.trust_name, there.federation_name) == (trust, federation)
