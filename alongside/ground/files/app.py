"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Place, Task
from alongside.ground.files import queries

APP = App(
    places=(
        Place(
            Door.OFFICE,
            40,
            "Papers",
            "files:papers",
            "Agreements, minutes and other files, each for whom it is meant.",
            queries.papers_stand,
            (
                Task("Add a paper", "files:add_paper"),
                Task("Add a bank letter, a supplier form or a VAT certificate", "files:add_evidence"),
            ),
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
    tone="blue",
    settings={},
    acts={
        "files.keep": "Kept a file",
        "files.take_out": "Took a file out",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "files.StoredFile": Columns(
            row_of="person", plain="partnership school kind sha256 stored_as uploaded_by", words="title name"
        ),
    },
    withheld=EVERYTHING_GOES,
)
