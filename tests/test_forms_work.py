"""Every form can be sent: somebody whom it is for fills it in as its line says, and it is done.

A page that refuses everything lets nobody in who should not be, and is of no use. What the world cannot try stands below
with why; a name there whose form works is told, so the list only shrinks.
"""

import re
from collections.abc import Iterable

import pytest
from django.test import override_settings
from django.urls import reverse

from tests.asking import Doors, lines, undone, watched
from tests.audiences import Audience, Line, Relation
from tests.figures import Figure
from tests.visiting import text_of, visits
from tests.world import World

LATER = "the world is not at that point of its year"
NOT_TRIED = {
    name: why
    for why, names in {
        "the library's own, tried where people sign in": """
            account_login account_logout account_request_login_code account_reset_password account_reset_password_from_key
            google_callback google_login microsoft_callback microsoft_login
        """,
        "only in a demonstration": "demo:as_head demo:as_manager demo:be demo:move demo:own_schools demo:start_again",
        "asks for a code, a device or a browser of the moment": """
            people:add_app people:add_passkey people:code people:end_sign_in people:prove people:prove_passkey
            people:remove_factor people:send_code people:unlink
            invoices:open_invoice invoices:opened_order invoices:opened_payer invoices:opened_query
            invoices:opened_restore
        """,
        "shows what it is about before anything is done": """
            inviting:letters membership:preview_prospectus
        """,
        "takes a file": "bank:read_bank_file books:schedule",
        "a valid form names the sender's own school; its room's tests send it": "contributions:note",
        LATER: """
            budget:heading calendar:stop_clock fees:credit_reduction fees:issue fees:open_year_two
            invoices:agree_payer invoices:answer_query invoices:host_number invoices:let_off_debt
            invoices:restore_payer invoices:send_reminders
            inviting:chase membership:reopen
        """,
    }.items()
    for name in names.split()
}


TWICE_IS_TWICE = {  # what is made again by the same press, and why
    name: why
    for why, names in {
        "a message or a code goes out again, because somebody asked for it again": "invoices:send_invoice people:address",
        "it is told each time, for it is what somebody else would do": "people:free",
    }.items()
    for name in names.split()
}
OUR_FORM = re.compile(r'<form method="post"(?: action="([^"]*)")? class="al-form"')


def works(world: World, name: str, line: Line, doors: Doors, twice: set[str] | None = None) -> bool:
    """Whether somebody whom the form is for can send it: it wrote, and led on or showed what it made. Sent a second time as it
    was, it makes nothing more, or its name is put into `twice`."""
    for relation in Relation:
        if relation not in (line.to_post or line.audience).relations:
            continue
        client = doors.client(world.person(relation, line.school))
        with undone(), watched() as writes:
            address, form = reverse(name, kwargs=line.address_words(world)) + line.query, line.form(world)
            answer = client.post(address, form)
            if writes and answer.status_code in {200, 302}:
                if twice is not None:
                    with watched() as again:
                        second = client.post(address, form)
                    again = again if second.status_code == 302 else []
                    twice |= {f"{name}: {one}" for one in again if one.startswith("INSERT") and one != "INSERT audit_event"}
                return True
    return False


@pytest.mark.slow
def test_every_form_can_be_sent(world: World, figure: Figure) -> None:
    with undone():
        doors = Doors()
        of = {name: line for name, line in lines().items() if "POST" in line.methods and line.audience != Audience.NOBODY}
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
    doors, of = Doors(raising=False), lines()
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
                with undone():
                    client = doors.client(world.person(relation, line.school))
                    page = client.post(
                        reverse(name, kwargs=line.address_words(world)) + line.query, {"lines": "x"}
                    ).content.decode()
                if "govuk-error-summary__title" in page:
                    refused += 1
                    silent += [] if "<title>Error: " in page else [name]
                    break
    figure("errors", f"{refused} pages refuse a form sent empty, {len(silent)} of them without a word in their title")
    assert refused > 12 and silent == []


def test_a_form_that_refuses_everybody_is_caught(world: World) -> None:
    with override_settings(ROOT_URLCONF="tests.leaking_urls"), undone():
        assert not works(world, "refused", Line(audience=Audience.OFFICE), Doors())
