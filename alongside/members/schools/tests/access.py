from alongside.members.schools.models import Group, Succession
from tests.audiences import Line
from tests.world import World


def trust(world: World) -> dict[str, object]:
    """An invented trust."""
    Group.objects.get_or_create(
        uid=900_501, defaults={"name": "Elm Tree Trust", "kind": "Multi-academy trust", "is_invented": True}
    )
    return {"uid": 900_501}


def merger(world: World) -> dict[str, object]:
    """A merger that waits for the office of the school in question."""
    urn = world.school.urn
    Succession.objects.get_or_create(
        predecessor_urn=urn, successor_urn=urn, defaults={"id": f"merger{urn}", "kind": "Successor - merged"}
    )
    return {}


LINES = {
    "schools:search": Line(lambda world: {}),
    "schools:map": Line(lambda world: {}),
    "schools:trust": Line(trust),
    "schools:successions": Line(
        merger,
        methods=("GET", "POST"),
        post=lambda world: {"succession": f"merger{world.school.urn}", "outcome": "separate"},
    ),
}
ASKS_NOBODY = {"called by other deeds, which have asked": "choose_current follow_successions index_schools index_trusts"}
UNRECORDED = {
    "the audit itself, the index of words and the worker's own rows: nothing that a person did": """
        index_schools index_trusts
    """,
    "an import of the register is one line, with its report": "add_invented_schools choose_current follow_successions",
}
BLIND = {"what they are given was asked for by its viewer": "spots"}
WITHOUT_FILE = {"the whole register, which the DfE gives out itself": "search"}
