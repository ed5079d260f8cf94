"""Pages that touch money, findings, elections or subject access: they ask for a second factor first."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

View = Callable[..., HttpResponse]
PROVEN = "second_factor_at"  # in the session: the second, in real time, at which the second factor was given


def sensitive(view: View) -> View:
    """The view is opened only by who has given a second factor in this session; `people`'s middleware asks for it."""
    vars(view)["is_sensitive"] = True
    return view


def is_sensitive(view: Any) -> bool:
    """Whether the view asks for a second factor."""
    return bool(getattr(view, "is_sensitive", False))
