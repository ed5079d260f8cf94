"""Elthorne seeks its independent chair: the advert, five who apply, a panel of three, interviews, who sits from June."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from alongside.across.demo import elthorne
from alongside.across.demo.diary import FROZEN_ON
from alongside.across.demo.elthorne import MANAGER_EMAIL, ON_LOAN, STORY
from alongside.deciding.bodies.models import Seat
from alongside.deciding.recruitment.actions import applying, choosing, vacancies
from alongside.deciding.recruitment.models import Application, InterviewSlot, PanelMember, Vacancy
from alongside.deciding.recruitment.queries.vacancies import people_of_body
from alongside.deciding.recruitment.rules.vacancies import Advert, ApplicationState as S, RecruitmentSettings
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of

OPENS, CLOSES, MET, FIRST_DAY = date(2022, 3, 22), date(2022, 4, 22), date(2022, 5, 18), date(2022, 6, 13)
INVITED, FIRST_APPLICANT = 3, ON_LOAN + 10
VISITOR, SYSTEM = Standing(), Standing.system()
Deed = tuple[datetime, Callable[[Partnership], None]]


def deeds() -> Iterator[Deed]:
    """What happens, and when."""
    yield clock.start_of(FROZEN_ON, 18), _advertise
    for number, told in enumerate(STORY["chair"]["applicants"]):
        yield clock.start_of(told["on"], 20, 10 + number), partial(_apply, number, told)
    yield clock.start_of(date(2022, 4, 27), 17), _score
    yield clock.start_of(date(2022, 5, 4), 10), _invite
    yield clock.start_of(date(2022, 5, 6), 19), _choose_times
    yield clock.start_of(MET, 17), _score
    yield clock.start_of(date(2022, 5, 19), 12), _decide
    yield clock.start_of(date(2022, 5, 24), 9), partial(_ask, INVITED)
    yield clock.start_of(date(2022, 5, 30), 15), _answer
    yield clock.start_of(date(2022, 7, 4), 20), partial(_ask, INVITED + 1)  # waits for the office
    yield clock.start_of(date(2022, 11, 21), 3), _erase


def _manager() -> Standing:
    return standing_of(Person.objects.get(email=MANAGER_EMAIL))


def _vacancy(partnership: Partnership) -> Vacancy:
    """The competition of the story. Raises Conflict where the visitor has ended it."""
    found = Vacancy.objects.select_related("seat__body__partnership", "partnership").filter(partnership=partnership)
    if (vacancy := found.filter(opens_on=OPENS, erased_on=None).exclude(state="stopped").first()) is None:
        raise Conflict("Nobody is sought.")
    return vacancy


def _applicants(partnership: Partnership) -> list[Application]:
    rows = Application.objects.select_related("vacancy__seat__body", "vacancy__partnership").filter(partnership=partnership)
    return list(rows.filter(email__in=map(_address, range(len(STORY["chair"]["applicants"])))).order_by("sent_at", "pk"))


def _name(number: int) -> str:
    return elthorne.called(FIRST_APPLICANT + number)


def _address(number: int) -> str:
    return f"{_name(number).lower().replace(' ', '.').replace('’', '')}@post.{elthorne.DOMAIN}"


def _advertise(partnership: Partnership) -> None:
    told, by = STORY["chair"], _manager()
    seat = Seat.objects.select_related("body__partnership").filter(partnership=partnership, title=told["title"]).first()
    if seat is None:
        raise Conflict("There is no such seat.")
    asked = "\n".join(settings_of(partnership, RecruitmentSettings).independence)
    said = Advert(
        **{name: told[name].strip() for name in ("title", "advert", "essential", "desirable")}, independence=asked,
        contact=MANAGER_EMAIL, opens_on=OPENS, closes_on=CLOSES, shortlist_on=date(2022, 5, 6), interviews_on=MET,
        in_place_by=FIRST_DAY,
    )  # fmt: skip
    vacancy = vacancies.add_vacancy(seat=seat, said=said, key=keys.new_key(), by=by)
    for person, _ in people_of_body(vacancy, viewer=by)[:2]:
        vacancies.add_to_panel(vacancy=vacancy, person=person, name="", email="", key=keys.new_key(), by=by)
    vacancies.add_to_panel(vacancy=vacancy, person="", **told["panel"], key=keys.new_key(), by=by)
    vacancies.publish(vacancy=vacancy, by=by)


def _apply(number: int, told: dict[str, Any], partnership: Partnership) -> None:
    made = applying.ask_for_link(vacancy=_vacancy(partnership), email=_address(number), by=VISITOR)
    if made is None:
        raise Conflict("No application is taken.")
    yes = told.get("yes", "")
    said: dict[str, Any] = {"name": _name(number), "phone": "", "answers": told["answers"], "independence_words": yes}
    said |= {"referees": "A colleague and a former chair; their numbers are with me.", "interests": yes or "None"}
    said["independence"] = ["no", "no", "yes" if yes else "no"]
    applying.save_application(link=made.link, **said, version=made.version, by=VISITOR)
    applying.send_in(link=made.link, by=VISITOR)


def _panel(vacancy: Vacancy) -> list[Standing]:
    members = PanelMember.objects.filter(vacancy=vacancy, ended_on=None).order_by("name", "pk")
    return [standing_of(Person.objects.get(pk=one.person)) for one in members]


def _score(partnership: Partnership) -> None:
    """Each of the panel declares and scores alone whom they do not know, then they agree."""
    vacancy, told = _vacancy(partnership), STORY["chair"]["applicants"]
    known = [_address(number) for number, one in enumerate(told) if one.get("is_known")]
    rows = [one for one in _applicants(partnership) if one.turn]
    for place, who in enumerate(_panel(vacancy)):
        tied = [one.pk for one in rows if one.email in known and place == 0]
        choosing.declare_ties(vacancy=vacancy, tied=tied, words="We sat on one forum for years" if tied else "", by=who)
        for one in Application.objects.visible_to(who).select_related("vacancy__seat").filter(pk__in=[row.pk for row in rows]):
            marks = [(max(0, points - (place + at) % 2), _why(points)) for at, points in enumerate(_points(one))]
            choosing.score(application=one, marks=marks, key=keys.new_key(), by=who)
    for one in rows:
        choosing.agree_score(application=one, points=_points(one), version=one.version, by=_manager())


def _points(application: Application) -> list[int]:
    places = {_address(number): one["points"] for number, one in enumerate(STORY["chair"]["applicants"])}
    return list(places[application.email])


def _why(points: int) -> str:
    return "Strong, with an example." if points > 3 else "Some of it." if points > 1 else "Little about this."


def _outcomes(partnership: Partnership, outcomes: list[S], reason: str = "") -> None:
    """The first of them come out so, in the order of what the panel has agreed on; letters go."""
    by, rows = _manager(), sorted(_applicants(partnership), key=lambda one: -one.points)
    of = {one.pk: outcome for one, outcome in zip(rows, outcomes, strict=False)}
    choosing.keep_outcomes(vacancy=_vacancy(partnership), outcomes=of, reason=reason, by=by)
    choosing.send_letters(vacancy=_vacancy(partnership), seen=UNSEEN, by=by)


def _invite(partnership: Partnership) -> None:
    rest = len(STORY["chair"]["applicants"]) - INVITED
    _outcomes(partnership, [S.LISTED] * INVITED + [S.NOT_LISTED] * rest)
    times = [datetime(MET.year, MET.month, MET.day, hour, tzinfo=clock.LONDON) for hour in (10, 11, 14, 15)]
    place = STORY["chair"]["interview_place"]
    choosing.offer_slots(vacancy=_vacancy(partnership), times=times, place=place, by=_manager())


def _choose_times(partnership: Partnership) -> None:
    free = list(InterviewSlot.objects.filter(vacancy=_vacancy(partnership), application=None).order_by("starts_at"))
    for one, slot in zip((one for one in _applicants(partnership) if one.state == S.LISTED), free, strict=False):
        applying.choose_slot(link=one.link, slot=slot, by=VISITOR)


def _decide(partnership: Partnership) -> None:
    outcomes = [S.APPOINTED, S.RESERVE, *[S.NOT_APPOINTED] * (INVITED - 2)]
    _outcomes(partnership, outcomes, STORY["chair"]["decided"])
    chosen = next((one for one in _applicants(partnership) if one.state == S.APPOINTED), None)
    if chosen is None:
        raise Conflict("Nobody was chosen.")
    said: dict[str, Any] = {"from_on": FIRST_DAY, "rests_on": "Panel of 18 May 2022", "key": keys.new_key()}
    choosing.fill_seat(application=chosen, **said, by=_manager())


def _unsuccessful(partnership: Partnership, place: int) -> Application:
    rows = sorted(_applicants(partnership), key=lambda one: -one.points)
    if len(rows) <= place:
        raise Conflict("They have withdrawn.")
    return rows[place]


def _ask(place: int, partnership: Partnership) -> None:
    applying.ask_for_feedback(link=_unsuccessful(partnership, place).link, by=VISITOR)


def _answer(partnership: Partnership) -> None:
    one = _unsuccessful(partnership, INVITED)
    choosing.give_feedback(application=one, words=STORY["chair"]["feedback"], by=_manager())


def _erase(partnership: Partnership) -> None:
    """Six months after the decision, as the night’s work does it."""
    due = Application.objects.filter(partnership=partnership, vacancy__erase_on__lt=clock.today())
    choosing.purge(applications=list(due.values_list("pk", flat=True)), by=SYSTEM)
