"""Contributions for tests."""

from datetime import date
from decimal import Decimal

from alongside.ground.core import keys
from alongside.ground.core.standing import Standing
from alongside.members.contributions import actions
from alongside.members.contributions.models import Contribution
from alongside.members.contributions.rules import GiftKind
from alongside.members.partnerships.models import Partnership

SYSTEM = Standing.system()


def gift(
    partnership: Partnership,
    giver: actions.Party,
    receiver: actions.Party,
    kind: GiftKind = GiftKind.VISIT,
    *,
    amount: str = "1",
    on: date = date(2022, 3, 7),
    source: str = "reviews.finish_visit",
    source_row: str = "",
    words: str = "",
) -> Contribution:
    """Something given, written by a deed."""
    return actions.give(
        partnership=partnership, giver=giver, receiver=receiver, kind=kind, on=on, amount=Decimal(amount), source=source,
        source_row=source_row or keys.new_key(), words=words, by=SYSTEM,
    )  # fmt: skip
