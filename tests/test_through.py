"""A post in a school counts in the partnership whose invitation gave it: nobody is put into another's pages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from alongside.ground.audit.models import Event
from alongside.ground.core import keys
from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.verdict import Refused
from alongside.ground.web import declared
from alongside.members.calendar.actions import years as calendar
from alongside.members.calendar.actions.clocks import keep_clock
from alongside.members.calendar.queries import clocks
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.closures import ClosureKind
from alongside.members.membership.actions import asking as membership
from alongside.members.partnerships import actions as partnerships
from alongside.members.people.actions import invitations, roles, succession
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.actions.successions import decide_succession
from alongside.members.schools.models import School, Succession
from alongside.members.schools.rules import SuccessionOutcome
from alongside.members.schools.tests.make import school as new_school
from tests.audiences import Relation
from tests.signing_in import enter
from tests.world import TODAY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted(world: World) -> Person:
    """Alder's manager asks Birch's member school and has his own address taken up as its head."""
    manager = world.alder.standing("manager")
    theirs = world.birch.member
    membership.ask_schools(partnership=world.alder.partnership, schools=[theirs], by=manager)
    _, token, _ = invitations.invite(
        email="planted@alder.example", post=Post.HEAD, school=theirs, partnership=world.alder.partnership, by=manager
    )
    return invitations.accept_invitation(token=token, name="Planted head", by=VISITOR)


def birch(world: World) -> list[str]:
    slug, urn = world.birch.partnership.slug, world.birch.member.urn
    return [f"/p/{slug}/{page}" for page in ("overview/", "fees/", "people/", f"people/{urn}/", f"membership/answer/{urn}/")]


def test_a_head_planted_through_one_partnership_opens_nothing_of_another(world: World, planted: Person) -> None:
    client = Client()
    client.force_login(planted)
    assert [client.get(address).status_code for address in birch(world)] == [404] * 5
    assert client.get(f"/p/{world.alder.partnership.slug}/overview/").status_code == 200
    assert world.birch.partnership.name not in client.get(f"/schools/{world.birch.member.urn}/").content.decode()


def test_a_planted_head_sees_no_row_of_the_other_partnership(world: World, planted: Person) -> None:
    """Whatever the page: no table that says whose partnership a row is shows one of Birch's to a post given by Alder."""
    planted_head, own_head = standing_of(planted), world.birch.standing("member head")
    seen, withheld = {}, 0
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.get_fields()}
        if not hasattr(model, "scope") or "partnership" not in fields:
            continue
        rows = model.objects.filter(partnership=world.birch.partnership.pk)
        seen[model._meta.label] = rows.filter(pk__in=model.objects.visible_to(planted_head).values("pk")).count()
        withheld += rows.filter(pk__in=model.objects.visible_to(own_head).values("pk")).count()
    assert {label: count for label, count in seen.items() if count} == {"membership.Prospectus": 1}  # published for everybody
    assert withheld > 5


def test_an_office_that_has_only_asked_types_no_days_of_a_school(world: World, planted: Person) -> None:
    day = {"school": world.birch.member, "kind": ClosureKind.INSET, "first_on": date(2022, 5, 9)}
    for who in (world.alder.standing("manager"), standing_of(planted)):
        with pytest.raises(Refused):
            calendar.add_closure(key=keys.new_key(), partnership=world.alder.partnership, **day, by=who)
    calendar.add_closure(key=keys.new_key(), partnership=world.birch.partnership, **day, by=world.birch.standing("manager"))


def test_an_office_that_has_only_asked_reaches_no_row_of_the_school_that_it_did_not_make(world: World, planted: Person) -> None:
    """Whatever the table: of a school that was merely asked, its office sees what is its own, and posts that it gave."""
    asking, theirs = world.alder.standing("manager"), world.birch.member
    homes, found, withheld = {world.alder.partnership.pk}, {}, 0
    for model in apps.get_models():
        fields = {field.name for field in model._meta.get_fields()}
        if not hasattr(model, "scope") or "school" not in fields or model._meta.app_label == "schools":
            continue
        rows = model.objects.filter(school=theirs.pk)
        own = Q(pk__in=[])
        for name in fields & {"partnership", "through"}:
            own |= Q(**{f"{name}__in": homes})
        strange = rows.exclude(pk__in=rows.filter(own).values("pk"))
        found[model._meta.label] = strange.filter(pk__in=model.objects.visible_to(asking).values("pk")).count()
        withheld += strange.filter(pk__in=model.objects.visible_to(world.birch.standing("manager")).values("pk")).count()
    days = {"calendar.Year", "calendar.Closure"}  # when a school is open: it tells everybody, and dates are counted by it
    assert {label for label, count in found.items() if count} == days
    assert withheld > 5


