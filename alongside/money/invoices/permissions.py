"""Who may do what with invoices."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no


def may_issue_invoices(who: Standing, partnership: str) -> Verdict:
    """The partnership's manager and its finance officer act on money: set up, issue, send."""
    if who.is_system or who.can(Power.MONEY, partnership=partnership):
        return YES
    return no("Only the partnership's manager and its finance officer deal with fees.")


def may_record_payment(who: Standing, partnership: str) -> Verdict:
    """Payments are written down by those who issue the invoices."""
    return may_issue_invoices(who, partnership)


def may_correct_invoice(who: Standing, partnership: str) -> Verdict:
    """Credit notes, write-offs and waivers are written down by those who issue the invoices, with their authority."""
    return may_issue_invoices(who, partnership)


def may_see_invoice(who: Standing, partnership: str, school: str) -> Verdict:
    """A school's people see its own invoices; the office sees all of its partnership's."""
    if who.runs(partnership) or who.holds(school=school):
        return YES
    return no("An invoice is for the people of its school and for the partnership's office.")


def may_change_payer(who: Standing, partnership: str, school: str, *, has_code: bool = False) -> Verdict:
    """Who pays, and under which purchase order, is said by the school, by accounts staff with the code, or by the office."""
    return YES if has_code else may_see_invoice(who, partnership, school)


def may_query_invoice(who: Standing, partnership: str, school: str, *, has_code: bool = False) -> Verdict:
    """Whoever may see an invoice may query it."""
    return YES if has_code else may_see_invoice(who, partnership, school)
