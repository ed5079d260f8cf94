"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Message, Place, Task
from alongside.members.contributions import queries
from alongside.members.notices.rules.waiting import Waits

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            40,
            "Give and receive",
            "contributions:overview",
            "What schools gave each other, by year, never ranked.",
            queries.gifts_stand,
            (Task("Note what a school gave or received", "contributions:note"),),
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
    tone="purple",
    settings={},
    acts={
        "contributions.add_outside_body": "Added a body outside",
        "contributions.give": "Noted what one school gave another",
        "contributions.take_back": "Took back what was noted as given",
    },
    messages={"contributions.noted": Message("Noted: what your school gave or received", Waits.WEEK)},
    answers={},
    sensitive=False,
    erasure={
        "contributions.Contribution": Columns(plain="between source source_row", words="words"),
        "contributions.OutsideBody": Columns(words="name"),
    },
    withheld=EVERYTHING_GOES,
)
