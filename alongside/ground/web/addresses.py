"""Addresses say for whom: the table of URLs is the table of access, and of who is asked for a second factor."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from alongside.ground.core.audience import IN_OFFICE, WITHOUT_SIGNING_IN, Audience
from alongside.ground.web import declared

PROVEN = "second_factor_at"  # in the session: the second, in real time, at which the second factor was given


class Asks(StrEnum):
    """Whom a page asks for a second factor."""

    EVERYBODY = "everybody"
    OFFICE = "those who work in the partnership's office; in any, where the address names none"
    WHO_HAS_ONE = "those who have set one up"
    OFFICE_OR_WHO_HAS_ONE = "those who have set one up, and those who work in an office"
    NOBODY = "nobody"


def page(
    route: str,
    view: Callable[..., HttpResponseBase],
    audience: Audience,
    *,
    name: str = "",
    to_post: Audience | None = None,
    asks: Asks | None = None,
    why: str = "",
    opened_by: str = "",
) -> URLPattern:
    """One address, called like its view: for whom it is, and who may send its form where that is not the same.

    Signing in is asked for by itself. In a room whose declaration says that it is sensitive every page asks for a second
    factor: the office everywhere, and everybody where the page is the office's own. `asks` says otherwise, and `why`.
    `opened_by` names the part of the address that opens it to whoever holds it: it is shown in no mail that comes in.
    """
    if (asks is not None) != bool(why):
        raise TypeError("What a page asks otherwise than its room says with its reason")
    said: Any = view
    told = {"audience": audience, "to_post": to_post or audience, "asks_for_second_factor": asks}
    if any(getattr(said, name, value) is not value for name, value in told.items()):
        raise TypeError(f"{said.__name__} is at another address already, for other people: give it a view of its own")
    vars(said).update(told, login_required=audience not in WITHOUT_SIGNING_IN)
    secretly(view, opened_by)
    return path(route, view, name=name or said.__name__)


def secretly(view: Any, opened_by: str) -> Any:
    """The view, whose address opens it to whoever holds that part of it."""
    if opened_by:
        vars(view)["opened_by"] = opened_by
    return view


def secret_of(view: Any) -> str:
    """The part of its address that opens a page to whoever holds it; nothing where none does."""
    return str(getattr(view, "opened_by", ""))


def twin(view: Callable[..., HttpResponseBase], prefix: str, **words: Any) -> Callable[..., HttpResponseBase]:
    """The same view for an address of its own, where others may come or more is asked; called with the prefix before its name,
    and with `words` beside those of the address."""

    def other(*args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(*args, **kwargs, **words)

    other.__name__, other.__doc__, other.__module__ = prefix + view.__name__, view.__doc__, view.__module__
    return other


def audience_of(view: Any) -> Audience | None:
    """Whom the page is for; nothing for what is no page of ours."""
    return getattr(view, "audience", None)


def asks_whom(view: Any) -> Asks:
    """Whom the page asks for a second factor."""
    said: Asks | None = getattr(view, "asks_for_second_factor", None)
    audience = audience_of(view)
    if said is not None:
        return said
    if audience is None or audience in WITHOUT_SIGNING_IN or not declared.room_of(view.__module__).sensitive:
        return Asks.NOBODY
    return Asks.EVERYBODY if audience in IN_OFFICE else Asks.OFFICE
