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
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="blue",
    settings={},
    acts={
        "partnerships.admit_asked": "A school was put on the list to ask",
        "partnerships.admit_associate": "A school became an associate",
        "partnerships.admit_member": "A school became a member",
        "partnerships.ask_again": "Put a school on the list to ask again",
        "partnerships.ask_schools": "Put schools on the list to ask",
        "partnerships.change_settings": "Changed settings",
        "partnerships.describe": "Changed what the partnership is called",
        "partnerships.end_membership": "Ended a school’s membership",
        "partnerships.start": "Set a partnership up",
        "partnerships.stop_asking": "Took a school off the list to ask",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "partnerships.Partnership": Columns(plain="slug name area la_code", own={"contact_email": "contact_email"}),
        "partnerships.Setting": Columns(plain="app", words="values"),
    },
    withheld=EVERYTHING_GOES,
)
