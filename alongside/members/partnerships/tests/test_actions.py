"""Partnerships are set up, described, and schools come to belong."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.partnerships import actions, queries
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.permissions import may_run_partnership, may_see_office
from alongside.members.partnerships.rules import Belonging, Template, mark_of
from alongside.members.partnerships.tests import make
from alongside.members.partnerships.tests.test_rules import Sample
from alongside.members.schools.tests import make as schools

pytestmark = pytest.mark.django_db
SYSTEM = Standing.system()


def office(partnership: Partnership, post: Post = Post.MANAGER) -> Standing:
    return Standing("p1", "Office", frozenset({usual(post, partnership=partnership.pk)}))


def test_a_partnership_gets_its_address_from_its_name():
    assert make.partnership("St Bride’s & Friends").slug == "st-brides-friends"


@pytest.mark.parametrize("name", ["!!!", "日本", "Elm Valley Learning Partnership", "elm valley learning-partnership"])
def test_a_name_without_an_address_of_its_own_is_refused(name):
    make.partnership("Elm Valley Learning Partnership")
    with pytest.raises(Invalid) as refusal:
        make.partnership(name)
    assert list(refusal.value.problems) == ["name"]


@pytest.mark.parametrize(
    ("field", "text"), [("name", "a" * 121), ("area", "a" * 121), ("contact_email", f"{'a' * 250}@oak.example")]
)
def test_more_than_a_column_holds_is_refused_on_both_databases(field, text):
    with pytest.raises(Invalid) as refusal:
        actions.start_partnership(**{"name": "Elm Valley", "template": Template.TRUST, field: text}, by=SYSTEM)
    assert list(refusal.value.problems) == [field] and not Partnership.objects.exists()


def test_only_whoever_runs_the_installation_starts_a_partnership():
    for who in (VISITOR, office(make.partnership())):
        with pytest.raises(Refused):
            actions.start_partnership(name="Another", template=Template.TRUST, by=who)
    assert Partnership.objects.count() == 1


def test_the_second_of_two_editors_is_shown_both_texts():
    partnership = make.partnership()
    version = partnership.version
    actions.describe_partnership(
        partnership=partnership, name="First", area="A", contact_email="a@example.org", version=version, by=office(partnership)
    )
    again = Partnership.objects.get(pk=partnership.pk)
    with pytest.raises(Stale) as stale:
        actions.describe_partnership(
            partnership=again, name="Second", area="A", contact_email="a@example.org", version=version, by=office(again)
        )
    assert (stale.value.mine["Name"], stale.value.theirs["Name"]) == ("Second", "First")
    assert Partnership.objects.get(pk=partnership.pk).name == "First"


def test_a_finance_officer_may_not_describe_the_partnership():
    partnership = make.partnership()
    with pytest.raises(Refused):
        actions.describe_partnership(
            partnership=partnership, name="X", area="", contact_email="", version=1, by=office(partnership, Post.FINANCE)
        )


def test_a_school_is_asked_once_and_becomes_a_member_once():
    partnership, elm, oak = make.partnership(), schools.school(name="Elm"), schools.school(name="Oak")
    assert actions.ask_schools(partnership=partnership, schools=[elm, oak], by=SYSTEM) == [elm, oak]
    assert actions.ask_schools(partnership=partnership, schools=[elm, oak], by=SYSTEM) == []
    asked = Membership.objects.get(school=elm)
    member = actions.admit_school(partnership=partnership, school=elm, from_on=date(2022, 3, 4), by=SYSTEM)
    assert (member.pk, member.kind, member.from_on) == (asked.pk, Belonging.MEMBER, date(2022, 3, 4))
    with pytest.raises(Conflict):
        actions.admit_school(partnership=partnership, school=elm, by=SYSTEM)
    with pytest.raises(Conflict):
        actions.stop_asking(partnership=partnership, school=elm, by=SYSTEM)
    actions.stop_asking(partnership=partnership, school=oak, by=SYSTEM)
    assert queries.member_schools(partnership) == [elm.pk]


def test_members_see_who_belongs_but_not_who_is_only_asked():
    partnership, elm, oak, ash = make.partnership(), *(schools.school(name=name) for name in ("Elm", "Oak", "Ash"))
    actions.ask_schools(partnership=partnership, schools=[elm, oak, ash], by=SYSTEM)
    make.member(partnership, elm)
    make.member(partnership, ash)
    head = Standing("p2", "Head", frozenset({usual(Post.HEAD, school=elm.pk)}), frozenset({(partnership.pk, elm.pk)}))
    assert set(Membership.objects.visible_to(head).values_list("school", flat=True)) == {elm.pk, ash.pk}
    assert Membership.objects.visible_to(office(partnership)).count() == 3
    assert Membership.objects.visible_to(VISITOR).count() == 0


def test_a_school_that_is_asked_sees_itself_on_the_list_and_only_where_its_people_have_to_do():
    partnership, elm, oak = make.partnership(), *(schools.school(name=name) for name in ("Elm", "Oak"))
    actions.ask_schools(partnership=partnership, schools=[elm, oak], by=SYSTEM)
    head = Standing("p2", "Head", frozenset({usual(Post.HEAD, school=elm.pk)}), frozenset({(partnership.pk, elm.pk)}))
    assert [one.school for one in Membership.objects.visible_to(head)] == [elm]
    assert not Membership.objects.visible_to(replace(head, memberships=frozenset()))


def test_what_was_done_is_on_record():
    partnership = make.partnership()
    event = Event.objects.get(act="partnerships.start")
    assert (event.row, event.partnership, event.by_system, event.facts) == (
        partnership.pk,
        partnership.pk,
        True,
        {"template": "learning"},
    )
    assert (clock.now() - event.at).total_seconds() < 60


def test_a_page_of_some_settings_leaves_what_another_page_saved_meanwhile():
    """What the page read before the other saved is not written back over it."""
    elm = make.partnership("Elm Valley")
    was = queries.settings_of(elm, Sample)
    own = {"partnership": elm, "names": ["fee"], "version": mark_of(was, ["fee"]), "may": may_run_partnership, "by": SYSTEM}
    actions.change_settings(settings=replace(was, nations=("wales",)), **{**own, "names": [], "version": mark_of(was)})
    actions.change_settings(settings=replace(was, fee=2), **own)
    assert queries.settings_of(elm, Sample) == Sample(fee=2, nations=("wales",))
    with pytest.raises(Stale):
        actions.change_settings(settings=replace(was, fee=3), **own)


def test_settings_are_changed_by_whom_their_own_room_lets_and_the_log_names_them():
    elm = make.partnership("Elm Valley")
    finance = Standing("p2", "Finance", frozenset({usual(Post.FINANCE, partnership=elm.pk)}))
    was = queries.settings_of(elm, Sample)
    new = {"partnership": elm, "settings": replace(was, fee=2), "version": mark_of(was), "by": finance}
    with pytest.raises(Refused):
        actions.change_settings(may=may_run_partnership, **new)
    actions.change_settings(may=may_see_office, **new)
    event = Event.objects.get(act="partnerships.change_settings")
    assert (event.person, event.by_system) == ("p2", False)


def test_every_change_of_what_a_partnership_is_called_stands_there_with_its_day():
    elm = make.partnership("Elm Valley", contact_email="a@elm.example")
    who = office(elm)

    def describe(**words: str) -> None:
        row = Partnership.objects.get(pk=elm.pk)
        said = {"name": row.name, "area": row.area, "contact_email": row.contact_email, **words}
        actions.describe_partnership(partnership=row, **said, version=row.version, by=who)

    def stands() -> list[tuple[str, str]]:
        row = Partnership.objects.get(pk=elm.pk)
        return [(name, words) for _, name, words in queries.descriptions(row, viewer=who)]

    assert stands() == []
    describe()
    assert stands() == [], "nothing was changed"
    describe(contact_email="b@elm.example")
    describe(name="Elm Together", area="Elm and Ash")
    assert stands() == [("name", "Elm Together"), ("area", "Elm and Ash"), ("contact_email", "b@elm.example")]
    describe(area="", contact_email="c@elm.example")
    assert stands()[:2] == [("area", "nothing"), ("contact_email", "c@elm.example")]
    assert stands()[2:] == [("name", "Elm Together"), ("area", ""), ("contact_email", "")]
    assert {day for day, *_ in queries.descriptions(elm, viewer=who)} == {clock.today()}
    assert queries.descriptions(elm, viewer=VISITOR) == [] and "b@elm" not in str(list(Event.objects.values_list("facts")))


def test_only_who_belongs_is_asked_again_and_only_once_goes():
    of, school = make.partnership(), schools.school("Elm Grove")
    for deed in (actions.ask_again, actions.end_membership):
        with pytest.raises(Conflict):
            deed(partnership=of, school=school, by=SYSTEM)
        actions.admit_school(partnership=of, school=school, by=SYSTEM)
        deed(partnership=of, school=school, by=SYSTEM)
        with pytest.raises(Conflict):
            deed(partnership=of, school=school, by=SYSTEM)
