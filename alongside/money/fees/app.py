"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import (
    EVERYTHING_GOES,
    MONEY_IS_KEPT,
    App,
    Columns,
    Door,
    Place,
    RowWords,
    Task,
    Urgency,
)
from alongside.money.fees.queries import due, waiting
from alongside.money.fees.queries.terms import asked_of_joiners

APP = App(
    places=(
        Place(
            Door.OFFICE,
            10,
            "Fees",
            "fees:overview",
            "What each school pays for the year: its invoice, how it stands, what is still owed.",
            due.fees_stand,
            (
                Task("Pay an invoice: bank details, purchase order, who pays, query", "fees:overview"),
                Task("Issue invoices", "fees:issue"),
                Task("Set up fees", "fees:set_up"),
                Task("The next year’s fee and its reduction", "fees:year_two"),
            ),
        ),
    ),
    own_pages=(),
    needs=(waiting.needs,),
    dates=(waiting.dates,),
    rows={
        "fees.open_year_two": RowWords("Open fee year {label}", page="fees:year_two", minutes=10),
        "fees.reduction_undecided": RowWords(
            "Write down what the board decides on the year {label} fee", page="fees:year_two", minutes=10
        ),
        "fees.liabilities": RowWords(
            "A school has gone: what becomes of its fee?",
            "{number} schools have gone: what becomes of their fees?",
            page="fees:liability",
            minutes=10,
        ),
        "fees.to_take_back": RowWords(
            "{label} has withdrawn: credit its invoice",
            "{number} schools have withdrawn: credit their invoices",
            page="fees:liability",
            soon=Urgency.WEEK,
            minutes=5,
        ),
        "fees.to_ask": RowWords(
            "A school can be asked for the year {label} fee now",
            "{number} schools can be asked for the year {label} fee now",
            page="fees:issue",
            query="?year={label}",
            soon=Urgency.WEEK,
            minutes=5,
        ),
        "fees.year_out": RowWords("Invoices of year {label} go out", page="fees:year_two"),
        "fees.year_ends": RowWords("Last day of the support that schools’ fees for year {label} pay for", page="budget:budget"),
        "fees.evaluation": RowWords("The partnership is evaluated after eighteen months", page="fees:year_two"),
    },
    holds=(),
    beside={},
    published=(),
    joining=(asked_of_joiners,),
    leaving=(),
    tone="amber",
    settings={},
    acts={
        "fees.issue": "Issued the invoices of a year",
        "fees.open_next_year": "Opened the next year of fees",
        "fees.reduction": "Recorded the board’s reduction",
        "fees.set_up": "Said how fees are paid",
        "fees.settle_liability": "Decided what a school owes that left",
    },
    messages={},
    answers={},
    sensitive=True,
    erasure={
        "fees.Settled": Columns(law="payer_name payer_address payer_email", why=MONEY_IS_KEPT),
    },
    withheld=EVERYTHING_GOES,
)
