"""Browser hardening: the headers of every answer, and nothing in a page that a strict browser would refuse."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from tests.asking import Doors
from tests.audiences import Relation
from tests.figures import Figure
from tests.visiting import Page, is_page, visits
from tests.world import World

WANTED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cache-Control": "no-",
    "Content-Security-Policy": "default-src 'none'",
}


def faults_of(response: HttpResponse) -> list[str]:
    """What is missing or too much in one answer."""
    found = [
        f"{name}: {response.headers.get(name, 'missing')}"
        for name, value in WANTED.items()
        if value not in response.headers.get(name, "")
    ]
    policy = response.headers.get("Content-Security-Policy", "")
    found += [f"the policy allows {word}" for word in ("unsafe-inline", "unsafe-eval", "https:", "*") if word in policy]
    return found + (Page(response.content.decode()).faults if is_page(response) else [])


@pytest.mark.both
def test_every_page_is_hardened(world: World, figure: Figure) -> None:
    doors, found, asked = Doors(), [], 0
    for visit in visits(world):
        asked += 1
        response = visit.open(doors, world)
        found += [f"{visit}: {fault}" for fault in faults_of(response)]
    figure("promise 27", f"{asked} answers, {len(found)} faults in headers and markup")
    assert not found, "\n".join(sorted(set(found)))


@pytest.fixture
def broken_product(db: None) -> Iterator[Client]:
    """The product with pages that break its promises."""
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        yield Client(raise_request_exception=False)


def test_a_page_with_a_script_of_its_own_is_caught(broken_product: Client) -> None:
    found = faults_of(broken_product.get("/planted/styled/"))
    assert {"<p> carries a style", "<p> carries onclick", "a script of its own without nonce"} <= set(found)
    assert any(fault.startswith("Content-Security-Policy") for fault in found)


@pytest.mark.parametrize(
    ("status", "address", "remedy"),
    [
        (400, "/planted/nonsense/", "Go back"),
        (400, "/planted/unsaid/", "Choose one of the two answers"),
        (403, "/planted/refused/", "ask your partnership"),
        (404, "/no/such/page/", "front page"),
        (404, "/i/a%00b/", "front page"),
        (405, "/planted/pressed/", "the button"),
        (409, "/planted/overtaken/", "load the page again"),
        (413, "/planted/too_much/", "smaller"),
        (500, "/planted/broken/", ""),
    ],
)
def test_a_refusal_is_a_page_that_says_what_to_do(broken_product: Client, status: int, address: str, remedy: str) -> None:
    response = broken_product.get(address)
    assert response.status_code == status
    assert remedy in response.content.decode()
    assert not faults_of(response)


def test_the_character_nul_after_the_question_mark_is_left_out(db: None) -> None:
    response = Client().get("/schools/?q=Al%00der&la=%00")
    assert response.status_code == 200 and 'value="Alder"' in response.content.decode()


def test_the_office_searches_with_it_as_without(world: World) -> None:
    office = Doors().client(world.person(Relation.MANAGER))
    for name in ("membership:overview", "notices:list", "partnerships:schools", "people:list"):
        assert office.get(reverse(name, args=[world.partnership.slug]) + "?q=%00&kind=%00&phase=%00").status_code == 200


def test_a_form_from_elsewhere_is_refused_kindly(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "a@b.example"})
    assert response.status_code == 403
    assert "send that again" in response.content.decode()


def test_an_address_with_a_foreign_host_is_refused(db: None) -> None:
    assert Client(headers={"Host": "elsewhere.example"}).get("/").status_code == 400
