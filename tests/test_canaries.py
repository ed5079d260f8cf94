"""No side door tells what the front door keeps (promises 2 and 3).

Words of their own lie in every field that only some may read. Everybody opens every page that they can find, at their
own partnership and at the other one's addresses, and what comes back, as page, file or header, is searched for them.
"""

import logging
import os
from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.urls import reverse

from alongside.ground.audit import actions as audit
from alongside.ground.audit.models import Event
from alongside.members.notices.models import Notice
from tests.asking import Doors, lines, undone
from tests.audiences import Relation
from tests.figures import Figure
from tests.visiting import Page, is_page, text_of
from tests.world import SYSTEM, World

RESPONSES = {"test": 60, "check": 400, "nightly": 3_000}[os.environ.get("ALONGSIDE_SPEED", "test")]  # of each person
SEARCHES = (
    "?q=zephyr",
    "?q=Birch",
    "?words=Birch",
    "?sort=-name&page=2",
    "?page=0",
    "?state=question",
    "?export=csv",
    "?format=csv",
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


def starting_points(world: World) -> Iterator[str]:
    """Every URL's address, at one's own partnership and at the other."""
    for name, line in sorted(lines().items()):
        if "GET" in line.methods:
            for side in (world, world.seen_from_birch()):
                address = reverse(name, kwargs=line.address_words(side))
                yield address + line.query


def crawl(world: World, doors: Doors, relation: Relation, more: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Addresses and what came from them: the starting points, what they link to, and searches of both."""
    starts = [*more, *starting_points(world)]
    waiting, seen = deque(starts), set()
    person = world.person(relation)
    while waiting and len(seen) < max(RESPONSES, len(starts)):
        address = waiting.popleft()
        if address in seen or address.startswith(NEVER_FOLLOWED):
            continue
        seen.add(address)
        client = doors.client(person)
        with undone():
            response = client.get(address)
        yield address, text_of(response)
        if is_page(response):
            links = {urljoin(address, link) for link in Page(response.content.decode()).links}
            waiting.extend(
                sorted(
                    link for link in links if not urlsplit(link).netloc and not link.startswith(("/static/", "mailto:", "tel:"))
                )
            )
            if "?" not in address:
                waiting.extend(address + query for query in SEARCHES)


def leaks(world: World, relation: Relation, more: tuple[str, ...] = ()) -> tuple[int, int, list[str]]:
    """How many words were looked for in how many answers, and where they were found."""
    forbidden, answers, found = secrets_from(world, relation), 0, []
    for address, text in crawl(world, Doors(), relation, more):
        answers += 1
        found += [
            f"{relation} reads {whose} at {address}"
            for words, whose in forbidden.items()
            if words in text or words.split(" ")[-1] in text
        ]
    return len(forbidden), answers, found


@pytest.mark.parametrize("relation", list(Relation), ids=lambda relation: relation.name.lower())
@pytest.mark.slow
def test_nobody_meets_words_that_are_not_for_them(relation: Relation, world: World, figure: Figure) -> None:
    words, answers, found = leaks(world, relation)
    figure("promise 2", f"{answers} answers to {relation} searched for {words} words, {len(found)} hits")
    assert not found, "\n".join(found)


def test_a_page_that_tells_is_caught(world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        forbidden = secrets_from(world, Relation.VISITOR)
        with undone():
            body = Doors().client(None).get("/planted/telling/").content.decode()
    assert any(words in body for words in forbidden)


def test_every_secret_can_be_read_by_somebody(world: World) -> None:
    """A word that nobody meets would prove nothing: the office meets those that its pages show."""
    met = {word for _, text in crawl(world, Doors(), Relation.MANAGER) for word in world.alder.secrets if word in text}
    assert len(met) >= len(world.alder.secrets) // 2, f"the manager met only {sorted(met)}"


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
