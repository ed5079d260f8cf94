"""An item for a cluster of schools: who gets it, of whom it is asked, and what follows when the cluster changes."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Invalid
from alongside.members.bulletin import actions
from alongside.members.bulletin.models import AskedOfSchool, Item
from alongside.members.bulletin.tests import make
from alongside.members.bulletin.tests.make import Place
from alongside.members.membership.tests.make import partnership as new_partnership, person, person_also
from alongside.members.people.models import Person
from alongside.members.schools.models import School
from alongside.members.whoswho import actions as whoswho
from alongside.members.whoswho.models import Cluster
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def cluster(place: Place, *schools: School, name: str = "River schools") -> Cluster:
    said = {"name": name, "schools": [one.pk for one in schools], "key": keys.new_key()}
    return whoswho.name_cluster(partnership=place.partnership, **said, by=place.manager)


def seen_by(who: Standing) -> set[str]:
    """What went and somebody sees of it."""
    return set(Item.objects.visible_to(who).exclude(bulletin=None).values_list("title", flat=True))


def test_only_the_schools_of_the_cluster_get_it_and_are_asked(place: Place) -> None:
    river = cluster(place, place.oak)
    one = make.request(place.partnership, place.manager, title="Bridge", cluster=river.pk)
    make.item(place.partnership, place.manager, title="For all")
    assert one.for_whom == "Everybody of the cluster River schools"
    make.sent(place.partnership)
    has = {to: "Bridge" in body for to, body in place.mails().items()}
    assert has == {"ann@example.org": True, "bo@example.org": True, "eve@example.org": False, "mo@example.org": True}
    assert [row.school for row in AskedOfSchool.objects.all()] == [place.oak]
    assert seen_by(place.bursar) == {"Bridge", "For all"} and seen_by(place.other) == {"For all"}


def test_the_cluster_counts_as_it_is_on_the_day_and_stays_so(place: Place) -> None:
    river = cluster(place, place.oak)
    one = make.request(place.partnership, place.manager, cluster=river.pk)
    said = {"name": river.name, "schools": [place.elm.pk], "version": river.version}
    river = whoswho.change_cluster(cluster=river, **said, by=place.manager)
    make.sent(place.partnership)
    whoswho.change_cluster(cluster=river, **{**said, "schools": [place.oak.pk], "version": river.version}, by=place.manager)
    assert seen_by(place.other) == {one.title} and not seen_by(place.bursar)


def test_a_cluster_that_was_taken_away_reaches_nobody_and_never_all(place: Place) -> None:
    river = cluster(place, place.oak)
    one = make.request(place.partnership, place.manager, cluster=river.pk)
    whoswho.end_cluster(cluster=river, seen=UNSEEN, by=place.manager)
    office, address = enter(Client(), Person.objects.get(pk=place.manager.person)), [place.partnership.slug, one.pk]
    form = office.get(reverse("bulletin:change", args=address)).content.decode()
    assert "River schools (taken away: for nobody)" in form
    make.sent(place.partnership)
    assert not AskedOfSchool.objects.exists() and set(place.mails()) == {"mo@example.org"} and not seen_by(place.head)


def test_post_phase_and_cluster_are_asked_of_one_and_the_same_school(place: Place) -> None:
    both = person_also(person("Pat", Post.HEAD, school=place.oak), Post.HEAD, school=place.elm)
    river = cluster(place, place.oak)
    make.item(place.partnership, place.manager, title="Odd", phases=["Secondary"], cluster=river.pk)
    make.item(place.partnership, place.manager, title="Fits", phases=["Primary"], cluster=river.pk)
    make.sent(place.partnership)
    assert seen_by(both) == {"Fits"} and "Odd" not in place.mails()["pat@example.org"]


def test_a_form_offers_the_partnerships_clusters_and_the_deed_takes_no_other(place: Place) -> None:
    head = enter(Client(), Person.objects.get(pk=place.head.person))
    page = reverse("bulletin:propose", args=[place.partnership.slug])
    assert "cluster" not in head.get(page).content.decode()  # where there is none, nothing is asked
    river, elsewhere = cluster(place, place.oak), new_partnership("Another")
    strange = {"name": "Strange", "schools": [], "key": keys.new_key()}
    strange = whoswho.name_cluster(partnership=elsewhere, **strange, by=Standing.system())
    sent = {"key": keys.new_key(), "title": "Bridge", "words": "It is shut."}
    assert head.post(page, {**sent, "cluster": river.pk}).status_code == 302 and Item.objects.get().cluster == river
    one = Item.objects.get()
    with pytest.raises(Invalid):
        make.item(place.partnership, place.manager, cluster=strange.pk)
    actions.change_item(item=one, title="Bridge", words="Open.", version=1, by=place.head)
    assert Item.objects.get().cluster is None
