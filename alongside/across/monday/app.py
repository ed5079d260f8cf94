"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns, OwnPage

APP = App(
    places=(),
    own_pages=(OwnPage(35, "Your week", "What Monday’s mail says to you", "monday:week", is_setting=False),),
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
    acts={},
    messages={},
    answers={},
    sensitive=False,
    erasure={"monday.WeekMail": Columns(row_of="person_id")},
    withheld=EVERYTHING_GOES,
)
