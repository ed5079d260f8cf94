"""Who changes an item, settles the day, and says that a request is done."""

import pytest

from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.bulletin.permissions import may_answer_request, may_change_item, may_settle_bulletin
from alongside.members.bulletin.rules import ItemState, is_still_theirs

SYSTEM = Standing.system()
MANAGER, FINANCE, HEAD, OTHER = (
    Standing(name, roles=frozenset({usual(post, **where)}))
    for name, post, where in (
        ("mo", Post.MANAGER, {"partnership": "alder"}),
        ("fi", Post.FINANCE, {"partnership": "alder"}),
        ("ann", Post.HEAD, {"school": "oak"}),
        ("eve", Post.HEAD, {"school": "elm"}),
    )
)


@pytest.mark.parametrize(
    ("who", "theirs", "taken", "settles", "answers"),
    [
        (SYSTEM, True, True, True, True),
        (MANAGER, True, True, True, True),
        (FINANCE, True, True, False, True),
        (HEAD, True, False, False, True),
        (OTHER, False, False, False, False),
        (VISITOR, False, False, False, False),
    ],
)
def test_what_each_may_do(who: Standing, theirs: bool, taken: bool, settles: bool, answers: bool) -> None:
    for state in ItemState:
        changes = theirs if is_still_theirs(state) else taken
        assert bool(may_change_item(who, "alder", ["lee", "ann"], state)) is changes
    assert bool(may_settle_bulletin(who, "alder")) is settles
    assert bool(may_answer_request(who, "alder", "oak")) is answers


def test_what_nobody_sent_in_is_not_a_visitors() -> None:
    assert not may_change_item(VISITOR, "alder", [], ItemState.PROPOSED)
