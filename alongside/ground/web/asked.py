"""The request as our middleware has completed it, and the one way to the row that its address names."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from alongside.ground.core.standing import Standing
from alongside.ground.web.models import path_to

Model = TypeVar("Model", bound=models.Model)
Thing = TypeVar("Thing")


class Asked(HttpRequest):
    """A request of which it is known who asks, and about which partnership (a `Partnership`, or nothing at an address
    without one)."""

    who: Standing
    partnership: Any
    htmx: HtmxDetails


def find(rows: type[Model] | models.QuerySet[Model], request: Asked, **words: Any) -> Model:
    """The one row that the words name, visible to who asks, and of the page's partnership where there is one; 404 otherwise."""
    asked: Any = rows._default_manager.all() if isinstance(rows, type) else rows
    seen = asked.visible_to(request.who)
    if request.partnership and (path := path_to(seen.model, "partnership")):
        seen = seen.filter(**{path: request.partnership.pk})  # some tables keep a plain id
    return found(seen.filter(**words).first())


def found(thing: Thing | None) -> Thing:
    """What a query found for this viewer; 404 where it found nothing."""
    if thing is None:
        raise Http404
    return thing


def next_page(request: HttpRequest, *, within: str = "/") -> str:
    """Where somebody goes on afterwards, as the page that sent them here said (`next`): a page of ours that begins so, or ""."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    try:
        is_ours = wanted.startswith(within) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    except ValueError:
        is_ours = False
    return wanted if is_ours else ""
