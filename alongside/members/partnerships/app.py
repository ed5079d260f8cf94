"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, Place, Task
from alongside.members.partnerships import queries

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            10,
            "Our schools",
            "partnerships:schools",
            "Every school that belongs, with its phase and town.",
            queries.schools_stand,
            (),
        ),
        Place(
            Door.OFFICE,
            60,
            "Settings",
            "partnerships:settings",
            "What the partnership is called, its address, and what it has settled.",
            queries.settings_stand,
            (Task("Name and address of the partnership", "partnerships:about"),),
        ),
    ),
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
        "partnerships.Partnership": Columns(plain="slug name area la_code", own={"contact_email": "contact_email"}),
        "partnerships.Setting": Columns(plain="app", words="values"),
    },
    withheld=EVERYTHING_GOES,
)
