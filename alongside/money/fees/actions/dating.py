"""The days of the fee years that calendars show, kept beside them."""

from alongside.ground.core.standing import Standing
from alongside.members.partnerships.models import Partnership
from alongside.money.budget.actions import years
from alongside.money.fees.queries.year_two import days_of_years


def date_years(partnership: Partnership, by: Standing) -> None:
    """Work the days of every fee year out anew: after a year was opened, issued for the first time, or settled otherwise."""
    years.date_years(partnership, days_of_years(partnership, viewer=by))
