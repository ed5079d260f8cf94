"""Promise 20: pages that touch money, findings, elections or subject access open only with a second factor."""

import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from alongside.ground.core import audience as product, clock
from alongside.ground.core.audience import WITHOUT_SIGNING_IN
from alongside.ground.core.standing import Post
from alongside.ground.web import declared
from alongside.ground.web.addresses import Asks, asks_whom, audience_of, page
from alongside.members.notices.models import Notice
from alongside.members.people.models import Role
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


SUM = re.compile(r"£[0-9][0-9,.]*")
TOLD = {  # pages that tell a sum which is no secret of the office's money, and why
    "what a year costs is published, and stands in the text that schools sign": """
        membership:prospectus membership:older membership:preview_prospectus membership:edit_prospectus membership:signed
    """,
    "an invitation tells what a year costs; what was sent about money is tried below": "notices:show",
    "examples, of nobody": "web:components",
}


def sums_told(world: World, relation: Relation) -> dict[str, list[str]]:
    """The sums on every page that somebody opens who has not given a second factor, by the page's name."""
    client = enter(Client(), world.person(relation), second_factor=False)
    told = {}
    for name, line in lines().items():
        if "GET" not in line.methods or relation not in line.audience.relations:
            continue
        answer = client.get(reverse(name, kwargs=line.address_words(world)) + line.query)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            told[name] = SUM.findall(answer.content.decode().partition("<main")[2])
    return {name: sums for name, sums in told.items() if sums}


@pytest.mark.parametrize("relation", WHO)
def test_the_office_reads_no_sum_before_its_second_factor(world: World, relation: Relation) -> None:
    told = sums_told(world, relation)
    assert {name: sums for name, sums in told.items() if name not in " ".join(TOLD.values()).split()} == {}


def test_whoever_is_head_and_in_the_office_shows_it_before_taking_out_the_school(world: World) -> None:
    person, school = world.person(Relation.FINANCE), world.school
    Role.objects.create(person=person, post=Post.HEAD, school=school, from_on=date(2021, 9, 1))
    client = enter(Client(), person, second_factor=False)
    export = reverse("home:export_school", args=[school.urn])
    assert is_asked(client.get(export)) and is_asked(client.post(export)) and is_asked(client.post(reverse("home:my_data")))
    assert enter(Client(), person).get(export).status_code == 200
    head = enter(Client(), world.person(Relation.HEAD), second_factor=False)
    assert head.get(export).status_code == 200 and head.get(reverse("home:my_data")).status_code == 200


def test_what_was_sent_about_money_is_named_and_opens_with_the_second_factor(world: World) -> None:
    notice = Notice.objects.filter(partnership=world.partnership, kind="invoices.issued").exclude(to="").first()
    here, page = reverse("notices:list", args=[world.partnership.slug]), [world.partnership.slug, notice.pk]
    for second_factor in (False, True):
        client = enter(Client(), world.person(Relation.MANAGER), second_factor=second_factor)
        told = notice.subject in unescape(client.get(here).content.decode())
        file = notice.subject in unescape(b"".join(client.get(f"{here}?as=csv").streaming_content).decode("utf-8-sig"))
        found = notice.subject in unescape(client.get(reverse("home:search"), {"q": notice.subject[:40]}).content.decode())
        shown = client.get(reverse("notices:show", args=page))
        assert (told, file, found, not is_asked(shown)) == (second_factor,) * 4


def test_a_message_of_ones_own_about_money_opens_with_the_second_factor(world: World) -> None:
    person = world.person(Relation.FINANCE)
    said = {
        "kind": "invoices.queried",
        "subject": "Elm queries £1,500",
        "body": "£1,500",
        "written_at": clock.now(),
        "state": "shown",
    }
    notice = Notice.objects.create(partnership=world.partnership, to=person.email, person=person.pk, is_personal=True, **said)
    client = enter(Client(), person, second_factor=False)
    assert "£1,500" not in client.get(reverse("notices:mine")).content.decode()
    assert is_asked(client.get(reverse("notices:mine_shown", args=[notice.pk])))
    assert "£1,500" in enter(client, person).get(reverse("notices:mine_shown", args=[notice.pk])).content.decode()


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
