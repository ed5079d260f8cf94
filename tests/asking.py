"""Asking for pages as somebody, and undoing what that did."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from alongside.ground.web.addresses import audience_of
from alongside.members.people.models import Person
from tests import access
from tests.audiences import Audience, Line
from tests.rooms import of_rooms
from tests.signing_in import enter

QUIET_TABLES = ("django_session", "rate_limits", "account_", "socialaccount_", "mfa_", "usersessions_")


def names_of_urls(resolver: URLResolver | None = None, space: str = "") -> dict[str, URLPattern]:
    """Every URL by its name, 'invoices:invoice'; a URL without a name is called by its route."""
    found: dict[str, URLPattern] = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found |= names_of_urls(pattern, inner)
        else:
            found[f"{space}{pattern.name or pattern.pattern}"] = pattern
    return found


def lines() -> dict[str, Line]:
    """Every page's line: whom its address says it is for, with what its room's tests say of it; and those of allauth's own."""
    found = dict(access.LINES)
    for _, module in of_rooms("access"):
        found |= getattr(module, "LINES", {})
    for name, pattern in names_of_urls().items():
        if audience := audience_of(pattern.callback):
            to_post = Audience[vars(pattern.callback)["to_post"].name]
            line = found.get(name, Line())
            found[name] = replace(line, audience=line.audience or Audience[audience.name], to_post=line.audience or to_post)
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Browser(Client):
    """Says which page broke: with its traceback the first time, from then on in a line."""

    broken: ClassVar[set[str]] = set()

    def request(self, **request: Any) -> Any:
        """Ask for a page."""
        try:
            return super().request(**request)
        except Exception as error:
            words = f"{resolve(request['PATH_INFO']).view_name} answers 500: {error!r}"
            if words in self.broken:
                pytest.fail(f"{words} (its traceback stands where this was met first)", pytrace=False)
            self.broken.add(words)
            error.add_note(words)
            raise


class Doors:
    """A signed-in browser for each person, signing in once."""

    def __init__(self, raising: bool = True, **headers: str) -> None:
        self.cookies: dict[str, str] = {}
        self.raising, self.headers = raising, headers

    def client(self, person: Person | None) -> Client:
        """A fresh browser in which that person is signed in; a visitor's for nobody."""
        client = Browser(raise_request_exception=self.raising, headers=self.headers)
        if person is not None:
            if person.pk not in self.cookies:
                enter(client, person)
                self.cookies[person.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[person.pk]
        return client


class Writes:
    """Counts the statements that change one of our tables."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django calls this around every statement."""
        verb, _, rest = sql.lstrip().partition(" ")
        table = rest.replace("INTO ", "").replace("FROM ", "").lstrip().split(" ", 1)[0].strip('"')
        if verb.upper() in {"INSERT", "UPDATE", "DELETE"} and not table.startswith(QUIET_TABLES):
            self.found.append(f"{verb} {table}")
        return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[list[str]]:
    """The writes made inside."""
    writes = Writes()
    with connection.execute_wrapper(writes):
        yield writes.found
