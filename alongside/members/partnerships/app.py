"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, Door, ForWhom, Place, says_nothing

APP = App(
    places=(
        Place(
            Door.SCHOOLS,
            "Schools",
            "partnerships:schools",
            "Every school that belongs, with its phase and town.",
            ForWhom.EVERYBODY,
            says_nothing,
            (),
        ),
        Place(
            Door.OFFICE,
            "Settings",
            "partnerships:settings",
            "What the partnership is called, its address, and what it has settled.",
            ForWhom.OFFICE,
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
        "partnerships.Partnership": Columns(plain="slug name area la_code", own={"contact_email": "contact_email"}),
        "partnerships.Setting": Columns(plain="app", words="values"),
    },
    withheld=EVERYTHING_GOES,
)
