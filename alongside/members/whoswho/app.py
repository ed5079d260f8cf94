"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Door, Place, Task
from alongside.members.whoswho import queries

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            32,
            "Who’s who",
            "whoswho:whos_who",
            "Who holds which post in which school, with telephone and e-mail.",
            queries.people_known,
            (
                Task(
                    "Find a colleague of another school, their number: DSL, SENDCo, business manager",
                    "whoswho:whos_who",
                ),
            ),
        ),
    ),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={},
    messages={},
    answers={},
    sensitive=False,
    erasure={},
    withheld=EVERYTHING_GOES,
)
