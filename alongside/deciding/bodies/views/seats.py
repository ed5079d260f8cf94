"""Seats, and who holds them."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from alongside.deciding.bodies.actions import bodies as actions, tenures
from alongside.deciding.bodies.forms.bodies import AddSeatForm, EndsForm, SeatForm
from alongside.deciding.bodies.forms.people import AppointForm, ReplaceHolderForm, TenureForm
from alongside.deciding.bodies.models import Body, Seat, Tenure
from alongside.deciding.bodies.permissions import may_keep_body, may_make_body
from alongside.deciding.bodies.queries import lists as queries
from alongside.deciding.bodies.rules.holding import long_served
from alongside.deciding.bodies.views.bodies import about_body, body_named, way_to
from alongside.ground.core import clock
from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import short_date
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.forms import DoForm
from alongside.ground.web.pages import Done, form_page, on_its_way
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column


def _seat(request: Asked, key: str) -> Seat:
    return find(Seat.objects.select_related("body__partnership"), request, pk=key)


def _tenure(request: Asked, key: str) -> Tenure:
    one = find(Tenure.objects.select_related("seat__body__partnership", "holder"), request, pk=key)
    require(may_keep_body(request.who, request.partnership.pk, one.seat.body_id))
    return one


def _page(request: Asked, body: Body, form: Any, deed: Any, **page: Any) -> HttpResponse:
    back = way_to(body, request.partnership.slug)
    return form_page(request, form, deed, **{"caption": body.name, "back": back, "next": back[1], **page})


def add_seat(request: Asked, slug: str, key: str) -> HttpResponse:
    """Add a seat from a day on."""
    return about_body(
        request, key, lambda one: partial(AddSeatForm, seats=queries.seats_of(one, viewer=request.who)), actions.add_seat,
        title="Add a seat", button="Add it", page="bodies/seat_form.html",
        done=lambda made: f"“{made.title}” is there from {short_date(made.from_on)}. No day before it has changed.",
    )  # fmt: skip


def change_seat(request: Asked, slug: str, key: str) -> HttpResponse:
    """Describe a seat otherwise."""
    require(may_make_body(request.who, request.partnership.pk))
    seat = _seat(request, key)
    others = [one for one in queries.seats_of(seat.body, viewer=request.who) if one.pk != seat.pk]
    return _page(
        request, seat.body, partial(SeatForm, row=seat, seats=others), partial(actions.change_seat, seat=seat), title=seat.title,
        lead="Whether it votes never changes: end it and add another, so that no past day reads otherwise.",
        page="bodies/seat_form.html", done=lambda made: f"“{made.title}” is changed.",
        ends=("Whoever holds it does so until its last day.", reverse("bodies:end_seat", args=[slug, key])),
    )  # fmt: skip


def end_seat(request: Asked, slug: str, key: str) -> HttpResponse:
    """End a seat."""
    require(may_make_body(request.who, request.partnership.pk))
    seat = _seat(request, key)
    return _page(
        request, seat.body, EndsForm, partial(actions.end_seat, seat=seat), title=f"End {seat.title}", button="End it",
        lead="Whoever holds it does so until that day.",
        done=lambda made: f"“{made.title}” ends on {short_date(made.until_on)}.",
    )  # fmt: skip


def _appointed(slug: str) -> Any:
    def said(made: Tenure) -> Done:
        until = f" until {short_date(made.until_on)}" if made.until_on else ""
        words = f"{made.holder.name} {'acts on' if made.is_acting else 'holds'} “{made.seat.title}” from"
        told = f". A message to them is {on_its_way()}" if made.holder.person else ", by name alone: no mail reaches them"
        adds = (("Add an address", reverse("bodies:give_address", args=[slug, made.holder_id])),)
        return Done(
            f"{words} {short_date(made.from_on)}{until}{told}.",
            (
                ("What is asked at the start", reverse("bodies:person", args=[slug, made.holder_id])),
                ("Was it a mistake? Correct it", reverse("bodies:change_tenure", args=[slug, made.pk])),
                *(() if made.holder.person else adds),
            ),
        )

    return said


def appoint(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let somebody hold a vacant seat."""
    seat = _seat(request, key)
    require(may_keep_body(request.who, request.partnership.pk, seat.body_id))
    people, first = queries.people_for(seat, viewer=request.who), max(clock.today(), seat.from_on)
    form = partial(AppointForm, people=people, initial={"from_on": first})
    return _page(
        request, seat.body, form, partial(tenures.appoint, seat=seat), title=seat.title,
        lead=f"{seat.how}. Term: {seat.term.lower()}.", button="Appoint", done=_appointed(slug),
    )  # fmt: skip


