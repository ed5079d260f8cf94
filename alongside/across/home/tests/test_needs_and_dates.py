"""The large questions of the home pages: built once for nobody in particular, and right for everybody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from alongside.across.home.queries.needs_and_dates import all_needs, needs_of
from alongside.across.home.queries.overview import THERE, _there
from alongside.ground.core import clock
from alongside.ground.core.standing import Held, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.web import compiled
from alongside.ground.web.needs import DATE_COLUMNS, NEED_COLUMNS
from alongside.members.calendar.queries.dates import nations_of
from alongside.members.diary.queries import all_dates
from alongside.members.membership.queries.needs import open_and_ripe, signups
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import TIE_COLUMNS, _memberships
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import HELD_COLUMNS, _held, standing_of
from alongside.members.posts.rules import PostSettings
from alongside.members.schools.models import School
from alongside.money.invoices.queries.invoices import SUMS, _sums
from tests.audiences import Relation
from tests.world import TODAY

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def nothing_kept() -> None:
    """No question that an earlier test was asked is known."""
    compiled.question.cache_clear()


def questions(who: Standing) -> list[tuple[Callable[..., QuerySet[Any]], Any, dict[str, Any]]]:
    """Every question that is kept, with its columns and what it is asked with."""
    open_now, ripe = open_and_ripe(signups(viewer=who, on=TODAY), viewer=who, on=TODAY)
    nations = frozenset(nations_of(viewer=who))
    found: list[tuple[Callable[..., QuerySet[Any]], Any, dict[str, Any]]] = [
        (all_needs, NEED_COLUMNS, {"on": TODAY, "open_now": open_now, "ripe": ripe, "written_by": TODAY}),
        (all_dates, DATE_COLUMNS, {"start": TODAY - YEAR, "end": TODAY + YEAR, "nations": nations}),
    ]
    for place in sorted(who.partnerships):
        found += [(_there, THERE, {"about": place}), (_sums, SUMS, {"about": place, "on": TODAY})]
    return found


def everybody() -> list[Standing]:
    """Everybody in both partnerships, as they are everywhere and as they are in each partnership alone."""
    everywhere = [standing_of(one) for one in Person.objects.all()]
    return [
        *everywhere,
        *(who.within(place.pk) for who in everywhere for place in Partnership.objects.filter(pk__in=who.partnerships)),
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_kept")
def test_a_kept_question_finds_for_everybody_what_their_own_would(world):
    """Asked with the ids put in afterwards, after somebody else of the same kind: the same rows, to the last cell."""
    compared = 0
    for who in everybody():
        for build_it, columns, facts in questions(who):
            told = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in facts.items()}
            own = sorted(map(repr, build_it(viewer=who, **told)))
            assert sorted(map(repr, compiled.rows(build_it, columns, viewer=who, **facts))) == own, (build_it.__name__, who)
            compared += len(own)
    assert compared > 300, "too few rows to compare"
    assert compiled.question.cache_info().hits > 30, "hardly any question was asked a second time"


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_kept")
def test_a_kept_question_holds_nothing_of_anybody(world, monkeypatch):
    """The ids, names and addresses of people, schools and partnerships stand in no kept question."""
    kept = []
    real = compiled.question
    monkeypatch.setattr(compiled, "question", lambda *asked: kept.extend(found := real(*asked)) or found)
    known = set()
    for who in everybody():
        known |= {who.person, who.name, *who.schools, *who.partnerships}
        for build_it, columns, facts in questions(who):
            compiled.rows(build_it, columns, viewer=who, **facts)
    known |= set(Partnership.objects.values_list("slug", flat=True)) | set(Person.objects.values_list("email", flat=True))
    held = {one for _, params in kept for one in params if isinstance(one, str)}
    assert len(known) > 20 and any(one.startswith("\x01") for one in held)
    assert held & known == set()
    assert not [one for sql, _ in kept for one in known if len(one or "") > 11 and one in sql]


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_kept")
def test_a_kept_question_is_the_same_all_day(world):
    """Nothing of the hour at which it was built stands in it."""
    built = []
    for hour in (0, 9, 23):
        compiled.question.cache_clear()
        with clock.at(clock.start_of(TODAY, hour, 30)):
            for who in everybody():
                for build_it, _, facts in questions(who):
                    stand_ins = compiled.stand_ins_of(who)
                    known = {
                        name: frozenset(stand_ins.get(one, one) for one in value) if isinstance(value, frozenset) else value
                        for name, value in facts.items()
                    }
                    asked = tuple(sorted((known | {"viewer": compiled.nobody(who, stand_ins)}).items()))
                    built.append((hour, compiled.question(build_it, asked, TODAY, "any")))
    first = [repr(question) for hour, question in built if hour == 0]
    for other in (9, 23):
        assert [repr(question) for hour, question in built if hour == other] == first


def test_whoever_builds_a_question_to_be_kept_may_not_ask_the_database(world):
    def build_it(*, viewer: Standing) -> Any:
        return Partnership.objects.filter(pk__in=list(Partnership.objects.values_list("pk", flat=True)))

    with pytest.raises(RuntimeError, match="cannot ask the database"):
        compiled.rows(build_it, {}, viewer=standing_of(world.person(Relation.MANAGER)))


def test_viewers_of_one_kind_share_a_question_and_others_do_not():
    def standing(person: str, *roles: Held, ties: tuple[tuple[str, str], ...] = ()) -> Standing:
        return Standing(person, person, frozenset(roles), frozenset(ties))

    def kind(who: Standing) -> Standing:
        return compiled.nobody(who, compiled.stand_ins_of(who))

    head = standing("ann", usual(Post.HEAD, school="oak"), ties=(("alder", "oak"),))
    other = standing("bob", usual(Post.HEAD, school="elm"), ties=(("birch", "elm"),))
    assert kind(head) == kind(other)
    both = standing("cem", usual(Post.HEAD, school="b"), usual(Post.MANAGER, partnership="z"), ties=(("z", "b"),))
    alike = standing("dee", usual(Post.HEAD, school="y"), usual(Post.MANAGER, partnership="a"), ties=(("a", "y"),))
    elsewhere = standing("eve", usual(Post.HEAD, school="y"), usual(Post.MANAGER, partnership="a"), ties=(("c", "y"),))
    through = standing("fay", usual(Post.HEAD, school="oak", through="alder"), ties=(("alder", "oak"),))
    assert kind(both) == kind(alike)
    assert len({kind(one) for one in (head, both, elsewhere, through)}) == 4


def test_what_is_due_on_a_day_of_the_sign_up_says_that_day(world):
    """The day is worked out by a rule, and put in after the database has answered."""
    manager = standing_of(world.person(Relation.MANAGER))
    days = signups(viewer=manager, on=TODAY)[world.partnership.pk].dates
    due = {need.words.split(" ")[0]: need.due_on for need in needs_of(world.partnership, viewer=manager)}
    assert due["Freeze"] == days.roll_freezes_on


def test_looking_near_leaves_out_no_post_that_somebody_may_see(world):
    """`near` says where to look, never what may be seen: with it and without it the same posts are visible."""
    seen = 0
    for who in everybody():
        visible = set(Role.objects.visible_to(who).values_list("pk", flat=True))
        assert set(Role.objects.near(who).visible_to(who).values_list("pk", flat=True)) == visible
        seen += len(visible)
    assert seen > 50


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_kept")
def test_what_somebody_holds_is_kept_as_a_question_and_found_as_if_it_were_not(world):
    """Asked for one person after another, on the day and on the day after their last: the rows of their own question."""
    compared = 0
    for days in (0, 1, 4000):
        with clock.at(clock.start_of(TODAY + timedelta(days=days), 9)):
            for one in Person.objects.order_by("pk"):
                own = sorted(map(repr, _held(person=one.pk)))
                assert sorted(map(repr, compiled.rows_about(_held, HELD_COLUMNS, person=one.pk))) == own, (one.name, days)
                compared += len(own)
            schools = set(School.objects.values_list("pk", flat=True))
            for some in ({min(schools)}, schools):
                asked = {"schools": sorted(some), "app": PostSettings.app}
                own = sorted(map(repr, _memberships(**asked)))
                assert sorted(map(repr, compiled.rows_about(_memberships, TIE_COLUMNS, **asked))) == own
                compared += len(own)
    assert compared > 60, "too few rows to compare"
    assert compiled.question.cache_info().hits > 20, "hardly any question was asked a second time"
