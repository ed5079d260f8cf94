"""What a partnership settles once about its fees."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from alongside.members.partnerships.rules import Template
from alongside.money.invoices.rules.settings import IssuerSettings


@dataclass(frozen=True)
class FeeSettings(IssuerSettings):
    """Fees of a partnership, beside what its issuer has settled, in the same dated rows; amounts in pence."""

    year_one_fee: int = 150_000
    year_two_max: int = 150_000
    payment_days: int = 30
    support_words: str = "September 2022 to August 2023"
    year_two_on: date | None = None
    joiner_cut: str = "no"
    joiner_fee: str = "full"
    evaluation_from: str = "first invoice"

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """Which months a fee supports each partnership says itself."""
        return replace(super().for_template(template), support_words="")
