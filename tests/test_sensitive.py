"""Promise 20: pages that touch money, findings, elections or subject access open only with a second factor."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from alongside.ground.web.sensitive import Asks, asks_whom
from tests.asking import lines, names_of_urls, undone, watched
from tests.audiences import Audience, Line, Relation
from tests.figures import Figure
from tests.signing_in import enter
from tests.world import World

OFFICES = {Audience.OFFICE, Audience.FINANCE, Audience.MANAGER}
WHO = (Relation.MANAGER, Relation.FINANCE)
ROOMS = (  # what was decided about money, money, elections, findings, subject access
    "authority:", "invoices:", "bank:", "books:", "budget:", "fees:", "governance:", "reviews:", "desk:",
)  # fmt: skip
WITHOUT: dict[str, str] = {}  # a page of those rooms for the office that asks for no second factor, and why


def sensitive_urls() -> dict[str, Asks]:
    """Every URL whose view asks for a second factor, set up or not."""
    asked = {name: asks_whom(pattern.callback) for name, pattern in names_of_urls().items()}
    return {name: whom for name, whom in asked.items() if whom in {Asks.EVERYBODY, Asks.OFFICE}}


def unguarded(of: dict[str, Line]) -> list[str]:
    """The office's own pages in the rooms of money and the like whose views forgot to ask."""
    urls = names_of_urls()
    return sorted(
        name
        for name, line in of.items()
        if name.startswith(ROOMS) and (line.to_post or line.audience) in OFFICES and name not in WITHOUT
        and asks_whom(urls[name].callback) not in {Asks.EVERYBODY, Asks.OFFICE}
    )  # fmt: skip


def is_asked(response: HttpResponse) -> bool:
    """Whether the answer leads to the page that asks for the second factor."""
    return response.status_code == 302 and response.headers["Location"].startswith(reverse("people:prove"))


def let_in(world: World, names: dict[str, Asks]) -> tuple[int, list[str]]:
    """Try each page as the office, signed in without a second factor; gives how many were tried, and what let them in."""
    tried, found = 0, []
    clients = {relation: enter(Client(), world.person(relation), second_factor=False) for relation in WHO}
    for name in names:
        line = lines()[name]
        address = reverse(name, kwargs=line.address_words(world)) + line.query
        for relation, client in clients.items():
            if relation not in (line.to_post or line.audience).relations:
                continue
            for method in line.methods:
                tried += 1
                with undone(), watched() as writes:
                    answer = getattr(client, method.lower())(address, line.form(world) if method == "POST" else None)
                if not is_asked(answer) or writes:
                    found.append(f"{method} {name} as {relation}: {answer.status_code}")
    return tried, found


def test_no_page_about_money_opens_without_a_second_factor(world: World, figure: Figure) -> None:
    urls = sensitive_urls()
    tried, found = let_in(world, urls)
    assert not found, "\n".join(found)
    assert tried > 20
    figure("promise 20", f"{tried} requests of {len(urls)} pages by the office without a second factor, {tried} refused")


def test_every_page_of_the_rooms_of_money_asks(figure: Figure) -> None:
    assert not unguarded(lines()), "these views forgot @sensitive (alongside/ground/web/sensitive.py)"


@pytest.mark.parametrize("audience", sorted(OFFICES))
def test_a_page_that_forgot_to_ask_is_caught(audience: Audience, world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        assert unguarded({"fees:planted": Line(audience)}) == ["fees:planted"]
        client = enter(Client(), world.person(Relation.MANAGER), second_factor=False)
        assert not is_asked(client.get("/planted/paying/"))


def test_with_the_second_factor_the_same_pages_open(world: World) -> None:
    client = enter(Client(), world.person(Relation.MANAGER))
    line = lines()["fees:set_up"]
    assert client.get(reverse("fees:set_up", kwargs=line.address_words(world))).status_code == 200
    assert settings.SECOND_FACTOR_LASTS == 8 * 60 * 60
