"""No input breaks a page (promise 18): every form, every field, about forty nasty values; and the same in addresses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.asking import Doors, undone
from tests.audiences import Relation
from tests.figures import Figure
from tests.share import WALKS
from tests.visiting import is_page, visits
from tests.world import World

REQUESTS = {"test": 750, "check": 1_500, "nightly": 24_000}[WALKS]  # however many forms there are
NASTY = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "00",
    "1e9",
    "9" * 30,
    "-" + "9" * 20,
    "1.5",
    "NaN",
    "Infinity",
    "1,000,000.999",
    "£-3",
    "٣",
    "½",
    "\x00",
    "a\x00b",
    "\n",
    "a\r\nb",
    "\ud800".encode("utf-8", "replace").decode(),
    "\u202etxt",
    "\u200b",
    "é" * 300,
    "a" * 200_000,
    "'",
    '"',
    "' OR 1=1 --",
    "\\",
    "%",
    "%s",
    "%00",
    "{{ 7*7 }}",
    "{% x %}",
    "<script>x()</script>",
    "../../etc/passwd",
    "=1+1",
    "None",
    "true",
    "[]",
    "{}",
    "2022-02-30",
    "31/02/2022",
    "29 February 2023",
    "31 December 9999",
    "1 January 0001",
    "a@b",
    "x@" + "y" * 300 + ".example",
    "http://[",
    "💥",
    "\ufeff",
    "0123456789ab",
    "iiiiiiiiiiii",
]
RELATIONS = (Relation.MANAGER, Relation.HEAD, Relation.VISITOR)


@dataclass
class Form:
    """One form of a page: where it goes, how, and what it holds as it comes."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)

    def filled(self, name: str, value: str) -> dict[str, str]:
        """Its values with one of them replaced."""
        return {**self.values, name: value}


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.found, self.select = address, [], ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element of a form."""
        words = {name: value or "" for name, value in attrs}
        name = words.get("name", "")
        if tag == "form":
            self.found.append(
                Form(urljoin(self.address, words.get("action") or self.address), words.get("method", "get").lower())
            )
        elif self.found and name and tag in {"input", "textarea", "button", "select"}:
            self.found[-1].values.setdefault(name, words.get("value", ""))
            self.select = name if tag == "select" else ""
        elif self.found and tag == "option" and self.select and words.get("value"):
            self.found[-1].values[self.select] = self.found[-1].values[self.select] or words["value"]


def forms_of(world: World, doors: Doors) -> Iterator[tuple[Relation, Form]]:
    """Every form that anybody meets, once for each who meets it."""
    seen = set()
    for visit in visits(world, RELATIONS):
        doors.client(world.person(visit.relation, visit.school))  # signs in before what follows is undone
        with undone():
            response = visit.open(doors, world)
        if is_page(response):
            for form in Forms(visit.address, response.content.decode()).found:
                mark = (visit.relation, urlsplit(form.action).path, form.method, tuple(sorted(form.values)))
                if mark not in seen:
                    seen.add(mark)
                    yield visit.relation, form


def send(client: Client, form: Form, values: dict[str, str]) -> str:
    """Send a form; gives what broke, or nothing."""
    with undone():
        if form.method == "post":
            response = client.post(form.action, values)
        else:
            response = client.get(urlsplit(form.action).path + "?" + urlencode(values, errors="replace"))
    return fault(response)


def fault(response: HttpResponse) -> str:
    """What a person met as a 500; nothing otherwise."""
    return f"{response.status_code} {getattr(response, 'exc_info', None)}"[:200] if response.status_code >= 500 else ""


def requests(forms: list[Form]) -> Iterator[tuple[int, str, str]]:
    """(place of the form, field, value): of each nasty value in each field as many as are asked for, spread over all forms."""
    every = [
        (place, name, value)
        for place, form in enumerate(forms)
        for name in form.values
        if name != "csrfmiddlewaretoken"
        for value in NASTY
    ]
    yield from Random(len(every)).sample(every, min(len(every), REQUESTS))


def storm(world: World, forms: list[tuple[Relation, Form]], doors: Doors) -> tuple[int, list[str]]:
    """All the requests; gives how many, and what broke."""
    sent, broken = 0, []
    for place, name, value in requests([form for _, form in forms]):
        (relation, form), sent = forms[place], sent + 1
        problem = send(doors.client(world.person(relation)), form, form.filled(name, value))
        if problem:
            broken.append(f"{form.method} {form.action} {name}={value[:30]!r} as {relation}: {problem}")
    return sent, broken


@pytest.mark.slow
def test_no_form_breaks(world: World, figure: Figure) -> None:
    doors = Doors(raising=False)
    forms = list(forms_of(world, Doors()))
    sent, broken = storm(world, forms, doors)
    figure("promise 18", f"{sent} requests to {len(forms)} forms, {len(broken)} broken")
    assert not broken, "\n".join(sorted(set(broken))[:60])


@pytest.mark.slow
def test_no_address_breaks(world: World, figure: Figure) -> None:
    """Nonsense in the words of an address, and in what follows its question mark."""
    doors, sent, broken = Doors(raising=False), 0, []
    met = list(visits(world, (Relation.MANAGER, Relation.VISITOR)))
    stride = max(1, sum(visit.address.count("/") * len(NASTY) for visit in met) // REQUESTS)
    for turn, visit in enumerate(met):
        parts = [part for part in visit.address.split("?")[0].split("/") if part]
        client = doors.client(world.person(visit.relation))
        for value in NASTY[turn % min(stride, len(NASTY)) :: stride]:
            asked = [
                visit.address.split("?")[0]
                + "?"
                + urlencode(dict.fromkeys(("page", "sort", "q", "state", "phase", "words", "next"), value))
            ]
            asked += [
                "/" + "/".join([*parts[:place], quote(value[:500], safe=""), *parts[place + 1 :]]) + "/"
                for place in range(len(parts))
            ]
            for address in asked:
                sent += 1
                problem = send(client, Form(address, "get"), {}) if "?" not in address else _get(client, address)
                if problem:
                    broken.append(f"{visit.name}: {address[:120]}: {problem}")
    figure("promise 18", f"{sent} addresses, {len(broken)} broken")
    assert not broken, "\n".join(sorted(set(broken))[:60])


def _get(client: Client, address: str) -> str:
    with undone():
        return fault(client.get(address))


def test_a_page_that_breaks_on_nonsense_is_caught(db: None) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        form = Form("/planted/adding/", "post", {"number": "1"})
        client = Client(raise_request_exception=False)
        assert send(client, form, {"number": "1"}) == ""
        assert [value for value in NASTY if send(client, form, {"number": value})]
