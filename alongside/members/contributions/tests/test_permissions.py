import pytest

from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.contributions.permissions import may_note_contribution, may_see_contributions, may_take_back

BOTH = frozenset({"oak", "elm"})


@pytest.mark.parametrize(
    ("who", "sees", "notes", "takes_back_a_deeds"),
    [
        (Standing.system(), True, True, True),
        (Standing("ann", roles=frozenset({usual(Post.MANAGER, partnership="alder")})), True, True, False),
        (Standing("bob", roles=frozenset({usual(Post.HEAD, school="oak")})), True, True, False),
        (Standing("cem", roles=frozenset({usual(Post.HEAD, school="elm")})), False, True, False),
        (Standing("dee", roles=frozenset({usual(Post.MANAGER, partnership="birch")})), False, False, False),
        (Standing("eve", roles=frozenset({usual(Post.HEAD, school="ash")})), False, False, False),
        (VISITOR, False, False, False),
    ],
)
def test_what_was_given_is_the_offices_and_the_two_sides(
    who: Standing, sees: bool, notes: bool, takes_back_a_deeds: bool
) -> None:
    assert bool(may_see_contributions(who, "alder", "oak")) is sees
    assert bool(may_note_contribution(who, "alder", BOTH)) is bool(may_take_back(who, "alder", BOTH, True)) is notes
    assert bool(may_take_back(who, "alder", BOTH, False)) is takes_back_a_deeds
