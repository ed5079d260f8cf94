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
        "demo.DemoState": Columns(plain="place built_from notebook"),
        "demo.Kept": Columns(plain="table rows"),
    },
    withheld=EVERYTHING_GOES,
)
