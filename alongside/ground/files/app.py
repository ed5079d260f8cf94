"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, ForWhom, Place, says_nothing

APP = App(
    places=(
        Place(
            Door.OFFICE,
            "Papers",
            "files:papers",
            "Agreements, minutes and other files, each for whom it is meant.",
            ForWhom.EVERYBODY,
            says_nothing,
            (),
        ),
    ),
    needs=(),
    dates=(),
    rows={},
    tone="blue",
    messages={},
    sensitive=False,
    erasure={
        "files.StoredFile": Columns(
            row_of="person", plain="partnership school kind sha256 stored_as uploaded_by", words="title name"
        ),
    },
    withheld=EVERYTHING_GOES,
)
