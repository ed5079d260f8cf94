"""Who is in a group, and how answers are counted, by the rules."""

import pytest

from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.groups.permissions import may_ask_group, may_close, may_reply, may_thank
from alongside.members.groups.rules import is_in, posts_held, replies_words, schools_within

OAK = frozenset({("elm", "oak")})
HEAD = Standing("ann", roles=frozenset({usual(Post.HEAD, school="oak")}), memberships=OAK, belonging=OAK)
ASKED = Standing("bo", roles=frozenset({usual(Post.HEAD, school="ash")}), memberships=frozenset({("elm", "ash")}))
THROUGH = Standing(
    "cy", roles=frozenset({usual(Post.HEAD, school="oak", through="fir")}), belonging=frozenset({("elm", "oak"), ("fir", "oak")})
)
OFFICE = Standing("mo", roles=frozenset({usual(Post.MANAGER, partnership="elm")}))


@pytest.mark.parametrize(
    ("who", "held"),
    [(HEAD, {"head"}), (ASKED, set()), (THROUGH, set()), (OFFICE, set()), (Standing(), set())],
)
def test_one_is_in_the_groups_of_the_posts_held_in_schools_that_belong(who: Standing, held: set[str]) -> None:
    assert posts_held(who, "elm") == held


@pytest.mark.parametrize(
    ("posts", "held", "found"),
    [
        ("", ["head"], True),
        ("", [], False),
        (",head,", ["head"], True),
        (",head,business_manager,", ["business_manager"], True),
        (",school_admin,", ["admin"], False),  # no part of a name
        (",head,", ["governor_chair"], False),
    ],
)
def test_a_group_is_of_those_who_hold_one_of_its_posts(posts: str, held: list[str], found: bool) -> None:
    assert is_in(posts, held) is found


BOTH = frozenset({("elm", "oak"), ("elm", "yew")})
TWICE = Standing(
    "di",
    roles=frozenset({usual(Post.HEAD, school="oak"), usual(Post.GOVERNOR_CHAIR, school="yew"), usual(Post.HEAD, school="ash")}),
    memberships=BOTH | {("elm", "ash")},
    belonging=BOTH,
)


@pytest.mark.parametrize(
    ("who", "posts", "schools"),
    [
        (TWICE, ",head,", {"oak"}),
        (TWICE, ",governor_chair,", {"yew"}),
        (TWICE, "", {"oak", "yew"}),
        (TWICE, ",business_manager,", set()),
        (ASKED, "", set()),
        (THROUGH, ",head,", set()),
        (OFFICE, "", set()),
    ],
)
def test_one_answers_for_the_school_of_the_post_by_which_one_is_in_the_group(
    who: Standing, posts: str, schools: set[str]
) -> None:
    assert schools_within(who, "elm", posts) == schools


@pytest.mark.parametrize(
    ("who", "asks", "replies", "thanks", "closes"),
    [
        (HEAD, True, True, True, True),
        (ASKED, False, False, False, False),
        (THROUGH, False, False, False, False),
        (OFFICE, True, True, False, True),
        (Standing(), False, False, False, False),
    ],
)
def test_who_asks_answers_thanks_and_closes(who: Standing, asks: bool, replies: bool, thanks: bool, closes: bool) -> None:
    assert may_ask_group(who, "elm").allowed is asks
    assert may_reply(who, "elm", ",head,").allowed is replies
    assert not may_reply(HEAD, "elm", ",business_manager,").allowed
    assert may_thank(who, ["lee", "ann"]).allowed is thanks
    assert may_close(who, "elm", ["lee", "ann"]).allowed is closes
    assert not may_thank(who, ["lee"]) and may_close(who, "elm", []).allowed is (who is OFFICE)


@pytest.mark.parametrize(
    ("replies", "schools", "words"),
    [(0, 0, "No answer yet"), (1, 1, "1 answer from 1 school"), (3, 2, "3 answers from 2 schools"), (1, 0, "1 answer")],
)
def test_answers_are_counted_with_their_schools(replies: int, schools: int, words: str) -> None:
    assert replies_words(replies, schools) == words
