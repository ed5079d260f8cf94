"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, ForWhom, Place, says_nothing

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            "Give and receive",
            "contributions:overview",
            "What schools gave each other, by year, never ranked.",
            ForWhom.EVERYBODY,
            says_nothing,
            (),
        ),
    ),
    needs=(),
    dates=(),
    rows={},
    tone="purple",
    messages={},
    sensitive=False,
    erasure={
        "contributions.Contribution": Columns(plain="between source source_row words"),
        "contributions.OutsideBody": Columns(plain="name"),
    },
    withheld=EVERYTHING_GOES,
)
