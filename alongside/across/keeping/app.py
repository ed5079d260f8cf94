"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns

APP = App(
    places=(),
    own_pages=(),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={
        "keeping.back_up": "Made a backup",
        "keeping.erase_person": "Erased a person",
        "keeping.hold": "Placed a hold on erasing",
        "keeping.lift_hold": "Lifted a hold on erasing",
        "keeping.restore": "Restored a backup",
        "keeping.sweep": "Erased what was due to be erased",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "keeping.Hold": Columns(plain="row by", words="reason"),
        "keeping.Erasure": Columns(plain="person address"),
    },
    withheld=EVERYTHING_GOES,
)
