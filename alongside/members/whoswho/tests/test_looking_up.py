"""A member looks up a colleague; who does not belong sees nobody, and who is not of a member school is seen by nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions.invitations import invite
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import admitted, asked, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school
from alongside.members.whoswho import queries
from alongside.members.whoswho.queries import Chosen


@pytest.fixture
def elm(db: None) -> Partnership:
    return new_partnership("Elm Valley")


@pytest.fixture
def oak(elm: Partnership) -> School:
    made = new_school("Oak School", urn=900_501, phone="01632 960 500", phase="Primary", trust_name="Yeadmoor Trust")
    admitted(elm, made)
    return made


@pytest.fixture
def hill(elm: Partnership) -> School:
    made = new_school("Hill School", urn=900_502)
    admitted(elm, made)
    return made


@pytest.fixture
def dsl(oak: School) -> Role:
    return role("dsl", oak, person("Ada Osei", email="ada@oak.example", phone="07700 900 123"))


@pytest.fixture
def head(hill: School) -> Person:
    return role(Post.HEAD, hill, person("Bo Hill", email="bo@hill.example")).person


def found(elm: Partnership, by: Person, words: str = "", **chosen: Any) -> list[str]:
    who = standing_of(by).counting_in(elm.pk)
    clusters = queries.clusters_of(elm, viewer=who)
    return [one.name for one in queries.chosen_of(queries.everybody_in(elm, viewer=who), Chosen(words, **chosen), clusters)]


def page(elm: Partnership, by: Person, **asked_for: str) -> Any:
    client = Client()
    client.force_login(by)
    return client.get(reverse("whoswho:whos_who", args=[elm.slug]), asked_for)


def test_a_head_finds_the_dsl_of_another_school_with_its_number(elm: Partnership, dsl: Role, head: Person) -> None:
    shown = page(elm, head, q="who is the DSL at Oak, and their number?").content.decode()
    assert "Ada Osei" in shown and "01632 960 500" in shown and "tel:01632960500" in shown and "mailto:ada@oak.example" in shown
    assert "07700" not in shown
    Person.objects.filter(pk=dsl.person_id).update(shows_phone=True, email="ada@gmail.com")
    shown = page(elm, head, q="dsl oak").content.decode()
    assert "tel:07700900123" in shown and "gmail" not in shown


@pytest.mark.parametrize(
    ("words", "chosen", "names"),
    [
        ("", {}, ["Bo Hill", "Ada Osei"]), ("hill", {}, ["Bo Hill"]), ("", {"post": "dsl"}, ["Ada Osei"]),
        ("dsl hill", {}, []),
        ("", {"phase": "Primary", "trust": "Yeadmoor Trust"}, ["Ada Osei"]), ("yeadmoor", {}, ["Ada Osei"]),
    ],
)  # fmt: skip
def test_people_are_found_by_words_post_phase_and_trust(
    elm: Partnership, dsl: Role, head: Person, words: str, chosen: dict[str, Any], names: list[str]
) -> None:
    assert found(elm, head, words, **chosen) == names


def test_who_does_not_belong_sees_nobody(elm: Partnership, dsl: Role, head: Person) -> None:
    brook = new_school("Brook School", urn=900_503)
    asked(elm, brook)
    other = new_partnership("Ash Valley")
    only_asked, elsewhere = role(Post.HEAD, brook).person, role(Post.MANAGER, other).person
    assert not found(elm, only_asked) and not found(elm, elsewhere) and page(elm, only_asked).status_code == 403
    assert page(elm, elsewhere).status_code == 404
    assert "Ada Osei" in found(elm, role(Post.FINANCE, elm).person)


def test_who_is_of_no_member_school_is_seen_by_nobody(elm: Partnership, oak: School, hill: School, head: Person) -> None:
    brook, ash = new_school("Brook School", urn=900_503), new_partnership("Ash Valley")
    asked(elm, brook)
    yesterday = clock.today() - timedelta(days=1)
    role(Post.HEAD, brook, person("Only asked"))
    role("dsl", oak, person("A leaver"), until_on=yesterday)
    role("dsl", oak, person("To come"), from_on=clock.today() + timedelta(days=1))
    closed = role("dsl", oak, person("Closed account")).person
    Person.objects.filter(pk=closed.pk).update(is_active=False)
    ended = role("dsl", oak, person("Ended a second ago"))
    Role.objects.filter(pk=ended.pk).update(ended_at=clock.now(), until_on=clock.today())
    given = role("dsl", oak, person("Given by another partnership"))
    Role.objects.filter(pk=given.pk).update(through=ash)
    assert found(elm, head) == ["Bo Hill"]
    Role.objects.filter(pk=given.pk).update(through=elm)
    assert found(elm, head) == ["Bo Hill", "Given by another partnership"]


def test_who_has_left_sees_nobody_any_more(elm: Partnership, dsl: Role, head: Person) -> None:
    Role.objects.filter(person=head).update(ended_at=clock.now(), until_on=clock.today())
    assert not found(elm, head) and page(elm, head).status_code == 404


def test_the_office_finds_who_is_of_a_school_that_has_not_signed_and_nobody_else_does(
    elm: Partnership, oak: School, dsl: Role, head: Person
) -> None:
    fir, office = new_school("Fir School", urn=900_503, phone="01632 960 503"), role(Post.MANAGER, elm).person
    asked(elm, fir)
    for name, through in (("Maya Shaw", elm), ("Given by another", new_partnership("Ash Valley")), ("There anyhow", None)):
        Role.objects.filter(pk=role("dsl", fir, person(name)).pk).update(through=through)
    invite(email="sam@fir.example", name="Sam Okafor", post="sendco", school=fir, partnership=elm, by=Standing.system())
    for who, words, there in (
        (office, "dsl fir", {"Maya Shaw", queries.NOT_SIGNED, "1 person, at a school that has not signed yet"}),
        (office, "sendco fir", {"Sam Okafor", queries.NOT_SIGNED}),
        (office, "", {"Ada Osei"}),
        (head, "dsl fir", {"Nobody found", "ask the school, or the partnership’s office"}),
        (office, "bursar fir", {"Nobody found", "People, school by school"}),
    ):
        shown = page(elm, who, q=words).content.decode()
        known = {"Maya Shaw", "Sam Okafor", queries.NOT_SIGNED, "Given by another", "There anyhow"}
        assert {one for one in known if one in shown} == known & there and all(one in shown for one in there), (who, words)
    assert "Maya Shaw" not in found(elm, office, "dsl"), "nobody writes to them"
    both, one = (page(elm, office, q=words).content.decode() for words in ("dsl school", "dsl fir"))
    assert "2 people, 1 of them at a school" in both and ["Write to them" in shown for shown in (both, one)] == [True, False]


def test_a_slip_finds_and_a_town_says_why(elm: Partnership, oak: School, dsl: Role, head: Person) -> None:
    School.objects.get(pk=oak.pk).current.__class__.objects.filter(school=oak).update(town="Drayford")
    assert found(elm, head, "dsl yeadmor") == ["Ada Osei"] and found(elm, head, "dsl yeadxxxx") == []
    assert "Found by its town, Drayford" in page(elm, head, q="dsl drayford").content.decode()
    assert "Found by its" not in page(elm, head, q="dsl oak").content.decode()


def test_who_is_invited_stands_there_as_invited_and_is_named_to_who_may_know(
    elm: Partnership, oak: School, dsl: Role, head: Person
) -> None:
    office = role(Post.MANAGER, elm).person
    invite(email="sam@oak.example", name="Sam Okafor", post="sendco", school=oak, partnership=elm, by=Standing.system())
    for who, called in ((dsl.person, "Sam Okafor"), (office, "Sam Okafor"), (head, "Somebody")):
        shown = page(elm, who, q="sendco oak").content.decode()
        assert f"{called}</td>" in shown and "SENDCo, invited" in shown and "sam@oak.example" not in shown
        assert "and 1 invited" in shown
    assert "Sam Okafor" not in page(elm, head, q="sendco oak").content.decode()
    assert found(elm, office, "sendco") == [], "nobody writes to them"


def test_the_file_is_of_whom_was_looked_for(elm: Partnership, dsl: Role, head: Person) -> None:
    shown = page(elm, head, post="dsl", phase="Primary").content.decode()
    assert f"{reverse('whoswho:whos_who', args=[elm.slug])}?post=dsl&amp;phase=Primary&amp;as=csv" in shown


def test_the_list_comes_as_a_file_and_what_a_name_holds_is_no_formula(elm: Partnership, dsl: Role, head: Person) -> None:
    Person.objects.filter(pk=dsl.person_id).update(name="=cmd()")
    answer = page(elm, head, post="dsl", **{"as": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "Designated safeguarding lead,Oak School,01632 960 500" in text and "\n=cmd" not in text and "Bo Hill" not in text


def test_looking_up_costs_the_same_however_many_people(
    elm: Partnership, dsl: Role, head: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        place = new_school(f"School {number}", urn=900_600 + number)
        admitted(elm, place)
        role("dsl", place)
    client = Client()
    client.force_login(head)
    address = reverse("whoswho:whos_who", args=[elm.slug])
    client.get(address)
    with django_assert_max_num_queries(10):
        assert client.get(address, {"q": "dsl"}).status_code == 200