def replace(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let somebody else hold a seat, from a day on."""
    one = _tenure(request, key)
    people = queries.people_for(one.seat, viewer=request.who)
    return _page(
        request, one.seat.body, partial(ReplaceHolderForm, people=people), partial(tenures.replace_holder, tenure=one),
        title=f"Replace {one.holder.name}", caption=f"{one.seat.title}, {one.seat.body.name}", button="Replace",
        lead="Past days, and minutes before that day, still show who sat there then.", done=_appointed(slug),
    )  # fmt: skip


def change_tenure(request: Asked, slug: str, key: str) -> HttpResponse:
    """Correct from when until when somebody holds a seat, or end it."""
    one = _tenure(request, key)
    return _page(
        request, one.seat.body, partial(TenureForm, row=one), partial(tenures.change_tenure, tenure=one), title=one.holder.name,
        caption=f"{one.seat.title}, {one.seat.body.name}", page="bodies/change_tenure.html", tenure=one,
        done=lambda made: f"{made.holder.name}: {_span(made)}.",
    )  # fmt: skip


def strike_tenure(request: Asked, slug: str, key: str) -> HttpResponse:
    """Strike out what was entered by mistake, after one more look."""
    one = _tenure(request, key)
    back = (one.holder.name, reverse("bodies:change_tenure", args=[slug, key]))
    would = [f"No day shows {one.holder.name} on “{one.seat.title}” any more: {_span(one)}.", *_struck(one)]
    said = f"Struck out: {one.holder.name} never held “{one.seat.title}” then. It stays in the list of everybody."
    return _page(
        request, one.seat.body, DoForm, partial(tenures.strike_tenure, tenure=one), title=f"Strike out {one.holder.name}?",
        lead="Only where it was entered by mistake: somebody who sat there and left is given a last day instead.", back=back,
        button="Yes, strike it out", page="web/sure.html", would=would, is_grave=True, done=said,
    )  # fmt: skip


def _struck(one: Tenure) -> list[str]:
    """What striking out leaves, and what it does not."""
    return [
        "What is asked at the start and the end of that time is asked no more; what was done stays.",
        f"The list of everybody who sat on {one.seat.body.name} keeps the line, struck out. It cannot be brought back: "
        "appoint them anew.",
    ]


def _span(one: Tenure) -> str:
    return f"{short_date(one.from_on)} to {short_date(one.until_on)}" if one.until_on else f"from {short_date(one.from_on)}"


EVERYBODY = (
    Column(
        "name", "Name", cell=lambda row: Text(row.holder.name, under="Struck out: entered by mistake" if row.is_struck else "")
    ),
    Column("seat", "Seat", cell=lambda row: row.seat.title + (" (acting)" if row.is_acting else "")),
    Column("from_on", "From"),
    Column("until_on", "Until"),
    Column("why", "Why it ended", cell=lambda row: row.ended_because),
    Column("rests_on", "Who put them there"),
)


def everybody(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """Everybody who ever sat on a body."""
    body = body_named(request, key)
    rows = queries.tenures_of(body, viewer=request.who)
    sat = [(one.holder.name, one.span) for one in rows if not one.is_struck]
    long = [f"{name} has sat here since {short_date(day)}" for name, day in long_served(sat, clock.today())]
    return list_page(
        request, EVERYBODY, rows, file=f"{slug}-{key}", back=way_to(body, slug),
        title=f"Everybody who sat on {body.name}", caption=body.name,
        lead=f"The latest first; what was entered by mistake is struck out. {'. '.join([*long, ''])}".strip(),
        empty=("Nobody yet", "Whoever holds a seat stands here from then on."),
    )  # fmt: skip
