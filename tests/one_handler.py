"""All test clients of a process share the middleware that the first of them loaded, until a setting changes.

To load it takes longer than most pages do: the static files are looked through each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.core.signals import setting_changed
from django.test.client import ClientHandler

LOADED = ("_middleware_chain", "_view_middleware", "_template_response_middleware", "_exception_middleware")


@contextmanager
def shared() -> Iterator[None]:
    """What one client loads serves all, as long as it lasts."""
    kept: dict[str, Any] = {}

    def load(self: ClientHandler) -> None:
        if not kept:
            BaseHandler.load_middleware(self)
            kept.update({name: getattr(self, name) for name in LOADED})
        vars(self).update(kept)

    def forget(**_: Any) -> None:
        kept.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load, raising=False)
        setting_changed.connect(forget)
        yield
        setting_changed.disconnect(forget)
