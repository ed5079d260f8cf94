"""A partnership with a budget, as tests plan and spend it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.members.partnerships.models import Partnership
from alongside.money.budget.actions import planning, spending
from alongside.money.budget.models import Commitment, FeeYear, Heading, Spending
from alongside.money.budget.queries import Budget, budget_of
from alongside.money.invoices.models.invoices import Claim, Invoice
from alongside.money.invoices.tests import make


def year_of(of: Partnership) -> FeeYear:
    """The fee year of a partnership's first claim, opened where only the invoices have been asked for."""
    said = {"number": 1, "amount": make.FEE, "opened_at": clock.now(), "claim": Claim.objects.get(partnership=of, kind="fee")}
    return FeeYear.objects.get_or_create(partnership=of, defaults=said)[0]


class Kept:
    """A partnership with three invoices and one heading, and short words for its deeds."""

    def __init__(self, count: int = 3, issued: Callable[[int], list[Invoice]] = make.issued) -> None:
        self.of: Partnership = issued(count)[0].partnership
        self.by = make.office(self.of, Post.FINANCE)
        self.year = year_of(self.of)
        self.heading = self.plan("Networks")

    def plan(self, name: str, by: Standing | None = None) -> Heading:
        """A heading."""
        said = {"name": name, "year": self.year, "planned": 200_000, "key": keys.new_key()}
        return planning.add_heading(partnership=self.of, **said, by=by or self.by)

    def promise(self, amount: int = 50_000, key: str = "", **more: Any) -> Commitment:
        """A promise."""
        said = {"heading": self.heading, "year": self.year, "to": "A speaker", "words": "A day", "due_on": date(2022, 6, 1)}
        return planning.promise_money(key=key or keys.new_key(), amount=amount, **said | more, by=self.by)

    def spend(self, amount: int = 30_000, key: str = "", **more: Any) -> Spending:
        """Money spent."""
        said = {"heading": self.heading, "year": self.year, "payee": "A hall", "spent_on": clock.today()}
        return spending.record_spending(key=key or keys.new_key(), amount=amount, **said | more, by=self.by)

    @property
    def budget(self) -> Budget:
        """The year that runs, as the page shows it."""
        return self.budget_of_year(None)

    def budget_of_year(self, number: int | None) -> Budget:
        """A year as the page shows it."""
        found = budget_of(self.of, number, viewer=self.by)
        assert found
        return found

    @property
    def row(self) -> tuple[int, int, int, int]:
        """(planned, promised, spent, left) of the heading."""
        (one,) = self.budget.headings
        return one.planned, one.committed, one.spent, one.left
