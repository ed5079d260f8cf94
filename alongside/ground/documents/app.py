"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns

MONEY = "a record of money: six years after the end of its year (Companies Act 2006 s.388, HMRC Notice 700/21)"

APP = App(
    places=(),
    needs=(),
    dates=(),
    rows={},
    tone="blue",
    messages={},
    sensitive=False,
    erasure={
        "documents.Document": Columns(plain="kind row sha256", law="pdf", why=MONEY),
    },
    withheld=EVERYTHING_GOES,
)
