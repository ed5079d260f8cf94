"""The fee covers all: nothing inside a member's entitlement raises a charge."""

from alongside.ground.core.money import short_pounds

CLAUSE = "The fee covers all support. Nothing that the partnership offers its members costs extra."


def why_no_charge(
    amount: int, *, is_member: bool, is_annual_fee: bool = False, signed_for: int | None = None, others_pay: bool = False
) -> str:
    """A member school is charged its yearly fee and nothing else, whatever it takes part in; catering and cover are a
    charge too. The fee is at most what the version that it signed says. Other schools pay only where the partnership has
    said so. Empty when the charge may be made.

    Source: 002:78 ("no additional charges"), evidence H6; R4 and R5 (what was signed). Amounts in pence; `signed_for` is
    none where the words name no sum.
    """
    if amount <= 0:
        return ""
    if is_annual_fee:
        if signed_for is None or amount <= signed_for:
            return ""
        return f"It signed for {short_pounds(signed_for)} a year at most: {short_pounds(amount)} is more"
    if is_member:
        return f"A member school cannot be charged for this. The agreement that it signed says: “{CLAUSE}”"
    return "" if others_pay else "This partnership has not said that schools outside it may be charged."


def covers() -> str:
    """The fee covers all of the partnership's support: no member school is ever charged more for any of it.

    Source: 002:78 ("no additional charges"), evidence H6, domain.md R5.
    """
    return "The fee covers all of the partnership’s support. Nothing that is offered to members costs extra."
