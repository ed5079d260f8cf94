"""What happens in this room of the tests’ houses."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.members.people.actions import acting
from alongside.members.people.models import ActsFor, Role
from alongside.members.people.queries.acting import my_headships
from alongside.members.people.tests.make import role

if TYPE_CHECKING:
    from tests.world import House


def let_act(house: "House", colleague: str) -> ActsFor:
    """Somebody of the member school acts for its head."""
    head = house.standing("member head")
    (role,) = my_headships(viewer=head)
    own = Role.objects.get(person=colleague, school=house.member)
    return acting.let_act(role=role, own=own, key=keys.new_key(), by=head)


def happen(house: "House") -> None:
    """The administrator of the member school acts for its head."""
    house.things["acting"] = let_act(house, house.people["member school_admin"].pk)


def more(house: "House", places: Iterable[object]) -> None:
    """Another colleague who acts for the head, for each."""
    for _ in places:
        let_act(house, role(Post.BUSINESS_MANAGER, house.member).person_id)
