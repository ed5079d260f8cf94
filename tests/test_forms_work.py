"""Every form can be sent: somebody whom it is for fills it in as its line says, and it is done.

A page that refuses everything lets nobody in who should not be, and is of no use. What the world cannot try
stands in its room's tests/access.py with why; a name there whose form works is told, so the lists only shrink.
"""

import re
from collections.abc import Iterable
from html import unescape

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.asking import Doors, lines, undone, watched
from tests.audiences import Audience, Line, Relation
from tests.figures import Figure
from tests.rooms import LATER, excepted
from tests.visiting import text_of, visits
from tests.world import World

NOT_TRIED = excepted("NOT_TRIED", ":")
TWICE_IS_TWICE = excepted("TWICE_IS_TWICE", ":")  # what is made again by the same press, and why
FORMS = re.compile(r'<form method="post"(?:[^>]*? action="([^"]*)")?[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
OUR_FORM = re.compile(r'<form method="post"(?: action="([^"]*)")? class="al-form"')


def works(world: World, name: str, line: Line, doors: Doors, twice: set[str] | None = None) -> bool:
    """Whether somebody whom the form is for can send it: it wrote, and led on or showed what it made. Sent a second time as it
    was, it makes nothing more, or its name is put into `twice`."""
    for relation in Relation:
        if relation not in (line.to_post or line.audience).relations:
            continue
        client = doors.client(world.person(relation, line.school))
        with undone(), watched() as writes:
            address = reverse(name, kwargs=line.address_words(world)) + line.query
            form = {**shown_to(client, address), **line.form(world)}
            answer = client.post(address, form)
            if answer.status_code == 409:
                answer = client.post(address, {name: value for name, value in form.items() if name not in {"deed", "issue"}})
            if not writes and answer.status_code == 200 and (shown := hidden_in(text_of(answer), address)):
                form = {**form, **shown}  # looked at first, then pressed
                answer = client.post(address, form)
            if writes and answer.status_code in {200, 302}:
                if twice is not None:
                    with watched() as again:
                        second = client.post(address, form)
                    again = again if second.status_code == 302 else []
                    twice |= {f"{name}: {one}" for one in again if one.startswith("INSERT") and one != "INSERT audit_event"}
                return True
    return False


def shown_to(client: Client, address: str) -> dict[str, str]:
    """What whoever presses has been shown, as the form carries it: on the page itself, or on the one whose button it is."""
    found: dict[str, str] = {}
    for page in (address, address.rstrip("/").rpartition("/")[0] + "/"):
        answer = client.get(page)
        if answer.status_code == 200 and not found:
            found = {name: mark for name, mark in hidden_in(text_of(answer), address).items() if name in {"seen", "shown"}}
    return found


def hidden_in(page: str, address: str) -> dict[str, str]:
    """What the forms of a page that go to an address carry unseen."""
    found: dict[str, str] = {}
    for action, inside in FORMS.findall(page):
        if unescape(action) in {"", address}:
            found |= {name: unescape(value) for name, value in HIDDEN.findall(inside)}
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


@pytest.mark.slow
def test_every_form_can_be_sent(world: World, figure: Figure) -> None:
    with undone():
        doors = Doors()
        of = {name: line for name, line in lines().items() if ":" in name and "POST" in line.methods}  # not the library's own
        of = {name: line for name, line in of.items() if line.audience != Audience.NOBODY}
        twice = set[str]()
        done = {name for name, line in of.items() if name in NOT_TRIED or works(world, name, line, doors, twice)}
        idle = sorted(name for name in NOT_TRIED if name in of and works(world, name, of[name], doors))
    figure("forms", f"{len(of)} forms, {len(of) - len(NOT_TRIED)} sent and done, {len(NOT_TRIED)} listed with why")
    assert not set(of) - done, f"nobody can send these as their lines in tests/access.py fill them in: {sorted(set(of) - done)}"
    assert not idle, f"these are listed as not tried, and work: {idle}"
    assert not set(NOT_TRIED) - set(lines())
    assert {one.split(": ")[0] for one in twice} == TWICE_IS_TWICE.keys(), sorted(twice)


def without_line(pages: Iterable[tuple[str, str, Line, str]]) -> list[str]:
    """Which pages (name, address, line, source) have a form of their own, and no line that says what it holds."""
    return [
        f"{name}: tests/access.py of its room says nothing of its form (methods, post)"
        for name, address, line, source in pages
        for action in OUR_FORM.findall(source)
        if action in {"", address}
        and ("POST" not in line.methods or (line.post is None and name in NOT_TRIED and NOT_TRIED[name] == LATER))
    ]


def test_a_page_with_a_form_says_what_it_holds(world: World) -> None:
    doors, of = Doors(), lines()
    shown = ((one.name, one.address, of[one.name], one.open(doors, world)) for one in visits(world) if ":" in one.name)
    pages = [(name, at, line, text_of(answer)) for name, at, line, answer in shown if "html" in answer.headers["Content-Type"]]
    assert not without_line(pages)


def test_a_form_without_a_line_is_caught() -> None:
    assert without_line([("a:b", "/a/", Line(), '<form method="post" class="al-form" novalidate>')])


@pytest.mark.slow
def test_the_title_of_a_page_with_errors_says_so_first(world: World, figure: Figure) -> None:
    refused, silent = 0, []
    with undone():
        doors = Doors()
        for name, line in lines().items():
            if "POST" not in line.methods or line.audience == Audience.NOBODY:
                continue
            for relation in (line.to_post or line.audience).relations:
                client = doors.client(world.person(relation, line.school))  # signs in before what follows is undone
                with undone():
                    address = reverse(name, kwargs=line.address_words(world)) + line.query
                    page = text_of(client.post(address, {"lines": "x"}))
                if "govuk-error-summary__title" in page:
                    refused += 1
                    silent += [] if "<title>Error: " in page else [name]
                    break
    figure("errors", f"{refused} pages refuse a form sent empty, {len(silent)} of them without a word in their title")
    assert refused > 60 and silent == []


def test_a_form_that_refuses_everybody_is_caught(world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"), undone():
        assert not works(world, "refused", Line(audience=Audience.OFFICE), Doors())
