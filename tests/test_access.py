"""No page gives anyone what the table denies: every URL, as all sixteen, by GET, by the form and by htmx.

A cell is one URL asked for by one person in one way. Allowed means a page (or a redirect that is not to signing in);
denied means 404, 403 or signing in. A denied request must also change no row. 5xx fails always.

Pages are asked for as all sixteen. Forms are sent by those at the edge of their audience, and by a share of the others
that the commit chooses; by all sixteen in `make nightly`, and in rooms that changed since all was green.
"""

import os
from collections.abc import Callable, Iterable

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import NoReverseMatch, reverse

from alongside.ground.core import audience as product
from tests import share
from tests.asking import Browser, Doors, lines, names_of_urls, undone, watched
from tests.audiences import Audience, Line, Relation
from tests.changed import EVERY_ROOM
from tests.figures import Figure
from tests.world import World

APPS = sorted({name.split(":")[0] if ":" in name else "accounts" for name in lines()} | {"accounts"})
NAMED_OTHERWISE = {"people:list", "notices:list"}  # `list` is a word of Python's
HX = {"HX-Request": "true"}
FULL = os.environ.get("ALONGSIDE_SPEED") == "nightly"
CHANGED = set(os.environ.get("ALONGSIDE_CHANGED", "").split())
OF_THE_REST = 12  # one in so many is tried at each commit


def of_app(app: str) -> dict[str, Line]:
    """The lines of one app."""
    return {name: line for name, line in lines().items() if (name.split(":")[0] if ":" in name else "accounts") == app}


def is_refusal(response: HttpResponse) -> bool:
    """Whether the answer keeps somebody out."""
    to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(reverse("account_login"))
    return to_sign_in or response.status_code in {403, 404}


def cell(doors: Doors, world: World, name: str, line: Line, relation: Relation, method: str, form: bool = False) -> str:
    """Ask for one page as one person in one way; gives what is wrong, or nothing."""
    person = world.person(relation, line.school)
    audience = line.to_post or line.audience if method in {"POST", "PUT", "PATCH", "DELETE"} else line.audience
    allowed = relation in audience.relations
    where = f"{method} {name}"
    try:
        address = reverse(name, kwargs=line.address_words(world)) + line.query
    except (NoReverseMatch, KeyError) as missing:
        return f"{where}: no address ({missing!r}): what stands in it is said in its room's tests/access.py"
    client = doors.client(person)
    with undone(), watched() as writes:
        response = getattr(client, method.lower())(address, line.form(world) if form else None)
        if response.status_code >= 500:
            return f"{where}: {response.status_code}"
        if not allowed and writes:
            return f"{where}: denied, and yet it wrote ({', '.join(sorted(set(writes)))})"
    if response.status_code == 405:
        return "" if method not in line.methods else f"{where}: 405, though its line says {line.methods}"
    if allowed and is_refusal(response):
        return f"{where}: refused ({response.status_code}), though the table says {audience}"
    if not allowed and not is_refusal(response):
        return f"{where}: let in ({response.status_code}), though the table says {audience}"
    return ""


Found = dict[str, list[Relation]]
Askers = Callable[[str, Line], Iterable[Relation]]


def everybody(name: str, line: Line) -> Iterable[Relation]:
    """All sixteen."""
    return Relation


def at_the_edge(name: str, line: Line) -> Iterable[Relation]:
    """Those at the edge of who may open the page and of who may send its form, and this commit's share of the others."""
    edge = line.audience.edge | (line.to_post or line.audience).edge
    return [one for one in Relation if one in edge or share.is_in(f"{name} {one}", share.of_commit(OF_THE_REST))]


def senders(app: str) -> Askers:
    """Who tries the forms of an app in this run."""
    return everybody if FULL or {app, EVERY_ROOM} & CHANGED else at_the_edge


def sweep(
    world: World, of: dict[str, Line], methods: tuple[str, ...], doors: Doors, form: bool = False, who: Askers = everybody
) -> tuple[int, Found]:
    """All the lines as all of those; gives how many cells, and what is wrong for whom."""
    found: Found = {}
    cells = 0
    with undone():
        for name, line in of.items():
            for relation in who(name, line):
                for method in methods:
                    cells += 1
                    if fault := cell(doors, world, name, line, relation, method, form):
                        found.setdefault(fault, []).append(relation)
    return cells, found


def report(figure: Figure, words: str, *sweeps: tuple[int, Found]) -> None:
    """Print the figure, and fail with what was found."""
    cells, found = sum(count for count, _ in sweeps), {fault: who for _, faults in sweeps for fault, who in faults.items()}
    wrong = sum(len(who) for _, faults in sweeps for who in faults.values())
    figure("promise 1", f"{cells} cells of {words}, {wrong} wrong")
    listed = [f"{fault}: {'everybody' if len(who) == len(Relation) else ', '.join(who)}" for fault, who in found.items()]
    assert not found, f"{wrong} of {cells} cells are wrong:\n" + "\n".join(listed)


def test_every_url_has_its_line() -> None:
    without = sorted(set(names_of_urls()) - set(lines()))
    assert not without, f"these addresses do not say for whom (`page()`): {without}"


