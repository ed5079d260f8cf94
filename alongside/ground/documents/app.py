"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, MONEY_IS_KEPT, App, Columns

APP = App(
    places=(),
    needs=(),
    dates=(),
    rows={},
    tone="blue",
    messages={},
    sensitive=False,
    erasure={
        "documents.Document": Columns(plain="kind row sha256", law="pdf", why=MONEY_IS_KEPT),
    },
    withheld=EVERYTHING_GOES,
)
