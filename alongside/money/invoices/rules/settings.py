"""What a partnership settles once about its invoices."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Self

from alongside.members.partnerships.rules import Template
from alongside.money.invoices.rules.invoices import Supplier


class Issuer(StrEnum):
    """Who asks the schools for the fee."""

    UNDECIDED = ""
    PARTNERSHIP = "partnership"
    HOST = "host"
    TRUST = "trust"

    @property
    def document(self) -> str:
        """What a school gets from this issuer, in a word."""
        return {"trust": "journal", "host": "charge"}.get(self.value, "invoice")

    @property
    def correction(self) -> str:
        """What takes something off again, in a word or two."""
        return {"trust": "reversing journal", "host": "credit of the host"}.get(self.value, "credit note")


@dataclass(frozen=True)
class IssuerSettings:
    """Who issues a partnership's invoices and what stands on each; when reminders go. What a fee costs is added by `fees`."""

    app: ClassVar[str] = "fees"
    issuer: str = Issuer.UNDECIDED
    host_name: str = ""
    vat_code: str = "ask finance"
    vat_number: str = ""
    supplier_name: str = ""
    supplier_address: str = ""
    supplier_email: str = ""
    supplier_phone: str = ""
    bank_words: str = ""
    first_reminder: int = 7
    second_reminder: int = 21
    call_after: int = 35
    reminders_by_themselves: bool = True

    @property
    def supplier(self) -> Supplier:
        """Who supplies, as the settings say today."""
        own = (self.supplier_name, self.supplier_address, self.vat_number, self.supplier_email, self.supplier_phone)
        return Supplier(*own, self.bank_words)

    @classmethod
    def for_template(cls, template: Template) -> Self:
        """A trust charges its own academies by journal; a learning partnership decides who issues."""
        return cls(issuer=Issuer.TRUST) if template == Template.TRUST else cls()


def missing_details(settings: IssuerSettings) -> list[str]:
    """No invoice leaves before it says who supplies, where to pay, and whom to ring.

    Source: domain.md R5 (the issuer is chosen once; supplier and VAT evidence; bank details never change by e-mail).
    """
    if settings.issuer == Issuer.UNDECIDED:
        return ["who issues the invoices"]
    if settings.issuer == Issuer.TRUST:
        return [] if settings.supplier_name else ["the trust's name as it stands in its books"]
    if settings.issuer == Issuer.HOST:
        return [] if settings.host_name else ["the name of the council or school that issues"]
    wanted = {
        "the supplier's name": settings.supplier_name,
        "the supplier's address": settings.supplier_address,
        "how to pay (bank details)": settings.bank_words,
        "a telephone number to check bank details with": settings.supplier_phone,
        "an e-mail address for questions": settings.supplier_email,
    }
    return [words for words, value in wanted.items() if not value.strip()]
