"""A log with something in it."""

from alongside.ground.audit.actions import recording
from alongside.ground.core.standing import Standing

BY = Standing(person="anybody00000", name="Anybody")


def deeds(count: int, **facts: str) -> None:
    """So many deeds, of which every third has a reason."""
    for number in range(count):
        reason = f"because of {number}" if number % 3 == 0 else ""
        where = {"row": f"row{number:09}", "partnership": "elm000000000", **facts}
        recording.record(f"tests.deed{number % 7}", **where, facts={"amount": number, "word": f"é{number}"}, reason=reason, by=BY)
