"""The bar on top of a demonstration."""

from typing import Any

from django.http import HttpRequest


def bar(request: HttpRequest) -> dict[str, Any]:
    """What the bar shows; nothing where there is no demonstration."""
    return {"demo_bar": None}
