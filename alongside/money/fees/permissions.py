"""Who may be charged."""

from alongside.ground.core.verdict import YES, Verdict, no
from alongside.money.fees.rules.charges import why_no_charge


def may_charge(
    amount: int, *, is_member: bool, is_annual_fee: bool = False, signed_for: int | None = None, others_pay: bool = False
) -> Verdict:
    """Whoever would charge a school asks here first: a member school is charged the yearly fee that it signed for, and
    nothing else."""
    why = why_no_charge(amount, is_member=is_member, is_annual_fee=is_annual_fee, signed_for=signed_for, others_pay=others_pay)
    return no(why) if why else YES
