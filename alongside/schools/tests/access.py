from alongside.schools.models import Group
from tests.audiences import Audience as A, Line
from tests.world import World


def trust(world: World) -> dict[str, object]:
    """An invented trust."""
    Group.objects.get_or_create(
        uid=900_501, defaults={"name": "Elm Tree Trust", "kind": "Multi-academy trust", "is_invented": True}
    )
    return {"uid": 900_501}


LINES = {
    "schools:search": Line(A.EVERYONE, lambda world: {}),
    "schools:map": Line(A.EVERYONE, lambda world: {}),
    "schools:trust": Line(A.EVERYONE, trust),
    "schools:successions": Line(A.SIGNED_IN, lambda world: {}),
}
