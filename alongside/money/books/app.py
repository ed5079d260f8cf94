"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, App, Door, Place, Task
from alongside.money.books.queries import books_stand

APP = App(
    places=(
        Place(
            Door.OFFICE,
            16,
            "For your books",
            "books:books",
            "The same money for Xero, Sage and other people’s books, and what finance says about VAT.",
            books_stand,
            (
                Task("Xero, Sage, double entry", "books:books"),
                Task("VAT codes", "books:vat"),
            ),
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
    tone="amber",
    settings={},
    acts={
        "books.export": "Took a file out for the accounts",
        "books.import": "Took in the host’s numbers and payments",
        "books.settle_vat": "Settled a VAT code",
    },
    messages={},
    answers={},
    sensitive=True,
    erasure={},
    withheld=EVERYTHING_GOES,
)