def test_an_office_that_has_only_asked_changes_no_post_of_the_school_that_it_did_not_give(world: World, planted: Person) -> None:
    alder, theirs = world.alder.partnership, world.birch.member
    head = Role.objects.filter(school=theirs, post=Post.HEAD, through=None, until_on=None).first()
    given = Role.objects.get(person=planted)
    client = Client()
    enter(client, world.alder.people["manager"])
    pages = ("end_role", "invite_successor", "pass_on_mailbox", "free")
    assert [client.get(reverse(f"people:{page}", args=[alder.slug, head.pk])).status_code for page in pages] == [404] * 4
    assert client.get(reverse("people:end_role", args=[alder.slug, given.pk])).status_code == 200
    words = client.get(reverse("people:school", args=[alder.slug, theirs.urn])).content.decode()
    assert planted.name in words and head.person.name not in words and (head.person.email or "?") not in words
    asking = world.alder.standing("manager")
    successor = {"name": "Bo", "email": "bo@alder.example", "from_on": date(2023, 1, 9), "key": keys.new_key()}
    for deed in (
        lambda: roles.end_role(role=head, even_if_last=True, by=asking),
        lambda: succession.invite_successor(role=head, partnership=alder, **successor, by=asking),
        lambda: succession.pass_on_mailbox(role=head, partnership=alder, name="Bo", by=asking),
    ):
        with pytest.raises(Refused):
            deed()
    roles.end_role(role=given, even_if_last=True, by=asking)
    roles.end_role(role=head, even_if_last=True, by=world.birch.standing("manager"))


@pytest.mark.parametrize("outcome", ["same", "separate"])
def test_an_office_that_has_only_asked_does_not_say_whether_a_school_goes_on(world: World, planted: Person, outcome: str) -> None:
    theirs, alder, birch_office = world.birch.member, world.alder, world.birch.standing("manager")
    new_school("Strange Academy", urn=990_999, la_code="999")
    link = {"predecessor_urn": theirs.urn, "successor_urn": 990_999, "kind": "Successor - amalgamated"}
    row = Succession.objects.create(**link, on=date(2022, 3, 1))
    asking, address = enter(Client(), alder.people["manager"]), reverse("schools:successions")
    said = {"succession": row.pk, "outcome": outcome, "agreed": "on"}
    assert "Strange Academy" not in asking.get(address).content.decode()
    asking.post(address, said)
    enter(Client(), planted).post(address, said)
    both = replace(alder.standing("manager"), roles=alder.standing("manager").roles | standing_of(planted).roles)
    for by in (alder.standing("manager"), standing_of(planted), both, world.birch.standing("member head")):
        with pytest.raises(Refused, match="belongs"):
            decide_succession(succession=row.pk, outcome=SuccessionOutcome(outcome), agreed=True, by=by)
    row.refresh_from_db()
    assert row.outcome == SuccessionOutcome.WAITING and School.objects.get(pk=theirs.pk).name == theirs.name
    words = enter(Client(), world.birch.people["manager"]).get(address).content.decode()
    assert "Strange Academy" in words and "another partnership" not in words, "having been asked counts as belonging elsewhere"
    decide_succession(succession=row.pk, outcome=SuccessionOutcome(outcome), by=birch_office)
    assert School.objects.get(pk=theirs.pk).name == ("Strange Academy" if outcome == "same" else theirs.name)


def test_where_a_school_belongs_to_two_partnerships_each_decides_only_with_the_other(world: World) -> None:
    theirs = world.birch.member
    partnerships.admit_school(partnership=world.alder.partnership, school=theirs, from_on=date(2022, 3, 8), by=Standing.system())
    new_school("Strange Academy", urn=990_999, la_code="999")
    row = Succession.objects.create(predecessor_urn=theirs.urn, successor_urn=990_999, kind="Successor - merged")
    browser, address = enter(Client(), world.alder.people["manager"]), reverse("schools:successions")
    assert "another partnership as well" in browser.get(address).content.decode()
    assert browser.post(address, {"succession": row.pk, "outcome": "same"}).status_code == 403
    assert browser.post(address, {"succession": row.pk, "outcome": "same", "agreed": "on"}).status_code == 302
    assert School.objects.get(pk=theirs.pk).name == "Strange Academy"


def test_an_office_that_has_only_asked_keeps_no_date_of_a_school_and_takes_no_mailbox_away(world: World, planted: Person) -> None:
    alder, theirs, asking = world.alder.partnership, world.birch.member, world.alder.standing("manager")
    assert theirs not in clocks.schools_to_choose(alder, viewer=asking)
    kept = {"key": keys.new_key(), "school": theirs, "law": Law.FOI, "received_on": date(2022, 3, 1)}
    with pytest.raises(Refused):
        keep_clock(partnership=alder, **kept, by=asking)
    assert theirs in clocks.schools_to_choose(world.birch.partnership, viewer=world.birch.standing("manager"))
    keep_clock(partnership=world.birch.partnership, **kept, by=world.birch.standing("manager"))
    head = world.birch.people["member head"]  # whom Alder has given a post too, in the school that it asked
    given = Role.objects.create(person=head, post=Post.SCHOOL_ADMIN, school=theirs, through=alder, from_on=date(2022, 3, 1))
    with pytest.raises(Refused, match="in your care"):
        succession.pass_on_mailbox(role=given, partnership=alder, name="Bo", by=asking)
    assert Person.objects.get(pk=head.pk).email == head.email
    browser = enter(Client(), world.alder.people["manager"])
    assert browser.get(reverse("people:free", args=[alder.slug, given.pk])).status_code == 403


