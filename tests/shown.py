"""What a page showed before its button, as its form carries it (`core.shown`)."""

from html import unescape
from typing import Any

from django.test import Client


def seen_on(page: Any, name: str = "seen") -> str:
    """The mark on a page, or on an answer that holds one."""
    text = page if isinstance(page, str) else page.content.decode()
    return unescape(text.split(f'name="{name}" value="')[1].split('"')[0])


def press(client: Client, address: str, said: dict[str, Any], *, on: str = "", name: str = "seen", follow: bool = False) -> Any:
    """Press a button of a page (the address's own, or `on`) as somebody does who has just opened it."""
    return client.post(address, {**said, name: seen_on(client.get(on or address), name)}, follow=follow)


def agree(client: Client, address: str, said: dict[str, Any], *, follow: bool = False) -> Any:
    """Send a form that says first what it would do, and press again on what it said (`form_page(look=…)`)."""
    return client.post(address, {**said, "looked": seen_on(client.post(address, said), "looked")}, follow=follow)
