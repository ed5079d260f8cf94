"""Bringing a body's people along from the list of another tool."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from alongside.deciding.bodies.actions import bringing as actions
from alongside.deciding.bodies.actions.bringing import PeopleBrought
from alongside.deciding.bodies.permissions import may_keep_body
from alongside.deciding.bodies.queries.bringing import body_known
from alongside.deciding.bodies.rules.bringing import PersonLine, look_at_people, words_of_people
from alongside.deciding.bodies.rules.columns import MEANINGS
from alongside.deciding.bodies.views.bodies import body_named, way_to
from alongside.ground.core.cells import Text
from alongside.ground.core.columns import LookedAt
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.bringing import Bringing, bring_page
from alongside.ground.web.pages import Done, on_its_way
from alongside.ground.web.tables import Column

LEAD = (
    "From the sheet that your governor portal gives you, a line a person and seat: names, seats, days, addresses, interests, "
    "training. First you see what would be done."
)


def _email(row: PersonLine) -> Text | str:
    """Their address, and where it is not kept."""
    if row.adds_address:
        return Text(row.email, under="Here by name until now: added")
    why = "Their time is over" if row.is_over else "Has an account without an address"
    return row.email if row.keeps_address else Text(row.email, under=f"{why}: not added")


def _entries(row: PersonLine) -> Text | str:
    """What is written down of somebody, which falls away with their time."""
    if row.is_over:
        return "Their time is over: not brought"
    of = {kind: "; ".join(words for one, words in row.entries if one == kind) for kind in ("interest", "training")}
    return Text(of["interest"], under=of["training"]) if of["training"] else of["interest"]


PEOPLE = (
    Column("number", "Line", cell=lambda row: str(row.number)),
    Column("name", "Name"),
    Column("title", "Seat", cell=lambda row: row.title if row.sits else Text(row.title, under="Sits there already")),
    Column("from_on", "First day"),
    Column("until_on", "Last day"),
    Column("email", "E-mail", cell=_email, classes="al-lines"),
    Column("entries", "Interests, training", cell=_entries, classes="al-lines"),
)


def _notes(looked: LookedAt[PersonLine]) -> list[str]:
    """What the press means for those in the sheet."""
    told = {
        one.email
        for one in looked.ready
        if one.email and (one.adds_address or (one.sits and one.keeps_address and not one.is_over))
    }
    said = [f"{plural(len(told), 'person', 'people')} with an e-mail address can sign in, and hear of it."] if told else []
    if any(one.entries for one in looked.ready):
        said.append("Interests and training are written down as of today. Each still gives their own yearly word on interests.")
    if any(one.sits for one in looked.ready):
        said.append("Without a last day, the seat’s term says it. What is asked at a start stands with each, to be ticked.")
    return said


def bring_people(request: Asked, slug: str, key: str) -> HttpResponse:
    """Put everybody of a sheet on the seats of a body, after looking it through."""
    body = body_named(request, key)
    require(may_keep_body(request.who, request.partnership.pk, body.pk))
    known, back = body_known(body, viewer=request.who), way_to(body, slug)

    def brought(made: PeopleBrought) -> Done:
        many = (
            (made.seats, plural(made.seats, "seat is", "seats are"), "filled"),
            (made.entries, plural(made.entries, "interest or course", "interests and courses"), "written down"),
            (made.addresses, plural(made.addresses, "address", "addresses"), "added"),
        )
        told = [f"{words} {done}" for number, words, done in many if number]
        words = f"{', '.join(told) or 'Nothing was new'}."
        passed = f" {plural(made.passed, 'line')} changed nothing." if made.passed else ""
        mails = f" Messages to who can sign in are {on_its_way(among='their')}." if made.seats or made.addresses else ""
        links = [(f"{title}", reverse(f"bodies:{page}", args=[slug, key])) for title, page in AFTER]
        return Done(words + passed + mails, tuple(links))

    of = Bringing(
        title="Bring people along from a spreadsheet", lead=LEAD, caption=body.name, back=back, meanings=MEANINGS,
        look=partial(look_at_people, known=known), shown=lambda looked: looked.on_page(words_of_people(looked)), columns=PEOPLE,
        notes=_notes,
    )  # fmt: skip
    return bring_page(request, of, partial(actions.bring_people, body=body), done=brought, next=back[1])


AFTER = (
    ("Everybody who sat here", "everybody"), ("Checks", "checks"), ("Register of interests", "interests"),
)  # fmt: skip
