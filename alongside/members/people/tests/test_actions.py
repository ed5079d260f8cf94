from datetime import date

import pytest

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Power, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.actions import invitations, roles, sign_ins, succession
from alongside.members.people.models import Person, Role
from alongside.members.people.queries import roles as roles_queries
from alongside.members.people.tests.make import SYSTEM, admitted, asked, holder, person, role
from alongside.members.schools.models import School
from alongside.members.schools.tests.make import school as new_school

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]
VISITOR = Standing()


@pytest.fixture
def manager(elm: Partnership) -> Standing:
    return holder(Post.MANAGER, elm)[1]


def test_nobody_takes_over_an_address_that_is_somebodys() -> None:
    ada, ben = person(), person()
    for taken in (ada.email, ben.email):
        with pytest.raises(Invalid, match="cannot be used"):
            sign_ins.change_address(person=ada, email=f" {taken.upper()}", but="", by=SYSTEM)
    assert sorted(Person.objects.values_list("email", flat=True)) == sorted([ada.email, ben.email])


def test_a_role_is_not_given_twice_and_one_with_a_last_day_is_prolonged(oak: School) -> None:
    ada = person()
    first = roles.grant_role(person=ada, post=Post.HEAD, school=oak, until_on=date(2022, 3, 31), by=SYSTEM)
    assert roles.grant_role(person=ada, post=Post.HEAD, school=oak, until_on=date(2022, 3, 9), by=SYSTEM) == first
    again = roles.grant_role(person=ada, post=Post.HEAD, school=oak, by=SYSTEM)
    assert (again, Role.objects.get().until_on) == (first, None)
    roles.grant_role(person=ada, post=Post.HEAD, school=oak, from_on=date(2022, 9, 1), by=SYSTEM)
    assert Role.objects.count() == 1


def test_a_successor_may_be_dated_ahead(oak: School, time_is) -> None:
    ada = person()
    roles.grant_role(person=ada, post=Post.HEAD, school=oak, from_on=date(2022, 9, 1), by=SYSTEM)
    assert not roles_queries.standing_of(ada).roles
    time_is(date(2022, 9, 1))
    assert roles_queries.standing_of(ada).can(Power.ANSWER, school=oak.pk)


def test_a_role_ends_at_once_or_at_the_end_of_a_day(oak: School, time_is) -> None:
    head, by = holder(Post.HEAD, oak)
    admin = role(Post.SCHOOL_ADMIN, oak)
    other = role(Post.SCHOOL_ADMIN, oak)
    roles.end_role(role=admin, by=by)
    assert not roles_queries.standing_of(admin.person).roles
    roles.end_role(role=other, until_on=date(2022, 3, 9), by=by)
    assert roles_queries.standing_of(other.person).roles
    time_is(date(2022, 3, 10))
    assert not roles_queries.standing_of(other.person).roles
    with pytest.raises(Conflict, match="ended already"):
        roles.end_role(role=admin, by=by)
    assert roles_queries.standing_of(head).roles


def test_the_last_one_able_to_sign_leaves_only_with_eyes_open(oak: School) -> None:
    head, by = holder(Post.HEAD, oak)
    mine = head.roles.get()
    assert roles_queries.falls_open(mine, viewer=by)[1]
    with pytest.raises(Invalid, match="Tick the box"):
        roles.end_role(role=mine, by=by)
    roles.end_role(role=mine, even_if_last=True, by=by)
    assert not roles_queries.standing_of(head).roles


@pytest.mark.parametrize("until_on", [date(2022, 3, 7), date(2021, 8, 31)])
def test_a_role_does_not_end_in_the_past(oak: School, until_on: date) -> None:
    held = role(Post.BUSINESS_MANAGER, oak)
    with pytest.raises(Invalid):
        roles.end_role(role=held, until_on=until_on, even_if_last=True, by=SYSTEM)


def test_a_partnership_keeps_its_last_manager(elm: Partnership, manager: Standing) -> None:
    mine = Role.objects.get(person=manager.person)
    with pytest.raises(Refused, match="only manager"):
        roles.end_role(role=mine, by=manager)
    next_one = role(Post.MANAGER, elm)
    roles.end_role(role=mine, by=manager)
    with pytest.raises(Refused):
        roles.end_role(role=next_one, by=SYSTEM)


def test_an_office_ends_roles_of_its_own_schools_only(oak: School, elm: Partnership, manager: Standing) -> None:
    held = role(Post.BUSINESS_MANAGER, oak)
    for stranger in (holder(Post.MANAGER, new_partnership("Other"))[1], holder(Post.HEAD, new_school())[1], VISITOR):
        with pytest.raises(Refused):
            roles.end_role(role=held, even_if_last=True, by=stranger)
    roles.end_role(role=held, even_if_last=True, by=manager)
    assert Role.objects.get(pk=held.pk).ended_at


