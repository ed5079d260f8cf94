"""What this room declares to the rest of the house."""

from alongside.across.home.queries import exports, overview
from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, OwnPage, Place, Task

APP = App(
    places=(
        Place(
            Door.OUR_YEAR,
            10,
            "Our year",
            "home:overview",
            "Where we are, what needs you, what comes next.",
            overview.year_stands,
            (
                Task("The year month by month", "home:year"),
                Task("What your school signed: its agreement, its answer, withdraw the signature", "home:overview"),
            ),
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
    own_pages=(
        OwnPage(40, "Your dates in your own calendar", "A private link for Outlook, Google or Apple", "home:feed"),
        OwnPage(50, "What is kept of you", "See it, and take it with you", "home:my_data"),
        OwnPage(60, "Your settings", "Where everything is that you set for yourself", "home:settings", is_setting=False),
        OwnPage(70, "Your calendar", "Everything dated of your partnerships and schools", "home:calendar", is_setting=False),
    ),
    needs=(),
    dates=(),
    rows={},
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={"home.set_aside": "Steps of setting up that are set aside"},
    acts={
        "home.end_feed": "Ended a calendar link",
        "home.export": "Took all data out",
        "home.make_feed": "Made a calendar link",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "home.Feed": Columns(row_of="person_id", plain="secret_hash"),
        "home.FeedEntry": Columns(row_of="person_id", plain="uid slug digest"),
    },
    withheld=EVERYTHING_GOES,
)
