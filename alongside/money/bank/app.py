"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import EVERYTHING_GOES, MONEY_IS_KEPT, App, Columns, Door, Place, RowWords, Task
from alongside.money.bank import queries

APP = App(
    places=(
        Place(
            Door.OFFICE,
            14,
            "Bank",
            "bank:bank",
            "The bank’s statement, line by line: each is matched by somebody who has looked at it.",
            queries.lines_stand,
            (Task("Bank statement", "bank:bank"),),
        ),
    ),
    own_pages=(),
    needs=(queries.needs,),
    dates=(),
    rows={
        "bank.lines": RowWords(
            "A line of the bank waits to be looked at",
            "{number} lines of the bank wait to be looked at",
            page="bank:bank",
            query="?show=waiting",
            minutes=1,
        ),
    },
    holds=(),
    beside={},
    published=(),
    joining=(),
    leaving=(),
    tone="amber",
    settings={},
    acts={
        "bank.book_bank_line": "Booked a payment from the bank",
        "bank.ignore_bank_line": "Put a line of the bank aside",
        "bank.read_bank": "Read a file of the bank",
        "bank.reopen_bank_line": "Brought a line of the bank back",
    },
    messages={},
    answers={},
    sensitive=True,
    erasure={
        "bank.BankFile": Columns(plain="name", law="left_out", why=MONEY_IS_KEPT),
        "bank.BankLine": Columns(plain="digest", law="words why_ignored", why=MONEY_IS_KEPT),
    },
    withheld=EVERYTHING_GOES,
)
