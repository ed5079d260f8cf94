"""Every page that somebody can reach, looked at with axe (promise 27, all of it)."""

from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser import Walk
from tests.figures import Figure

PEOPLE = ("Partnership manager", "Partnership finance officer", "Head of Foxglove Bank Primary", "Business manager of Ickenden")
MOST = 150
SHUT = ("/logout/", "/demo/", "/static/")


def shape(address: str) -> str:
    """Addresses of the same page of other rows: only some of each are opened."""
    return "/".join("…" if any(letter.isdigit() for letter in part) else part for part in urlsplit(address).path.split("/"))


@pytest.mark.nightly
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_that_somebody_reaches_is_accessible(walk: Walk, person: str, figure: Figure) -> None:
    walk.start_again()
    walk.bar("You are", person)
    waiting, seen, shapes = [walk.page.url], set(), {}
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        kind = shape(address)
        if address in seen or shapes.get(kind, 0) >= 3 or urlsplit(address).path.startswith(SHUT):
            continue
        answer = walk.context.request.get(address)
        seen.add(address)
        shapes[kind] = shapes.get(kind, 0) + 1
        if not answer.ok or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        walk.go(address.removeprefix(walk.base))
        links = walk.page.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        found = (urljoin(address, link).split("#")[0] for link in links)
        waiting += [link for link in found if link.startswith(walk.base)]
    figure(
        "promise 27", f"{len(walk.checked)} pages at {walk.screen.width} px as {person}: 0 serious or critical findings of axe"
    )
