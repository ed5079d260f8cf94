"""A trust of three academies beside the borough, with boards, committees and a Headboard of its own: each deed calls what a
person would press."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from alongside.across.demo import elthorne
from alongside.across.demo.actions.deciding import made, sits
from alongside.across.demo.actions.meetings import register_all
from alongside.across.demo.diary import FIRST_MONDAY
from alongside.across.demo.elthorne import EMAILS, STORY, TRUST_SLUG
from alongside.across.demo.permissions import may_use_demonstration
from alongside.across.demo.rules import Persona
from alongside.deciding.bodies.actions import scheme, tenures
from alongside.deciding.bodies.models import Body, Tenure
from alongside.deciding.meetings.actions import agendas, following, holding, planning
from alongside.deciding.meetings.models import ActionPoint, AgendaItem, Meeting
from alongside.deciding.meetings.rules.kinds import ActionState, HowOften, ItemKind, MeetingKind
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import require
from alongside.members.calendar.actions import years as calendar
from alongside.members.membership.actions import asking
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template
from alongside.members.people.actions import roles as people
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.models import School

SYSTEM = Standing.system()
TOLD: dict[str, Any] = STORY["trust"]
BOARD_MEETS, HEADBOARD_FROM = TOLD["board_meets"], TOLD["headboard_from"]
ENDS_SOON = timedelta(days=28)
PEOPLE = 720  # of the borough's people, those who sit on the trust's bodies


def start_trust(*, by: Standing) -> None:
    """The trust with its three academies and their heads; its clerk runs it."""
    require(may_use_demonstration(by))
    trust = partnerships.start_partnership(
        name=elthorne.OWN_TRUST, template=Template.TRUST, la_code=elthorne.LA_CODE, area=elthorne.BOROUGH,
        contact_email=elthorne.trust_email(elthorne.OWN_TRUST), is_invented=True, by=by,
    )  # fmt: skip
    email = EMAILS[Persona.GOVERNANCE]
    keeper = people.create_person(name=elthorne.name_at(email), email=email, by=by)
    people.grant_role(person=keeper, post=Post.MANAGER, partnership=trust, by=by)
    schools = list(School.objects.filter(current__trust_name=elthorne.OWN_TRUST, current__is_invented=True))
    asking.add_members(partnership=trust, schools=schools, by=standing_of(keeper))
    for school in schools:
        told = elthorne.named(school.name)
        head = people.create_person(name=told.head, email=told.email, by=by)
        people.grant_role(person=head, post=Post.HEAD, school=school, partnership=trust, by=by)
    for started, half_terms in STORY["half_terms"].items():
        spans, start = [(first, last) for first, last in half_terms], int(started)
        calendar.save_year(partnership=trust, start=start, half_terms=spans, is_example=start > 2021, by=standing_of(keeper))


def deeds() -> Iterator[tuple[datetime, Callable[[Partnership], None]]]:
    """What happens there, and when; the partnership that a deed is given is the borough's."""
    yield clock.start_of(FIRST_MONDAY, 17, 20), _make_bodies
    yield clock.start_of(FIRST_MONDAY, 17, 30), _plan
    yield clock.start_of(HEADBOARD_FROM, 9), lambda _: _hold("headboard", HEADBOARD_FROM)
    yield clock.start_of(TOLD["reported_on"], 14), _report
    yield clock.start_of(BOARD_MEETS, 19), lambda _: _hold("trust_board", BOARD_MEETS)
    yield clock.start_of(TOLD["appointed_again"], 15), _appoint_again


def keeper() -> Standing:
    """The trust's clerk, as they press."""
    return standing_of(Person.objects.get(email=EMAILS[Persona.GOVERNANCE]))


def _body(kind: str) -> Body:
    return Body.objects.select_related("partnership").get(partnership__slug=TRUST_SLUG, kind=kind)


