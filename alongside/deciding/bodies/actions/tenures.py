"""Filling seats: appointing, replacing, correcting, ending."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.deciding.bodies.actions.people import write_checks
from alongside.deciding.bodies.models import Holder, Seat, Tenure
from alongside.deciding.bodies.permissions import may_keep_body
from alongside.deciding.bodies.queries.composition import heads_on
from alongside.deciding.bodies.queries.lists import rests_of_terms
from alongside.deciding.bodies.rules import holding as rules
from alongside.deciding.bodies.rules.kinds import BodyKind, BodySettings, SeatFor
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import short_date
from alongside.ground.web.models import already, lock, save_if_unchanged, says_the_same
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import Belonging
from alongside.members.people.actions.roles import create_person
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import address_of
from alongside.members.whoswho.queries import colleagues_in

NOBODY = "Choose somebody, or enter a name"
BY_POST = "Whoever holds the post sits here by that fact: nobody is entered. Keep the school’s people instead."
STRANGER = "This person holds no post in the partnership. Enter their name and address instead."
STRUCK = "This was struck out. Enter it anew."


@transaction.atomic
def appoint(
    *,
    seat: Seat,
    person: str = "",
    name: str = "",
    email: str = "",
    from_on: date,
    until_on: date | None = None,
    is_acting: bool = False,
    rests_on: str = "",
    key: str,
    by: Standing,
) -> Tenure:
    """Let somebody hold a seat from a day, until the end of its term or another day, once: the same key is the same deed.

    `person` is the id of somebody of the partnership, or of a holder; else a `name`, with an `email` where they are to sign in.
    Who acted until then makes way the day before. Whoever has an account hears of it, but not of a time that is over. Raises
    Invalid where the seat is held on one of these days, where they sit on the body already or hold a seat that theirs must be
    other than, or lack what the seat asks for.
    """
    require(may_keep_body(by, seat.partnership_id, seat.body_id))
    lock(seat)
    if seat.sits_by:
        raise Conflict(BY_POST)
    holder = _holder(seat, person, name, email, by)
    if until_on is None and not is_acting and seat.body.kind == BodyKind.PARTNERSHIP_BOARD:
        until_on = rests_of_terms([seat], from_on)[seat.pk]  # all its seats end with the partnership's term
    last = rules.last_day(from_on, until_on, None if is_acting else seat.term_years, seat.until_on)
    said = {
        "from_on": from_on,
        "until_on": last,
        "term_until": None if is_acting else last,
        "is_acting": is_acting,
        "rests_on": rests_on.strip(),
    }
    made = Tenure(pk=key, partnership_id=seat.partnership_id, seat=seat, holder=holder, **said)
    if (first := already(made)) is not None:
        return first
    _make_way(seat, from_on, by)
    _check(made)
    stored = audit.keep_once("bodies.appoint", made, by=by, seat=seat.pk, holder=holder.pk, from_on=from_on.isoformat())
    write_checks(made)
    tell_of_seat(made, by)
    return stored


@transaction.atomic
def replace_holder(
    *,
    tenure: Tenure,
    person: str = "",
    name: str = "",
    email: str = "",
    from_on: date,
    rests_on: str = "",
    key: str,
    by: Standing,
) -> Tenure:
    """Let somebody else hold a seat from a day on: the tenure before ends the day before, without a gap or a day of both.

    Raises Invalid as `appoint` does, and for a day on which nobody would have been before.
    """
    require(may_keep_body(by, tenure.partnership_id, tenure.seat.body_id))
    if first := Tenure.objects.filter(pk=key).first():
        return says_the_same(first, seat_id=tenure.seat_id, from_on=from_on)
    if from_on <= tenure.from_on:
        raise Invalid(from_on=f"{tenure.holder.name} began on {short_date(tenure.from_on)}: enter a later day, or correct theirs")
    lock(tenure)
    if tenure.is_struck or (tenure.until_on and tenure.until_on < from_on - timedelta(days=1)):
        raise Conflict("Their time on this seat had ended by then. Load the page again, and appoint somebody to the vacant seat.")
    _end(tenure, from_on - timedelta(days=1), "Replaced", by)
    return appoint(seat=tenure.seat, person=person, name=name, email=email, from_on=from_on, rests_on=rests_on, key=key, by=by)


@transaction.atomic
def change_tenure(
    *, tenure: Tenure, from_on: date, until_on: date | None, ended_because: str, version: int, by: Standing
) -> Tenure:
    """Correct from when until when somebody holds a seat, or say when it ends and why.

    Raises Stale when somebody has changed it, Invalid where another holds the seat on one of these days.
    """
    require(may_keep_body(by, tenure.partnership_id, tenure.seat.body_id))
    lock(tenure.seat)
    if tenure.is_struck:
        raise Conflict(STRUCK)
    if tenure.term_until and until_on and until_on > tenure.term_until:
        tenure.term_until = until_on
    tenure.from_on, tenure.until_on, tenure.ended_because = from_on, until_on, ended_because.strip()
    _check(tenure)
    save_if_unchanged(tenure, version, "from_on", "until_on", "term_until", "ended_because")
    write_checks(tenure)
    facts = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat() if until_on else ""}
    audit.record("bodies.change_tenure", row=tenure.pk, partnership=tenure.partnership_id, facts=facts, by=by)
    return tenure


@transaction.atomic
def strike_tenure(*, tenure: Tenure, by: Standing) -> Tenure:
    """Strike out what was entered by mistake: they never held the seat, and what was entered stays in the list of all.

    Raises Conflict when it is struck out already.
    """
    require(may_keep_body(by, tenure.partnership_id, tenure.seat.body_id))
    if not Tenure.objects.filter(pk=tenure.pk, is_struck=False).update(is_struck=True, version=tenure.version + 1):
        raise Conflict("This is struck out already.")
    tenure.is_struck = True
    write_checks(tenure)
    audit.record("bodies.strike_tenure", row=tenure.pk, partnership=tenure.partnership_id, by=by)
    return tenure


def _end(tenure: Tenure, until_on: date, because: str, by: Standing) -> None:
    """The tenure ends that day."""
    tenure.until_on, tenure.ended_because = until_on, because
    save_if_unchanged(tenure, tenure.version, "until_on", "ended_because")
    write_checks(tenure)
    facts = {"until_on": until_on.isoformat()}
    audit.record("bodies.end_tenure", row=tenure.pk, partnership=tenure.partnership_id, facts=facts, by=by)


def _make_way(seat: Seat, from_on: date, by: Standing) -> None:
    """Who acts on the seat does so until the day before."""
    acting = Tenure.objects.lasting(from_on).filter(seat=seat, is_acting=True, from_on__lt=from_on).first()
    if acting:
        _end(acting, from_on - timedelta(days=1), "Somebody holds the seat", by)


def _check(tenure: Tenure) -> None:
    """Raises Invalid where they may not hold the seat, or not then. The seat is held by who asks."""
    seat, holder, today = tenure.seat, tenure.holder, clock.today()
    stands = Tenure.objects.filter(is_struck=False).exclude(pk=tenure.pk).select_related("seat")
    if why := rules.why_not_so_long(BodyKind(seat.body.kind), tenure.from_on, tenure.until_on):
        raise Invalid(until_on=why)
    others = [one.span for one in stands.filter(seat=seat)]
    if why := rules.why_not_from(tenure.span, seat.span, others, today):
        raise Invalid(from_on=why)
    theirs = list(stands.filter(seat__body=seat.body_id, holder=holder))
    held = [rules.OtherSeat(one.seat_id, one.seat.title, one.span, one.is_acting, not one.seat.is_place) for one in theirs]
    excluded = seat.others | {one.seat_id for one in theirs if seat.pk in one.seat.others}
    why_other = seat.other_why or next((one.seat.other_why for one in theirs if seat.pk in one.seat.others), "")
    beside = tenure.is_acting or not seat.is_place
    if why := rules.why_not_also(holder.name, seat.title, excluded, why_other, tenure.span, held, is_beside=beside):
        raise Invalid(person=why)
    if tenure.from_on >= today and not tenure.is_acting and (why := _unqualified(seat, holder)):
        raise Invalid(person=f"{holder.name}: {why[:1].lower()}{why[1:]}")


def _unqualified(seat: Seat, holder: Holder) -> str:
    """Why somebody lacks what the seat asks for, today."""
    if not holder.person or not SeatFor(seat.seat_for).needs_head:
        return ""
    heads = heads_on(seat.partnership_id, clock.today(), [holder.person])
    known = {one.counted for one in heads if one.belongs == Belonging.MEMBER}
    return rules.why_not_qualified(SeatFor(seat.seat_for), known, settings_of(seat.body.partnership, BodySettings))


def _holder(seat: Seat, person: str, name: str, email: str, by: Standing) -> Holder:
    """Whom the seat is given to, written down where they are new. Raises Invalid for nobody, and for a stranger."""
    called, home = " ".join(name.split()), seat.partnership
    known = Holder.objects.filter(partnership=home)
    if person:
        if chosen := known.filter(pk=person).first():
            return chosen
        if not (colleagues_in([home.pk]).filter(person=person).exists() or known.filter(person=person).exists()):
            raise Invalid(person=STRANGER)
        called = Person.objects.values_list("name", flat=True).get(pk=person)
    elif not called:
        raise Invalid(name=NOBODY)
    elif email:  # the name as it was typed: whose address it is tells nobody how they are called elsewhere
        system = Standing.system(on_behalf_of=by.person)
        person = Person.objects.whose_address(email) or create_person(name=called, email=email, by=system).pk
    same = known.filter(person=person) if person else known.filter(person="", name__iexact=called)
    return same.first() or Holder.objects.create(partnership=home, person=person, name=called)


def tell_of_seat(tenure: Tenure, by: Standing) -> None:
    """Whoever has an account hears that they sit on the body, unless their time there is over."""
    person, seat = tenure.holder.person, tenure.seat
    is_over = tenure.until_on is not None and tenure.until_on < clock.today()
    if is_over or not person or not (to := address_of(person, viewer=Standing.system())):
        return
    page = reverse("bodies:body", args=[seat.body.partnership.slug, seat.body_id])
    until = f" until {short_date(tenure.until_on)}" if tenure.until_on else ""
    words = {
        "body": seat.body.name, "seat": seat.title, "acting": tenure.is_acting, "partnership": seat.body.partnership.name,
        "when": f"from {short_date(tenure.from_on)}{until}", "link": settings.ADDRESS + page,
    }  # fmt: skip
    notices.send(
        template="bodies/appointed.txt", to=to, person=person, words=words, link=page, partnership=seat.body.partnership, by=by
    )
