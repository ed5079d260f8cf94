"""No side door tells what the front door keeps (promises 2 and 3).

Words of their own lie in every field that only some may read. Everybody opens every page that they can find, at their
own partnership and at the other one's addresses, and what comes back, as page, file or header, is searched for them.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from urllib.parse import urljoin, urlsplit
from zlib import crc32

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.audit.models import Event
from alongside.members.notices.models import Notice
from tests.asking import Doors, lines, undone
from tests.audiences import Relation
from tests.figures import Figure
from tests.share import WALKS, commit, is_in
from tests.visiting import Page, is_page, text_of
from tests.world import SYSTEM, World

FURTHER = {"test": 30, "check": 60, "nightly": 1_500}[WALKS]  # links, and as many searches
SEARCHES = (
    "?q=zephyr",
    "?q=Birch",
    "?words=Birch",
    "?sort=-name&page=2",
    "?page=0",
    "?state=question",
    "?as=csv",
    "?as=xlsx",
)
NEVER_FOLLOWED = ("/accounts/logout",)


def secrets_from(world: World, relation: Relation) -> dict[str, str]:
    """The words that this person must never meet, and whose they are."""
    own_house, own_key = world.place_of(relation)
    return {
        words: f"{house.name}'s {words.split(' zephyr')[0]}"
        for house in (world.alder, world.birch)
        for words, readers in house.secrets.items()
        if house is not own_house or own_key not in readers
    }


def starting_points(world: World, part: str = "") -> Iterator[str]:
    """Every URL's address, at one's own partnership and at the other; or those of a part of them, "1/2"."""
    for name, line in sorted(lines().items()):
        if "GET" in line.methods and is_in(name, part):
            for side in (world, world.seen_from_birch()):
                address = reverse(name, kwargs=line.address_words(side))
                yield address + line.query


@dataclass
class Visited:
    """How many answers were read of each kind: every address, and some of the links and searches found there."""

    address: int = 0
    link: int = 0
    search: int = 0

    def __str__(self) -> str:
        return f"{self.address} by address, {self.link} links, {self.search} searches"


def crawl(
    world: World, doors: Doors, relation: Relation, more: tuple[str, ...] = (), visited: Visited | None = None, part: str = ""
) -> Iterator[tuple[str, str]]:
    """Addresses and what came from them: all the starting points, then what they link to, and searches of both.

    Links and searches have room of their own, however many addresses there are, and are chosen from all over.
    """
    visited, person, seen = visited or Visited(), world.person(relation), set()
    waiting: dict[str, list[tuple[int, str]]] = {
        "address": list(enumerate([*more, *starting_points(world, part)])), "link": [], "search": [],
    }  # fmt: skip
    while kind := next(
        (one for one, rows in waiting.items() if rows and (one == "address" or getattr(visited, one) < FURTHER)), ""
    ):
        _, address = heappop(waiting[kind])
        if address in seen or address.startswith(NEVER_FOLLOWED):
            continue
        seen.add(address)
        setattr(visited, kind, getattr(visited, kind) + 1)
        client = doors.client(person)
        with undone():
            response = client.get(address)
        yield address, text_of(response)
        if is_page(response):
            links = (urljoin(address, link) for link in Page(response.content.decode()).links)
            found = {
                "link": [
                    one for one in links if not urlsplit(one).netloc and not one.startswith(("/static/", "mailto:", "tel:"))
                ],
                "search": [] if "?" in address else [address + query for query in SEARCHES],
            }
            for of, addresses in found.items():
                for one in addresses:
                    heappush(waiting[of], (crc32(one.encode()), one))


def turn_of(relation: Relation) -> str:
    """Outside nightly each person asks for half of the addresses, the other half with another commit."""
    return "" if WALKS == "nightly" else f"{(commit() + list(Relation).index(relation)) % 2 + 1}/2"


def leaks(world: World, relation: Relation, more: tuple[str, ...] = ()) -> tuple[int, int, list[str], Visited]:
    """How many words were looked for in how many answers, where they were found, and what was visited."""
    forbidden, answers, found, visited = secrets_from(world, relation), 0, [], Visited()
    for address, text in crawl(world, Doors(), relation, more, visited, turn_of(relation)):
        answers += 1
        found += [
            f"{relation} reads {whose} at {address}"
            for words, whose in forbidden.items()
            if words in text or words.split(" ")[-1] in text
        ]
    return len(forbidden), answers, found, visited


@pytest.mark.parametrize("relation", list(Relation), ids=lambda relation: relation.name.lower())
@pytest.mark.slow
def test_nobody_meets_words_that_are_not_for_them(relation: Relation, world: World, figure: Figure) -> None:
    words, answers, found, visited = leaks(world, relation)
    figure("promise 2", f"{answers} answers to {relation} ({visited}) searched for {words} words, {len(found)} hits")
    assert not found, "\n".join(found)
    assert visited.link and visited.search, f"no room was left: {visited}"


def test_a_page_that_tells_is_caught(world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        forbidden = secrets_from(world, Relation.VISITOR)
        with undone():
            body = Doors().client(None).get("/planted/telling/").content.decode()
    assert any(words in body for words in forbidden)


def test_every_secret_can_be_read_by_somebody(world: World) -> None:
    """A word that nobody meets would prove nothing: the office meets those that its pages show."""
    visited = Visited()
    met = {
        word
        for _, text in crawl(world, Doors(), Relation.MANAGER, visited=visited)
        for word in world.alder.secrets
        if word in text
    }
    assert len(met) >= len(world.alder.secrets) // 2, f"the manager met only {sorted(met)}"
    room = min(FURTHER, 100)
    assert visited.address > room <= min(visited.link, visited.search), f"the addresses took the room of the others: {visited}"


def letters(world: World) -> list[str]:
    """Which message of one house carries words of the other."""
    return [
        f"{notice.kind} to {notice.to} carries {words}"
        for house, other in ((world.alder, world.birch), (world.birch, world.alder))
        for notice in Notice.objects.filter(partnership=house.partnership)
        for words in other.secrets
        if words in notice.subject + notice.body
    ]


def test_no_message_tells_one_house_of_the_other(world: World) -> None:
    assert Notice.objects.filter(partnership=world.partnership).count() > 4
    assert not letters(world)
    Notice.objects.filter(partnership=world.partnership).update(body=next(iter(world.birch.secrets)))
    assert letters(world), "the planted message was not caught"


def keepsakes(world: World, log: str = "") -> list[str]:
    """Where words that only some may read were kept by the way: in the record of deeds, in sessions, in the log."""
    kept = {
        "the record of deeds": str(list(Event.objects.values_list("act", "facts"))),
        "a session": str([Session.get_decoded(one) for one in Session.objects.all()]),
        "the log": log,
    }
    return [f"{where} keeps {words}" for where, text in kept.items() for words in all_words(world) if words in text]


def all_words(world: World) -> list[str]:
    """Every word that only some may read."""
    return [*world.alder.secrets, *world.birch.secrets]


def test_neither_record_nor_session_nor_log_keeps_what_was_read(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        for _ in crawl(world, Doors(), Relation.MANAGER):
            pass
    assert not keepsakes(world, caplog.text)
    audit.record("planted", facts={"words": all_words(world)[0]}, by=SYSTEM)
    logging.getLogger("alongside").warning("a question was asked: %s", all_words(world)[1])
    assert len(keepsakes(world, caplog.text)) == 2, "what was planted was not caught"