def _make_bodies(_: Partnership) -> None:
    trust, by = Partnership.objects.get(slug=TRUST_SLUG), keeper()
    names = (elthorne.called(number) for number in range(PEOPLE, PEOPLE + 60))
    for code, taken in TOLD["bodies"].items():
        body = made(trust, code, by)
        for title in taken:
            sits(body, title, by, name=next(names))
        if code in {"trust_board", "audit"}:
            _chaired(body, by)
    schools = School.objects.filter(current__trust_name=elthorne.OWN_TRUST).select_related("current").order_by("current__name")
    for school in schools:
        body = made(trust, "local", by, name=f"Academy council, {school.name}", school=school)
        sits(body, "Headteacher", by, person=Person.objects.get(email=elthorne.named(school.name).email).pk)
        for title in TOLD["council"]:
            sits(body, title, by, name=next(names))
        _chaired(body, by)
    board = _body("trust_board")
    sits(board, "Chief executive", by, person=Person.objects.get(email=EMAILS[Persona.TRUST_OFFICER]).pk)
    for line in TOLD["scheme"]:
        scheme.delegate(partnership=trust, **line, from_on=clock.today(), key=keys.new_key(), by=by)


def _chaired(body: Body, by: Standing) -> None:
    """The first who sits there chairs."""
    first = Tenure.objects.filter(seat__body=body).order_by("seat__position").first()
    if first:
        sits(body, "Chair", by, person=first.holder_id)


def _appoint_again(_: Partnership) -> None:
    """Whose term ends in these days serves another, and is chosen to chair again."""
    ends = Tenure.objects.lasting(clock.today()).filter(partnership__slug=TRUST_SLUG, until_on__lte=clock.today() + ENDS_SOON)
    for one in ends.select_related("seat__body__partnership").order_by("seat__body", "seat__position"):
        if last := one.until_on:
            from_on = last + timedelta(days=1)
            tenures.appoint(seat=one.seat, person=one.holder_id, from_on=from_on, key=keys.new_key(), by=keeper())


def _plan(_: Partnership) -> None:
    common: dict[str, Any] = {"place": "", "link": "", "key": keys.new_key(), "by": keeper()}
    week: dict[str, Any] = {
        "kind": MeetingKind.STRATEGY,
        "weekday": 0,
        "other_kind": MeetingKind.BUSINESS,
        "other_weekday": 2,
        "nth": 1,
    }
    headboard, often = _body("headboard"), HowOften.ALTERNATING
    planning.plan_series(body=headboard, rhythm=often, from_on=HEADBOARD_FROM, **week, begins=time(8), lasts=90, **common)
    typed: dict[str, Any] = {"typed": TOLD["board_days"], "until_on": TOLD["board_days"][-1], "from_on": BOARD_MEETS}
    evening: dict[str, Any] = {"begins": time(17, 30), "lasts": 120, **common}
    year: dict[str, Any] = {"rhythm": HowOften.TYPED, "kind": MeetingKind.ORDINARY, "weekday": 2, "nth": 1, **typed, **evening}
    planning.plan_series(body=_body("trust_board"), **{**year, "key": keys.new_key()})
    said = {"kind": MeetingKind.ORDINARY, **evening, "key": keys.new_key()}
    planning.plan_meeting(body=_body("trust_board"), on=BOARD_MEETS, **said)


def _hold(kind: str, on: date) -> None:
    """One meeting from who is there to the draft minutes: what the story has for it is decided, and followed into the schools."""
    by, told = keeper(), TOLD["meetings"][kind]
    meeting = Meeting.objects.select_related("body__partnership").get(body=_body(kind), on=on)
    item = agendas.add_item(
        meeting=meeting, title=told["title"], kind=ItemKind.DECISION, minutes=15, about=told["about"], presenter="",
        is_restricted=False, key=keys.new_key(), by=by,
    )  # fmt: skip
    meeting = register_all(meeting, by)
    item = AgendaItem.objects.get(pk=item.pk)
    holding.save_notes(item=item, notes=told["notes"], version=item.version, by=by)
    decided = holding.decide(item=AgendaItem.objects.get(pk=item.pk), words=told["decided"], key=keys.new_key(), by=by)
    if "follow_by" in told:
        following.follow(decision=decided, due_on=told["follow_by"], by=by)
    holding.close_meeting(meeting=Meeting.objects.get(pk=meeting.pk), by=by)
    following.circulate(meeting=Meeting.objects.get(pk=meeting.pk), seen_by_chair=True, by=by)


def _report(_: Partnership) -> None:
    rows = ActionPoint.objects.filter(partnership__slug=TRUST_SLUG, state=ActionState.OPEN).exclude(school=None)
    for said, action in zip(TOLD["reports"], rows.order_by("owner"), strict=False):
        following.report(action=action, state=ActionState.DONE, said=said, by=keeper())
