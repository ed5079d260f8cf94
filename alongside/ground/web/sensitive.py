"""Pages that touch money, findings, elections or subject access: they ask for a second factor first."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]
PROVEN = "second_factor_at"  # in the session: the second, in real time, at which the second factor was given


class Asks(StrEnum):
    """Whom a page asks for a second factor."""

    EVERYBODY = "everybody"
    OFFICE = "those who work in the partnership's office"
    WHO_HAS_ONE = "those who have set one up"


def sensitive(view: View) -> View:
    """The view is opened only by who has given a second factor in this session; `people`'s middleware asks for it."""
    return _asking(view, Asks.EVERYBODY)


def sensitive_for_office(view: View) -> View:
    """The view is also a school's own page: the office is asked for a second factor, the school is not."""
    return _asking(view, Asks.OFFICE)


def sensitive_once_set_up(view: View) -> View:
    """The view changes how somebody signs in: whoever has a second factor gives it first, so that no thief takes it off."""
    return _asking(view, Asks.WHO_HAS_ONE)


def _asking(view: View, whom: Asks) -> View:
    vars(view)["asks_for_second_factor"] = whom
    return view


def asks_whom(view: Any) -> Asks | None:
    """Whom the view asks for a second factor; nobody by default."""
    return getattr(view, "asks_for_second_factor", None)
