"""Making bodies, their seats and their quorum."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from alongside.deciding.bodies.actions.people import write_checks
from alongside.deciding.bodies.models import Body, QuorumRule, Seat, Tenure
from alongside.deciding.bodies.permissions import may_make_body
from alongside.deciding.bodies.rules.kinds import BodyKind, Deputy, Duty, Filling, SeatFor, ShownTo, shown_usually
from alongside.deciding.bodies.rules.quorum import Share
from alongside.deciding.bodies.rules.templates import SeatLine, seat_titles
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import short_date
from alongside.ground.web.models import lock, save_if_unchanged
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.schools.models import School

NAME_TAKEN = "There is a body of this name already"
ELSEWHERE = "This seat is on another body. Load the page again."


@transaction.atomic
def make_body(
    *,
    partnership: Partnership,
    kind: BodyKind,
    name: str,
    about: str = "",
    school: School | None = None,
    started_on: date,
    share: Share,
    least: int,
    needs_chair: bool,
    years: int | None = None,
    lines: Sequence[tuple[SeatLine, str, int]],
    key: str,
    by: Standing,
) -> Body:
    """Make a body with its quorum and its seats, once; `lines` are the kinds of seats, each with what it is called and how many.

    Raises Invalid when the name is taken.
    """
    require(may_make_body(by, partnership.pk))
    if school:
        require(belongs(partnership, school))
    said = {"kind": BodyKind(kind), "name": " ".join(name.split()), "about": about.strip(), "school": school}
    body = Body(pk=key, partnership=partnership, started_on=started_on, shown=shown_usually(BodyKind(kind)), **said)
    try:
        if (stored := audit.keep_once("bodies.make", body, by=by, kind=str(kind))) is not body:
            return stored
    except IntegrityError:
        raise Invalid(name=NAME_TAKEN) from None
    QuorumRule.objects.create(
        partnership=partnership, body=body, from_on=started_on, share=share, least=least, needs_chair=needs_chair
    )
    named: dict[str, list[str]] = {}
    seats: list[Seat] = []
    for line, title, number in lines:
        titles, first = seat_titles(title, number), len(seats)
        made = [_seat_of(body, line, words, line.years or years, first + at) for at, words in enumerate(titles)]
        named[line.title] = [one.pk for one in made]
        for seat in made:
            seat.other_than = ",".join(one for other in line.other_than for one in named.get(other, []))
        seats += made
    Seat.objects.bulk_create(seats)
    return body


def _seat_of(body: Body, line: SeatLine, title: str, years: int | None, position: int) -> Seat:
    said = {"title": title, "seat_for": line.seat_for, "filling": line.filling, "filled_by": line.by, "sits_by": line.sits_by}
    counts = {"duty": line.duty, "votes": line.votes, "deputy": line.deputy, "other_why": line.why if line.other_than else ""}
    there = {"partnership_id": body.partnership_id, "body": body, "position": position, "from_on": body.started_on}
    term = None if line.sits_by or line.filling == Filling.EX_OFFICIO else years
    return Seat(term_years=term, **there, **said, **counts)


@transaction.atomic
def change_body(*, body: Body, name: str, about: str, shown: ShownTo, is_public: bool, version: int, by: Standing) -> Body:
    """Call a body otherwise, or show it otherwise. Raises Stale when somebody has changed it, Invalid when the name is taken."""
    require(may_make_body(by, body.partnership_id))
    body.name, body.about, body.shown, body.is_public = " ".join(name.split()), about.strip(), ShownTo(shown), is_public
    try:
        with transaction.atomic():
            save_if_unchanged(body, version, "name", "about", "shown", "is_public")
    except IntegrityError:
        raise Invalid(name=NAME_TAKEN) from None
    audit.record("bodies.change", row=body.pk, partnership=body.partnership_id, facts={"public": is_public}, by=by)
    return body


@transaction.atomic
def end_body(*, body: Body, until_on: date, by: Standing) -> Body:
    """End a body at the close of a day, with its seats and whoever holds them: what it was stays to be read.

    Raises Invalid for a day before it began, Conflict when it has ended.
    """
    require(may_make_body(by, body.partnership_id))
    if until_on < body.started_on:
        raise Invalid(until_on=f"It began on {short_date(body.started_on)}: enter that day or a later one")
    if not Body.objects.filter(pk=body.pk, ended_on=None).update(ended_on=until_on):
        raise Conflict("This body has ended already.")
    body.ended_on = until_on
    for seat in Seat.objects.filter(body=body).exclude(until_on__lte=until_on):
        _close(seat, until_on)
    audit.record("bodies.end", row=body.pk, partnership=body.partnership_id, facts={"on": until_on.isoformat()}, by=by)
    return body


def _close(seat: Seat, until_on: date) -> None:
    """The seat and its holder end on the day; what would have begun later is struck out."""
    for tenure in Tenure.objects.lasting(until_on).filter(seat=seat):
        tenure.is_struck, tenure.until_on = tenure.from_on > until_on, max(until_on, tenure.from_on)
        tenure.ended_because = "The seat ended"
        save_if_unchanged(tenure, tenure.version, "is_struck", "until_on", "ended_because")
        write_checks(tenure)
    seat.until_on = max(until_on, seat.from_on)
    save_if_unchanged(seat, seat.version, "until_on")


@transaction.atomic
def set_quorum(*, body: Body, share: Share, least: int, needs_chair: bool, from_on: date, by: Standing) -> QuorumRule:
    """Let another quorum hold from a day on: what was quorate before stays so. Raises Invalid for a day before the body began."""
    require(may_make_body(by, body.partnership_id))
    if from_on < body.started_on:
        raise Invalid(from_on=f"The body began on {short_date(body.started_on)}: enter that day or a later one")
    said = {"share": Share(share), "least": least, "needs_chair": needs_chair, "partnership_id": body.partnership_id}
    rule, _ = QuorumRule.objects.update_or_create(body=body, from_on=from_on, defaults=said)
    facts = {"share": str(share), "least": least, "from_on": from_on.isoformat()}
    audit.record("bodies.set_quorum", row=body.pk, partnership=body.partnership_id, facts=facts, by=by)
    return rule


@transaction.atomic
def add_seat(
    *,
    body: Body,
    title: str,
    seat_for: SeatFor,
    filling: Filling,
    filled_by: str,
    duty: Duty,
    votes: bool,
    deputy: Deputy,
    term_years: int | None,
    others: Sequence[str],
    other_why: str,
    from_on: date,
    key: str,
    by: Standing,
) -> Seat:
    """Add a seat from a day on, once: no day before it changes. Raises Invalid for a clerk who votes, a day before the body."""
    require(may_make_body(by, body.partnership_id))
    if from_on < body.started_on or (body.ended_on and from_on > body.ended_on):
        raise Invalid(from_on=f"The body is there from {short_date(body.started_on)}: enter a day on which it is")
    if votes and duty == Duty.CLERK:
        raise Invalid(votes="A clerk does not vote: let them hold a seat besides, if they sit here too")
    last = Seat.objects.filter(body=body).aggregate(last=Max("position"))["last"] or 0
    said = {"title": " ".join(title.split()), "seat_for": seat_for, "filling": filling, "filled_by": filled_by.strip()}
    counts = {"duty": duty, "votes": votes, "deputy": deputy, "term_years": term_years, "from_on": from_on}
    other = {"other_than": _of_body(body, others), "other_why": other_why.strip()}
    seat = Seat(pk=key, partnership_id=body.partnership_id, body=body, position=last + 1, **said, **counts, **other)
    return audit.keep_once("bodies.add_seat", seat, by=by, body=body.pk)


@transaction.atomic
def change_seat(
    *,
    seat: Seat,
    title: str,
    seat_for: SeatFor,
    filling: Filling,
    filled_by: str,
    deputy: Deputy,
    term_years: int | None,
    others: Sequence[str],
    other_why: str,
    from_on: date,
    version: int,
    by: Standing,
) -> Seat:
    """Describe a seat otherwise from a day on (its first: it was never otherwise); of the days before, pages go on saying what it
    was. Whether it votes never changes. Raises Stale when somebody has changed it meanwhile, Invalid for a coming day."""
    require(may_make_body(by, seat.partnership_id))
    if from_on > clock.today():
        raise Invalid(from_on="Enter today or an earlier day")
    until, now = (from_on - timedelta(days=1)).isoformat(), {name: getattr(seat, name) for name in seat.DESCRIBED}
    was = next((one["said"] for one in seat.before if until <= one["until"]), now)
    earlier = [one for one in seat.before if one["until"] < until]
    seat.before = [*earlier, {"until": until, "said": was}] if from_on > seat.from_on else []
    seat.title, seat.filled_by, seat.other_why = " ".join(title.split()), filled_by.strip(), other_why.strip()
    seat.seat_for, seat.filling, seat.deputy, seat.term_years = seat_for, filling, deputy, term_years
    seat.other_than = _of_body(seat.body, [one for one in others if one != seat.pk])
    save_if_unchanged(seat, version, *seat.DESCRIBED, "before")
    audit.record("bodies.change_seat", row=seat.pk, partnership=seat.partnership_id, by=by)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, until_on: date, by: Standing) -> Seat:
    """End a seat at the close of a day, and with it whoever holds it. Raises Invalid for a day before it began."""
    require(may_make_body(by, seat.partnership_id))
    lock(seat)
    if until_on < seat.from_on:
        raise Invalid(until_on=f"The seat began on {short_date(seat.from_on)}: enter that day or a later one")
    if seat.until_on and seat.until_on <= until_on:
        raise Conflict(f"This seat ends on {short_date(seat.until_on)} already.")
    _close(seat, until_on)
    facts = {"until_on": until_on.isoformat()}
    audit.record("bodies.end_seat", row=seat.pk, partnership=seat.partnership_id, facts=facts, by=by)
    return seat


def _of_body(body: Body, seats: Sequence[str]) -> str:
    """Those seats as one text. Raises Conflict for one of another body."""
    if Seat.objects.filter(body=body, pk__in=seats).count() != len(set(seats)):
        raise Conflict(ELSEWHERE)
    return ",".join(sorted(set(seats)))
