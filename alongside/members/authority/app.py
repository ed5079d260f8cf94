"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, MONEY_IS_KEPT, App, Columns, Door, Place, Task
from alongside.members.authority import queries

APP = App(
    places=(
        Place(
            Door.OFFICE,
            18,
            "Board decisions about money",
            "authority:decisions",
            "What boards decided about money, each with its day and minute.",
            queries.decisions_stand,
            (Task("Record a decision of the board", "authority:record_decision"),),
        ),
    ),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="amber",
    settings={},
    acts={
        "authority.decision": "Recorded a decision",
    },
    messages={},
    answers={},
    sensitive=True,
    erasure={"authority.Authority": Columns(plain="entered_by", law="body reference words", why=MONEY_IS_KEPT)},
    withheld=EVERYTHING_GOES,
)