def test_every_line_has_its_url() -> None:
    assert not sorted(set(lines()) - set(names_of_urls()))


def test_the_audiences_of_the_table_are_those_of_the_addresses() -> None:
    assert {one.name: one.value for one in Audience} == {one.name: one.value for one in product.Audience}


def test_an_address_that_does_not_say_for_whom_is_caught() -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        assert "fees:planted" in set(names_of_urls()) - set(lines())


def test_a_page_is_called_like_its_view() -> None:
    """One word in four places: URL, view, template, test."""
    ours = {name: pattern for name, pattern in names_of_urls().items() if ":" in name and name not in NAMED_OTHERWISE}
    strange = {
        name: pattern.callback.__name__ for name, pattern in ours.items() if name.split(":")[1] != pattern.callback.__name__
    }
    assert not strange


@pytest.mark.parametrize("app", APPS)
def test_pages_open_to_whom_the_table_says(app: str, world: World, figure: Figure) -> None:
    of = {name: line for name, line in of_app(app).items() if "GET" in line.methods}
    report(figure, f"{app}, GET", sweep(world, of, ("GET",), Doors()))


@pytest.mark.parametrize("app", APPS)
def test_side_doors_are_as_shut_as_the_front(app: str, world: World, figure: Figure) -> None:
    """HEAD and OPTIONS, tried by those who are denied."""
    doors, cells, found = Doors(), 0, {}
    for name, line in of_app(app).items():
        for relation in (Relation.VISITOR, Relation.WITHOUT_ROLE, Relation.MANAGER_ELSEWHERE):
            for method in ("HEAD", "OPTIONS") if relation not in line.audience.relations else ():
                cells += 1
                if fault := cell(doors, world, name, line, relation, method):
                    found.setdefault(fault, []).append(relation)
    report(figure, f"{app}, HEAD and OPTIONS", (cells, found))


@pytest.mark.slow
@pytest.mark.parametrize("app", APPS)
def test_forms_and_fragments_open_to_whom_the_table_says(app: str, world: World, figure: Figure) -> None:
    of, who = of_app(app), senders(app)
    by_form = sweep(world, of, ("POST",), Doors(), who=who)
    by_valid_form = sweep(world, {name: line for name, line in of.items() if line.post}, ("POST",), Doors(), form=True, who=who)
    by_htmx = sweep(world, of, ("GET", "POST"), Doors(**HX), who=who)
    from_there = sweep(world.seen_from_birch(), of, ("GET", "POST"), Doors(), who=who)
    report(figure, f"{app}, POST and htmx, and from the other partnership's side", by_form, by_valid_form, by_htmx, from_there)


# The twin: a page that forgot its guard must be caught.


def test_a_page_without_its_guard_is_caught(world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        _, found = sweep(world, {"leak": Line(audience=Audience.OFFICE)}, ("GET", "POST"), Doors())
    outsiders = len(Relation) - len(Audience.OFFICE.relations)
    assert [len(who) for who in found.values()] == [outsiders, outsiders], found


@pytest.mark.parametrize("audience", sorted(set(Audience) - {Audience.EVERYONE, Audience.DEMO}))
def test_a_form_without_its_guard_is_caught_at_the_edge(world: World, audience: Audience) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        _, found = sweep(world, {"leak": Line(audience=audience)}, ("POST",), Doors(), who=at_the_edge)
    assert found and audience.edge - audience.relations <= set(next(iter(found.values())))


@pytest.mark.parametrize("audience", sorted(set(Audience) - {Audience.NOBODY}))
def test_a_form_that_refuses_whom_it_is_for_is_caught_at_the_edge(world: World, audience: Audience) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        _, found = sweep(world, {"refused": Line(audience=audience)}, ("POST",), Doors(), who=at_the_edge)
    assert found and audience.edge & audience.relations <= set(next(iter(found.values())))


@pytest.mark.parametrize("one", list(Audience))
@pytest.mark.parametrize("other", list(Audience))
def test_a_guard_of_another_audience_is_seen_at_the_edge(one: Audience, other: Audience) -> None:
    """Whoever may by one and not by the other is among those who try, or these two are the same people."""
    wrong = one.relations ^ other.relations
    assert not wrong or wrong & one.edge


def test_a_page_that_breaks_is_told_with_its_traceback_and_then_in_a_line(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Browser, "broken", set())
    line = {"broken": Line(audience=Audience.EVERYONE)}
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        with pytest.raises(ZeroDivisionError) as met:
            sweep(world, line, ("GET",), Doors())
        with pytest.raises(pytest.fail.Exception, match=r"^broken answers 500: ZeroDivisionError\(\) \(its traceback"):
            sweep(world, line, ("GET",), Doors())
    assert met.value.__notes__ == ["broken answers 500: ZeroDivisionError()"]


def test_a_refusal_that_writes_is_caught(world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"):
        _, found = sweep(world, {"writing": Line(audience=Audience.NOBODY)}, ("POST",), Doors())
    assert [len(who) for who in found.values()] == [len(Relation)], found
