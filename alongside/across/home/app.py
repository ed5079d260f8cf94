"""What this room declares to the rest of the house."""

from alongside.across.home.queries import exports
from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Place, Task, says_nothing

APP = App(
    places=(
        Place(
            Door.OUR_YEAR,
            10,
            "Our year",
            "home:overview",
            "Where we are, what needs you, what comes next.",
            says_nothing,
            (Task("The year month by month", "home:year"),),
        ),
        Place(
            Door.OFFICE,
            70,
            "Take out all data",
            "home:export",
            "Everything that is kept of the partnership, as open files.",
            exports.export_stands,
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
        "home.Feed": Columns(row_of="person_id", plain="secret_hash"),
        "home.FeedEntry": Columns(row_of="person_id", plain="uid slug digest"),
    },
    withheld=EVERYTHING_GOES,
)
