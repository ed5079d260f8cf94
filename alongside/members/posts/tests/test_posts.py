"""The list that a partnership keeps, and what settling a post does to whoever holds it."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Power, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Template, mark_of
from alongside.members.posts import actions, queries
from alongside.members.posts.models import ListedPost
from alongside.members.posts.rules import SEEDED, Level, PostSettings

SYSTEM = Standing.system()


@pytest.fixture
def elm(db: None) -> Partnership:
    return partnerships.start_partnership(name="Elm Valley", template=Template.LEARNING, by=SYSTEM)


@pytest.fixture
def ash(db: None) -> Partnership:
    return partnerships.start_partnership(name="Ash Valley", template=Template.LEARNING, by=SYSTEM)


def add(elm: Partnership, name: str = "Forest school lead", **said: Any) -> ListedPost:
    facts: dict[str, Any] = {"level": Level.SCHOOL, "opens": [], "key": keys.new_key(), "by": SYSTEM} | said
    return actions.add_post(partnership=elm, name=name, **facts)


def settle(elm: Partnership, code: str, *opens: Power, is_used: bool = True, **said: Any) -> None:
    facts = {"version": mark_of(settings_of(elm, PostSettings)), "by": SYSTEM} | said
    post = ListedPost.objects.get(pk=code)
    actions.settle_post(partnership=elm, post=post, opens=opens, is_used=is_used, **facts)


def here(elm: Partnership, code: str) -> Any:
    return queries.listed_post(code, elm)


def test_the_posts_of_the_product_stand_in_every_database_and_are_written_anew(elm: Partnership) -> None:
    assert [one.code for one in queries.posts_of(elm, viewer=SYSTEM)] == [one.code for one in SEEDED]
    ListedPost.objects.filter(pk="dsl").update(name="Old words")
    actions.write_seeded(by=SYSTEM)
    assert ListedPost.objects.get(pk="dsl").name == "Designated safeguarding lead" and ListedPost.objects.count() == len(SEEDED)


def test_a_partnership_adds_its_own_which_no_other_has(elm: Partnership, ash: Partnership) -> None:
    own = add(elm, "  Forest   school lead ")
    assert (own.name, own.said) == ("Forest school lead", "forest school lead")
    assert here(elm, own.pk).is_own and here(ash, own.pk) is None
    with pytest.raises(Conflict):
        actions.settle_post(partnership=ash, post=own, opens=[], is_used=True, version="", by=SYSTEM)
    assert add(elm, key=own.pk) == own, "pressed twice, added once"
    for name in ("forest SCHOOL lead", "SENDCo"):
        with pytest.raises(Invalid):
            add(elm, name)
    assert add(ash).pk != own.pk
    assert queries.posts_stand(partnership=elm, viewer=SYSTEM).words(len(SEEDED), 1) == "26 posts, 1 of your own"


def test_what_is_settled_holds_from_its_day_here_and_nowhere_else(elm: Partnership, ash: Partnership) -> None:
    settle(elm, "deputy", Power.ANSWER)
    assert here(elm, "deputy").opens == {Power.ANSWER} and not here(ash, "deputy").opens
    answering, there = (queries.codes_with(Power.ANSWER, one, viewer=SYSTEM) for one in (elm, ash))
    assert answering - there == {"deputy"}
    with clock.at(clock.now() - timedelta(days=1)):
        assert not here(elm, "deputy").opens
    assert queries.settled_in([elm.pk, ash.pk]) == {elm.pk: {"deputy": {Power.ANSWER}}, ash.pk: {}}
    settle(elm, "deputy")
    assert settings_of(elm, PostSettings) == PostSettings(), "what is usual is not kept"


def test_a_post_that_is_not_asked_for_is_not_offered_but_head_and_manager_always_are(elm: Partnership) -> None:
    for code in ("premises", "head", "manager"):
        settle(elm, code, is_used=False)
    offered = {one.code for one in queries.posts_to_choose(elm, viewer=SYSTEM)}
    assert {one.code for one in SEEDED} - offered == {"premises"}
    assert Power.RUN in here(elm, Post.MANAGER).opens and Power.ANSWER in here(elm, Post.HEAD).opens


def test_only_the_manager_settles_and_nobody_over_anothers_change(elm: Partnership) -> None:
    with pytest.raises(Refused):
        settle(elm, "deputy", Power.ANSWER, by=Standing("jo"))
    with pytest.raises(Refused):
        add(elm, by=Standing("jo"))
    old = mark_of(settings_of(elm, PostSettings))
    settle(elm, "deputy", Power.ANSWER)
    with pytest.raises(Stale):
        settle(elm, "deputy", Power.NOTE, version=old)
    assert not here(elm, "deputy").opens - {Power.ANSWER}