def test_people_are_seen_by_their_school_and_by_the_office_of_its_partnership(
    oak: School, elm: Partnership, manager: Standing
) -> None:
    (ada, head), (stranger, elsewhere) = holder(Post.HEAD, oak), holder(Post.HEAD, new_school())
    other_office = holder(Post.MANAGER, new_partnership("Other"))[1]
    gone = role(Post.HEAD, oak, until_on=date(2022, 3, 7)).person
    seen = {
        who.person: set(Person.objects.visible_to(who).values_list("pk", flat=True))
        for who in (head, manager, elsewhere, other_office)
    }
    assert seen[head.person] == seen[manager.person] == {ada.pk, manager.person}
    assert seen[elsewhere.person] == {stranger.pk}
    assert seen[other_office.person] == {other_office.person}
    assert not Person.objects.visible_to(VISITOR).exists() and not Role.objects.visible_to(VISITOR).exists()
    assert gone.name in [one.name for one in roles_queries.past_people_of_school(oak, viewer=manager)]


def test_an_office_no_longer_sees_the_people_of_a_school_that_left(oak: School, elm: Partnership, manager: Standing) -> None:
    ada = role(Post.HEAD, oak).person
    assert Person.objects.visible_to(manager).filter(pk=ada.pk).exists()
    Membership.objects.update(from_on=date(2022, 1, 1), until_on=date(2022, 3, 7))
    assert not Person.objects.visible_to(manager).filter(pk=ada.pk).exists()
    assert not Role.objects.visible_to(manager).filter(person=ada).exists()


def test_contacts_are_those_of_today_by_school_in_one_query(
    oak: School, elm: Partnership, manager: Standing, django_assert_num_queries
) -> None:
    ash = new_school()
    admitted(elm, ash)
    role(Post.BUSINESS_MANAGER, oak, person("Bo", phone="020 7946 0001", email="bo@oak.example"))
    role(Post.HEAD, oak, person("Ada", email="ada@oak.example"))
    role(Post.HEAD, ash, person("Cy", email="cy@ash.example"), until_on=date(2022, 3, 7))
    with django_assert_num_queries(1):
        found = roles_queries.contacts_of([oak, ash.pk], viewer=manager)
    assert found == {
        oak.pk: [
            ("Ada", "Headteacher", "ada@oak.example", ""),
            ("Bo", "School business manager", "bo@oak.example", "020 7946 0001"),
        ]
    }


def test_an_address_belongs_to_one_person() -> None:
    roles.create_person(name="Ada", email="Ada@oak.example", by=SYSTEM)
    with pytest.raises(Invalid, match="here already"):
        roles.create_person(name="Other", email="ada@OAK.example", by=SYSTEM)
    assert roles.create_person(name="No address", email=None, by=SYSTEM).email is None
    with pytest.raises(Refused):
        roles.create_person(name="X", email="x@x.example", by=VISITOR)
    assert Person.objects.get_by_natural_key("ADA@oak.example").name == "Ada"


@pytest.mark.parametrize("from_on", [date(2022, 3, 7), date(2022, 3, 8), date(2022, 3, 9)])
@pytest.mark.parametrize("until_on", [None, date(2022, 3, 7), date(2022, 3, 8), date(2022, 3, 9)])
@pytest.mark.parametrize("taken_away", [False, True])
def test_a_role_counts_to_its_last_day_unless_taken_away(
    oak: School, from_on: date, until_on: date | None, taken_away: bool
) -> None:
    if (until_on and until_on < from_on) or (taken_away and not until_on):
        return
    held = role(Post.HEAD, oak, from_on=from_on, until_on=until_on)
    Role.objects.filter(pk=held.pk).update(ended_at=clock.now() if taken_away else None)
    counts = not taken_away and from_on <= clock.today() <= (until_on or clock.today())
    assert Role.objects.held(clock.today()).exists() is counts


def test_what_is_over_or_never_was_is_told(oak: School, elm: Partnership) -> None:
    ada = person(email=None)
    began = role(Post.HEAD, oak, ada, from_on=date(2022, 3, 9))
    for why, deed in (
        ("cannot be taken back", lambda: invitations.take_back(invitation_token="x", by=VISITOR)),
        ("not one of ours", lambda: invitations.accept_invitation(token="x", by=VISITOR)),
        ("removed already", lambda: sign_ins.unlink(person=ada, provider="google", by=SYSTEM)),
        ("no address", lambda: succession.pass_on_mailbox(role=began, partnership=elm, name="Bo", by=SYSTEM)),
        ("before the first day", lambda: roles.end_role(role=began, until_on=date(2022, 3, 8), by=SYSTEM)),
        ("a coming day", lambda: roles.end_role(role=role(Post.HEAD, oak), until_on=date(2022, 3, 7), by=SYSTEM)),
    ):
        with pytest.raises((Conflict, Invalid), match=why):
            deed()


def test_nobody_ends_a_post_that_another_partnership_gave(oak: School, elm: Partnership) -> None:
    asked(elm, oak)
    given = role(Post.SCHOOL_ADMIN, oak)
    Role.objects.update(through=new_partnership("Fir Partnership"))
    head = Standing("x", roles=frozenset({usual(Post.HEAD, school=oak.pk, through=elm.pk)}))
    with pytest.raises(Refused, match="not in your care"):
        roles.end_role(role=given, even_if_last=True, by=head)


def test_nobody_has_no_address() -> None:
    person(email=None)
    with pytest.raises(Person.DoesNotExist):
        Person.objects.get_by_natural_key(None)
