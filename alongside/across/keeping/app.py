"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns

APP = App(
    places=(),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    joining=(),
    leaving=(),
    tone="blue",
    messages={},
    sensitive=False,
    erasure={
        "keeping.Hold": Columns(plain="row by", words="reason"),
        "keeping.Erasure": Columns(plain="person address"),
    },
    withheld=EVERYTHING_GOES,
)
