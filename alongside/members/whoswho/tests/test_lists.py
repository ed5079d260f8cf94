"""Lists are saved and copied; clusters are named."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.tests.make import SYSTEM, asked, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school
from alongside.members.whoswho import actions, queries
from alongside.members.whoswho.models import Cluster, SavedList


def save(elm: Partnership, by: Role, name: str = "DSLs", **chosen: str) -> SavedList:
    said = {"q": "", "post": "dsl", "phase": "", "trust": "", "cluster": "", "key": keys.new_key(), **chosen}
    return actions.save_list(partnership=elm, name=name, by=standing_of(by.person), **said)


def cluster(elm: Partnership, *schools: School, name: str = "Riverside", by: Any = SYSTEM) -> Cluster:
    said = {"name": name, "schools": [one.pk for one in schools], "key": keys.new_key()}
    return actions.name_cluster(partnership=elm, by=by, **said)


def page(name: str, elm: Partnership, by: Role, *which: str, **asked_for: str) -> str:
    client = Client()
    client.force_login(by.person)
    return client.get(reverse(f"whoswho:{name}", args=[elm.slug, *which]), asked_for).content.decode()


def test_a_list_of_a_cluster_is_shown_with_its_count_and_copied(elm: Partnership, schools: list[School], office: Role) -> None:
    river = cluster(elm, schools[0], schools[2])
    save(elm, office, "Riverside DSLs", cluster=river.pk)
    assert 'Riverside DSLs</a> <span class="al-quiet">2</span>' in page("whos_who", elm, office)
    copied = page("addresses", elm, office, post="dsl", cluster=river.pk)
    assert 'data-copy="addresses" hidden' in copied and 'id="addresses"' in copied and copied.count("govuk-back-link") == 1
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


def test_a_saved_list_has_a_page_with_who_stands_in_it_today(elm: Partnership, schools: list[School], office: Role) -> None:
    saved = save(elm, office, "Riverside DSLs", cluster=cluster(elm, schools[0]).pk)
    shown = page("saved_list", elm, office, saved.pk)
    assert "Designated safeguarding lead; Riverside" in shown and "1 person today" in shown and "ada@900501.example" in shown
    assert "Write to them" in shown and "Take this list away" in shown
    role("dsl", schools[0])
    assert "2 people today" in page("saved_list", elm, office, saved.pk)
    head = role(Post.HEAD, schools[0])
    assert "Write to them" not in page("saved_list", elm, head, save(elm, head).pk)


def test_a_cluster_that_is_taken_away_leaves_its_lists_with_nobody_until_it_is_back(
    elm: Partnership, schools: list[School], office: Role
) -> None:
    river, head = cluster(elm, schools[0]), role(Post.HEAD, schools[0])
    by, client = standing_of(office.person), Client()
    client.force_login(office.person)
    saved, own = save(elm, office, "River DSLs", cluster=river.pk), save(elm, head, "Mine", cluster=river.pk)
    asked_first = page("end_cluster", elm, office, river.pk)
    assert (
        "River DSLs" in asked_first and "1 list that colleagues saved for themselves" in asked_first and "Mine" not in asked_first
    )
    resting = queries.resting_on(river, viewer=by)
    save(elm, office, "Another", cluster=river.pk)
    with pytest.raises(Conflict, match="Nothing was taken away"):
        actions.end_cluster(cluster=river, seen=str(resting.shown), by=by)
    with pytest.raises(Refused):
        actions.end_cluster(cluster=river, seen=UNSEEN, by=standing_of(head.person))
    seen = {"seen": str(queries.resting_on(river, viewer=by).shown)}
    said = client.post(reverse("whoswho:end_cluster", args=[elm.slug, river.pk]), seen, follow=True).content.decode()
    assert "“Another”, “River DSLs” and 1 list that colleagues saved for themselves rested on it" in said
    for one, whose in ((saved, office), (own, head)):
        shown = page("saved_list", elm, whose, one.pk)
        assert "Riverside, a cluster of schools, was taken away on" in shown and "today." not in shown
    assert "its cluster was taken away" in page("whos_who", elm, office) and "Riverside</option>" not in page(
        "whos_who", elm, head
    )
    with pytest.raises(Conflict):
        actions.end_cluster(cluster=river, seen=UNSEEN, by=by)
    again = cluster(elm, schools[1])
    with pytest.raises(Conflict, match="another cluster called Riverside"):
        actions.bring_back_cluster(cluster=river, by=by)
    actions.change_cluster(cluster=again, name="Hillside", schools=[], version=1, by=by)
    client.post(reverse("whoswho:bring_back_cluster", args=[elm.slug, river.pk]))
    assert "1 person today" in page("saved_list", elm, office, saved.pk)
    with pytest.raises(Conflict, match="is back already"):
        actions.bring_back_cluster(cluster=river, by=by)


@pytest.mark.parametrize("name", ["q", "post", "phase", "trust", "cluster"])
def test_what_no_column_holds_is_saved_nowhere(elm: Partnership, schools: list[School], office: Role, name: str) -> None:
    client = Client()
    client.force_login(office.person)
    most = SavedList._meta.get_field(name).max_length or 0
    said = {"name": "Long", "key": keys.new_key(), name: "x" * (most + 1)}
    assert client.post(reverse("whoswho:save_list", args=[elm.slug]), said).status_code == 200
    assert not SavedList.objects.exists()
