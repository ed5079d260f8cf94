"""Lists are saved and copied; clusters are named."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.models import Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import SYSTEM, admitted, asked, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school
from alongside.members.whoswho import actions, queries
from alongside.members.whoswho.models import Cluster, SavedList


@pytest.fixture
def elm(db: None) -> Partnership:
    return new_partnership("Elm Valley")


@pytest.fixture
def schools(elm: Partnership) -> list[School]:
    made = [new_school(f"{name} School", urn=900_501 + at) for at, name in enumerate(("Oak", "Hill", "Brook"))]
    admitted(elm, *made)
    for one, name in zip(made, ("Ada", "Bo", "Cy"), strict=True):
        role("dsl", one, person(name, email="cy@gmail.com" if name == "Cy" else f"{name.lower()}@{one.urn}.example"))
    return made


@pytest.fixture
def office(elm: Partnership) -> Role:
    return role(Post.MANAGER, elm, person("Mo", email="mo@elm.example"))


def save(elm: Partnership, by: Role, name: str = "DSLs", **chosen: str) -> SavedList:
    said = {"q": "", "post": "dsl", "phase": "", "trust": "", "cluster": "", "key": keys.new_key(), **chosen}
    return actions.save_list(partnership=elm, name=name, by=standing_of(by.person), **said)


def cluster(elm: Partnership, *schools: School, name: str = "Riverside", by: Any = SYSTEM) -> Cluster:
    said = {"name": name, "schools": [one.pk for one in schools], "key": keys.new_key()}
    return actions.name_cluster(partnership=elm, by=by, **said)


def page(name: str, elm: Partnership, by: Role, **asked_for: str) -> str:
    client = Client()
    client.force_login(by.person)
    return client.get(reverse(f"whoswho:{name}", args=[elm.slug]), asked_for).content.decode()


def test_a_list_of_a_cluster_is_shown_with_its_count_and_copied(elm: Partnership, schools: list[School], office: Role) -> None:
    river = cluster(elm, schools[0], schools[2])
    save(elm, office, "Riverside DSLs", cluster=river.pk)
    assert 'Riverside DSLs</a> <span class="al-quiet">2</span>' in page("whos_who", elm, office)
    copied = page("addresses", elm, office, post="dsl", cluster=river.pk)
    assert "ada@900501.example</textarea>" in copied and "bo@" not in copied and "cy@" not in copied
    assert "Cy, designated safeguarding lead, Brook School" in copied
    both = "bo@900502.example{}ada@900501.example"
    assert both.format("; ") in page("addresses", elm, office, post="dsl")
    assert both.format(", ") in page("addresses", elm, office, post="dsl", **{"for": "gmail"})


def test_an_address_stands_once_however_many_posts_somebody_has(elm: Partnership, schools: list[School], office: Role) -> None:
    ada = Role.objects.get(person__name="Ada").person
    role("sendco", schools[1], ada)
    found, without = queries.addresses_of(queries.everybody_in(elm, viewer=standing_of(office.person)))
    assert found.count("ada@900501.example") == 1 and [one.name for one in without] == ["Cy"]


def test_a_list_is_the_offices_or_ones_own(elm: Partnership, schools: list[School], office: Role) -> None:
    head, other = role(Post.HEAD, schools[0]), role(Post.HEAD, schools[1])
    own, theirs = save(elm, head), save(elm, office)
    assert (own.owner, theirs.owner) == (head.person_id, "")
    seen = [set(SavedList.objects.visible_to(standing_of(by.person))) for by in (head, other, office)]
    assert seen == [{own}, set(), {theirs}]
    for saved, by in ((own, other), (own, office), (theirs, head)):
        with pytest.raises(Refused):
            actions.forget_list(saved=saved, by=standing_of(by.person))
    with pytest.raises(Invalid):
        save(elm, head)
    actions.forget_list(saved=own, by=standing_of(head.person))
    assert not SavedList.objects.filter(pk=own.pk).exists()


def test_a_school_that_is_only_asked_sees_no_cluster_and_saves_nothing(elm: Partnership, schools: list[School]) -> None:
    ash = new_school("Ash School", urn=900_600)
    asked(elm, ash)
    head = role(Post.HEAD, ash)
    cluster(elm, schools[0])
    assert not Cluster.objects.visible_to(standing_of(head.person))
    with pytest.raises(Refused):
        save(elm, head)
    with pytest.raises(Refused):
        cluster(elm, schools[0], name="B", by=standing_of(head.person))


def test_a_cluster_takes_schools_of_the_partnership_only_and_nobody_saves_over_another(
    elm: Partnership, schools: list[School]
) -> None:
    stranger = new_school("Stranger School", urn=900_700)
    made = cluster(elm, schools[0], stranger)
    assert made.schools == [schools[0].pk]
    with pytest.raises(Invalid):
        cluster(elm, schools[1])
    said: dict[str, Any] = {"name": "Riverside", "schools": [one.pk for one in schools], "version": 1, "by": SYSTEM}
    assert len(actions.change_cluster(cluster=made, **said).schools) == 3
    with pytest.raises(Stale):
        actions.change_cluster(cluster=Cluster.objects.get(), **said | {"name": "Other"})