def test_a_planted_head_neither_sees_nor_ends_a_post_that_the_school_has_anyhow(world: World, planted: Person) -> None:
    alder, theirs, asking = world.alder.partnership, world.birch.member, standing_of(planted)
    head = Role.objects.get(school=theirs, person=world.birch.people["member head"])
    client = enter(Client(), planted)
    pages = ("end_role", "invite_successor", "pass_on_mailbox")
    assert [client.get(reverse(f"people:{page}", args=[alder.slug, head.pk])).status_code for page in pages] == [404] * 3
    words = client.get(reverse("people:school", args=[alder.slug, theirs.urn])).content.decode()
    assert planted.name in words and head.person.name not in words and (head.person.email or "?") not in words
    successor = {"name": "Bo", "email": "bo@alder.example", "from_on": date(2023, 1, 9), "key": keys.new_key()}
    for deed in (
        lambda: roles.end_role(role=head, even_if_last=True, by=asking),
        lambda: succession.invite_successor(role=head, partnership=alder, **successor, by=asking),
        lambda: succession.pass_on_mailbox(role=head, partnership=alder, name="Bo", by=asking),
    ):
        with pytest.raises(Refused):
            deed()


def test_once_the_school_belongs_whoever_was_invited_there_sees_their_colleagues(world: World) -> None:
    """The partnership that the school belongs to gave the one post; the others it has anyhow."""
    role = Role.objects.get(person=world.birch.people["member head"], school=world.birch.member)
    Role.objects.filter(pk=role.pk).update(through=world.birch.partnership)
    seen = Role.objects.visible_to(standing_of(role.person)).filter(school=world.birch.member)
    assert seen.filter(through=None).count() > 3


def test_on_the_pages_of_one_partnership_no_post_counts_that_another_gave(world: World, planted: Person) -> None:
    """Alder's planted head is head of another of Birch's schools as well, and so at home on Birch's pages."""
    birch, theirs = world.birch.partnership, world.birch.member
    Role.objects.create(
        person=planted, post=Post.HEAD, school=world.birch.second, through=birch, from_on=TODAY - timedelta(days=99)
    )
    client = enter(Client(), planted)
    pages = [("people:school", 403), ("people:september", 403), ("calendar:school_year", 200), ("membership:answer", 404)]
    for page, status in pages:
        assert client.get(reverse(page, args=[birch.slug, world.birch.second.urn])).status_code == 200, page
        own = client.get(reverse(page, args=[birch.slug, theirs.urn]))
        assert (page, own.status_code) == (page, status)
    assert standing_of(planted).counting_in(birch.pk).schools == {world.birch.second.pk}


def test_what_is_withheld_is_there_for_the_school_s_own_head(world: World) -> None:
    client = Client()
    client.force_login(world.seen_from_birch().person(Relation.HEAD))
    assert [client.get(address).status_code for address in birch(world)[:2]] == [200] * 2


def test_an_office_sees_no_posts_that_another_partnership_s_invitation_gave(world: World, planted: Person) -> None:
    Role.objects.filter(school=world.birch.member, through=None).update(through=world.birch.partnership)
    seen = Role.objects.visible_to(world.alder.standing("manager")).filter(school=world.birch.member)
    assert [role.person for role in seen] == [planted]
    assert [role.person for role in Role.objects.visible_to(standing_of(planted)).filter(school=world.birch.member)] == [planted]


def test_one_head_with_two_invitations_stands_in_both(world: World) -> None:
    theirs = world.birch.member
    membership.ask_schools(partnership=world.alder.partnership, schools=[theirs], by=world.alder.standing("manager"))
    for house in (world.alder, world.birch):
        _, token, _ = invitations.invite(
            email="both@school.example",
            post=Post.HEAD,
            school=theirs,
            partnership=house.partnership,
            by=house.standing("manager"),
        )
        invitations.accept_invitation(token=token, by=VISITOR)
    both = standing_of(Person.objects.get(email="both@school.example"))
    assert both.partnerships == {world.alder.partnership.pk, world.birch.partnership.pk}
    assert len(both.roles) == 2


def test_every_deed_of_the_world_has_words_for_whoever_did_it(world: World) -> None:
    done = set(Event.objects.values_list("act", flat=True))
    assert len(done) > 30 and done <= {*declared.acts()}, done - {*declared.acts()}
