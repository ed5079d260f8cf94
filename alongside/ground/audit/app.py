"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Columns

APP = App(
    places=(),
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
    acts={},
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "audit.Event": Columns(plain="person act row partnership school facts reason"),
        "audit.Reason": Columns(words="words", plain="salt"),  # frozen: a reason that names somebody goes as a whole
        "audit.Seal": Columns(plain="before hash"),
    },
    withheld=EVERYTHING_GOES,
)
