"""Who may change a calendar, and who may keep dates."""

from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import YES, Verdict, no
from alongside.members.partnerships.permissions import may_run_partnership


def may_change_year(who: Standing, partnership: str) -> Verdict:
    """The partnership's manager types its term dates and the times that it keeps free."""
    return may_run_partnership(who, partnership)


def may_change_school_days(who: Standing, partnership: str, school: str) -> Verdict:
    """A school's INSET days, closures and own term dates are typed by its head or school administrator, or by the office."""
    if who.runs(partnership) or who.can(Power.DAYS, school=school):
        return YES
    return no("The head or the school administrator types the school’s days, or the partnership’s office for it.")


def may_keep_date(who: Standing, partnership: str, school: str | None) -> Verdict:
    """A date is kept by the head, school administrator or business manager of the school that must answer, or by the office."""
    if who.runs(partnership) or (school and who.can(Power.DATES, school=school)):
        return YES
    return no("The head, the school administrator or the business manager keeps the school’s dates, or the partnership’s office.")


def may_import_bank_holidays(who: Standing) -> Verdict:
    """Bank holidays are taken in by whoever runs the installation."""
    return YES if who.is_system else no("Whoever runs this installation takes in the bank holidays.")
