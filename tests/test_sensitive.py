"""Promise 20: pages that touch money, findings, elections or subject access open only with a second factor."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.ground.core import audience as product
from alongside.ground.core.audience import WITHOUT_SIGNING_IN
from alongside.ground.web import declared
from alongside.ground.web.addresses import Asks, asks_whom, audience_of, page
from tests.asking import lines, names_of_urls, undone, watched
from tests.audiences import Audience, Relation
from tests.figures import Figure
from tests.signing_in import enter
from tests.world import World

OFFICES = {Audience.OFFICE, Audience.FINANCE, Audience.MANAGER}
WHO = (Relation.MANAGER, Relation.FINANCE)
OTHERWISE: dict[str, str] = {}  # a page of a sensitive room that asks less than its room says, and why


def sensitive_urls() -> dict[str, Asks]:
    """Every URL whose view asks for a second factor, set up or not."""
    asked = {name: asks_whom(pattern.callback) for name, pattern in names_of_urls().items()}
    return {name: whom for name, whom in asked.items() if whom in {Asks.EVERYBODY, Asks.OFFICE}}


def unguarded() -> list[str]:
    """Pages of sensitive rooms, but for those open to everyone, that do not ask the office for a second factor."""
    return sorted(
        name
        for name, pattern in names_of_urls().items()
        if ":" in name and name not in OTHERWISE
        and (audience := audience_of(pattern.callback)) and audience not in WITHOUT_SIGNING_IN
        and declared.room_of(pattern.callback.__module__).sensitive
        and asks_whom(pattern.callback) not in {Asks.EVERYBODY, Asks.OFFICE}
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


def test_every_page_of_a_sensitive_room_asks(figure: Figure) -> None:
    assert not unguarded()
    rooms = [name.rpartition(".")[2] for name, said in declared.rooms().items() if said.sensitive]
    assert {"invoices", "bank", "books", "budget", "fees", "authority"} <= set(rooms)
    figure("promise 20", f"{len(rooms)} sensitive rooms: {', '.join(rooms)}")


def test_a_page_that_asks_less_than_its_room_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    overview = names_of_urls()["fees:overview"].callback
    monkeypatch.setattr(overview, "asks_for_second_factor", Asks.NOBODY, raising=False)
    assert unguarded() == ["fees:overview"]


def test_what_a_page_asks_otherwise_it_says_with_its_reason() -> None:
    def show(request: object) -> HttpResponse:
        """A page."""
        return HttpResponse("")

    with pytest.raises(TypeError, match="reason"):
        page("x/", show, product.Audience.OFFICE, asks=Asks.NOBODY)
    page("x/", show, product.Audience.OFFICE)
    for otherwise in (
        {"audience": product.Audience.EVERYONE},
        {"audience": product.Audience.OFFICE, "to_post": product.Audience.MANAGER},
        {"audience": product.Audience.OFFICE, "asks": Asks.NOBODY, "why": "somebody thought so"},
    ):
        with pytest.raises(TypeError, match="another address"):
            page("y/", show, **otherwise)


def test_with_the_second_factor_the_same_pages_open(world: World) -> None:
    client = enter(Client(), world.person(Relation.MANAGER))
    line = lines()["fees:set_up"]
    assert client.get(reverse("fees:set_up", kwargs=line.address_words(world))).status_code == 200
    assert settings.SECOND_FACTOR_LASTS == 8 * 60 * 60
