"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import MONEY_IS_KEPT, App, Columns, Withheld

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
    acts={
        "documents.keep": "Kept an issued paper",
    },
    messages={},
    answers={},
    sensitive=False,
    erasure={
        "documents.Document": Columns(plain="kind row sha256", law="pdf", why=MONEY_IS_KEPT),
        "documents.OpeningCode": Columns(plain="kind row code_hash"),
    },
    withheld=Withheld({"documents.OpeningCode": "holds nothing but the hash of the code with which a paper is opened"}, {}),
)
