"""What this room declares to the rest of the house."""

from alongside.ground.core.declaration import (
    EVERYTHING_GOES,
    MONEY_IS_KEPT,
    App,
    Columns,
    Door,
    Place,
    Task,
)
from alongside.money.budget.queries import budget_stands

APP = App(
    places=(
        Place(
            Door.OFFICE,
            15,
            "Budget",
            "budget:budget",
            "Planned, promised, spent and left, by heading and year.",
            budget_stands,
            (
                Task("What is promised", "budget:promises"),
                Task("What was spent", "budget:spending"),
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
        "budget.add_heading": "Added a heading to the budget",
        "budget.change_heading": "Changed a heading of the budget",
        "budget.change_promise": "Changed a promise of the budget",
        "budget.end_heading": "Ended a heading of the budget",
        "budget.open_year": "Opened a year of the budget",
        "budget.plan": "Planned a sum of the budget",
        "budget.promise": "Promised a sum of the budget",
        "budget.release_promise": "Released a promise of the budget",
        "budget.spend": "Noted spending",
        "budget.take_back": "Took spending back",
    },
    messages={},
    answers={},
    sensitive=True,
    erasure={
        "budget.Commitment": Columns(law="to words why_released", why=MONEY_IS_KEPT),
        "budget.FeeYear": Columns(plain="support_words"),
        "budget.Heading": Columns(words="name"),
        "budget.Spending": Columns(law="payee words reference", why=MONEY_IS_KEPT),
    },
    withheld=EVERYTHING_GOES,
)
