"""What happens in this room of the tests’ houses: competitions for seats of one board, each as far as it has come."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from alongside.deciding.bodies.actions.bodies import add_seat
from alongside.deciding.bodies.actions.tenures import appoint
from alongside.deciding.bodies.models import Body, Seat
from alongside.deciding.bodies.rules.kinds import Deputy, Duty, Filling, SeatFor
from alongside.deciding.bodies.tests.make import body_of, seat_of
from alongside.deciding.recruitment.actions import applying, choosing, vacancies
from alongside.deciding.recruitment.models import Application, Tie, Vacancy
from alongside.deciding.recruitment.rules.vacancies import ApplicationState as S
from alongside.deciding.recruitment.tests.make import SAID, VISITOR, advertise, apply, marks, put_on_panel, who_is
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from tests.happenings import secret

if TYPE_CHECKING:
    from tests.world import House

BEGAN, CLOSED, TODAY = date(2022, 2, 21), date(2022, 3, 4), date(2022, 3, 8)
EARLY = replace(
    SAID, opens_on=BEGAN, closes_on=CLOSED, shortlist_on=date(2022, 3, 14), interviews_on=date(2022, 3, 21),
    in_place_by=date(2022, 4, 4),
)  # fmt: skip
OPEN = replace(EARLY, closes_on=date(2022, 3, 11))


def new_seat(house: "House", title: str) -> Seat:
    """One more seat of the board that is filled by open competition."""
    said = {"title": title, "seat_for": SeatFor.ANYONE, "filling": Filling.COMPETITION, "filled_by": "", "duty": Duty.MEMBER}
    more = {"votes": False, "deputy": Deputy.NONE, "term_years": None, "others": [], "other_why": "", "from_on": BEGAN}
    body: Body = house.things["open_board"]
    made = add_seat(body=body, **said, **more, key=keys.new_key(), by=house.standing("manager"))
    return seat_of(body, made.title)


def outcomes(house: "House", vacancy: Vacancy, of: dict[str, str], reason: str = "") -> Vacancy:
    """How applicants come out, kept by who runs the competition."""
    there = Vacancy.objects.select_related("seat__body", "partnership").get(pk=vacancy.pk)
    choosing.keep_outcomes(vacancy=there, outcomes=of, reason=reason, by=house.standing("manager"))
    return there


def kept_from_others(house: "House", what: str, *readers: str) -> str:
    """Words that the manager may read, who runs the competition, and those readers; nobody else in the office."""
    words = secret(house, what)
    house.secrets[words] = frozenset({"manager", *readers})
    return words


def happen(house: "House") -> None:
    """One vacancy is open, one is being read, one has a shortlist, one is decided, two are not published."""
    with clock.at(clock.start_of(BEGAN, 9)):
        _advertise(house)
    read, met, over = (house.things[name] for name in ("read_vacancy", "met_vacancy", "over_vacancy"))
    listed, left, late = (house.things[name] for name in ("listed", "left", "late"))
    with clock.at(clock.start_of(date(2022, 3, 7), 9)):
        seat, head = seat_of(house.things["open_board"], "Primary Forum representative"), house.people["member head"]
        whom = {"person": head.pk, "from_on": date(2022, 3, 7), "key": keys.new_key()}
        appoint(seat=seat, **whom, by=house.standing("manager"))
        _read(house, read)
        chosen = outcomes(house, met, {listed.pk: S.LISTED, left.pk: S.NOT_LISTED})
        choosing.send_letters(vacancy=chosen, seen=UNSEEN, by=house.standing("manager"))
        outcomes(house, met, {listed.pk: S.LISTED, late.pk: S.NOT_LISTED})
        times = [datetime(2022, 3, 21, hour, tzinfo=clock.LONDON) for hour in (10, 11)]
        choosing.offer_slots(vacancy=chosen, times=times, place="Civic centre", by=house.standing("manager"))
        house.things["slot"] = chosen.slots.order_by("starts_at").first()
        _agree(house, over)
        done = outcomes(house, over, {house.things["won"].pk: S.APPOINTED, house.things["lost"].pk: S.NOT_APPOINTED}, "Because")
        choosing.send_letters(vacancy=done, seen=UNSEEN, by=house.standing("manager"))
        applying.ask_for_feedback(link=house.things["lost"].link, by=VISITOR)


def _advertise(house: "House") -> None:
    manager = house.standing("manager")
    board = body_of(house.partnership, name=f"{house.name} open board", started_on=BEGAN, by=manager)
    house.things |= {"open_board": board, "said": EARLY}
    for name, said in (("vacancy", OPEN), ("read_vacancy", EARLY), ("met_vacancy", EARLY), ("over_vacancy", EARLY)):
        house.things[name] = advertise(new_seat(house, f"{house.name} {name}"), manager, said=replace(said, title=name))
    for name, by in (("draft_vacancy", manager), ("others_vacancy", house.standing("finance"))):
        seat, said = new_seat(house, f"{house.name} {name}"), replace(OPEN, title=name)
        house.things[name] = vacancies.add_vacancy(seat=seat, said=said, key=keys.new_key(), by=by)
    house.things["free_seat"] = new_seat(house, f"{house.name} free seat")
    house.things["link"] = _applies(house, "vacancy", "Walker", sends=False).link
    for name, where in {"listed": "met", "left": "met", "late": "met", "won": "over", "lost": "over"}.items():
        house.things[name] = _applies(house, f"{where}_vacancy", name.capitalize())
    reader, tied = "second school_admin", "second business_manager"
    house.things["readers"] = {
        name: put_on_panel(house.things["read_vacancy"], manager, name=house.people[name].name, email=house.people[name].email)
        for name in (reader, tied)
    }
    over = {"name": house.people[reader].name, "email": house.people[reader].email}
    house.things["over_reader"] = put_on_panel(house.things["over_vacancy"], manager, **over)
    house.things["panel_member"] = house.things["readers"][reader]
    said = {what: kept_from_others(house, f"applicant’s {what}", reader) for what in ("phone", "referees", "interests")}
    answers = [kept_from_others(house, "answer of an applicant", reader), "Knows schools", ""]
    name = kept_from_others(house, "applicant", reader, tied)
    said["phone"] = said["phone"][-30:]
    house.things["application"] = apply(
        house.things["read_vacancy"], name, email=_address(house, "read"), answers=answers, **said
    )


def _address(house: "House", name: str) -> str:
    return f"{name.lower()}@{house.name.lower()}.applicant.example"


def _applies(house: "House", where: str, name: str, **said: Any) -> Application:
    return apply(house.things[where], name, email=_address(house, name), **said)


def _read(house: "House", vacancy: Vacancy) -> None:
    """One of the panel knows the applicant, the other has scored."""
    reader, tied = (who_is(one) for one in house.things["readers"].values())
    own = kept_from_others(house, "tie to an applicant", "second business_manager")
    application = house.things["application"]
    choosing.declare_ties(vacancy=vacancy, tied=[application.pk], words=own, by=tied)
    choosing.declare_ties(vacancy=vacancy, tied=[], words="", by=reader)
    house.things["tie"] = Tie.objects.get(application=application, is_tied=True)
    _score(application, reader, kept_from_others(house, "score of an applicant", "second school_admin"))


def _agree(house: "House", vacancy: Vacancy) -> None:
    """All of a small panel have scored alike, and agree."""
    reader = who_is(house.things["over_reader"])
    choosing.declare_ties(vacancy=vacancy, tied=[], words="", by=reader)
    for name in ("won", "lost"):
        _score(house.things[name], reader, "Well said")
        one = Application.objects.select_related("vacancy__seat").get(pk=house.things[name].pk)
        choosing.agree_score(application=one, points=[5, 3, 1], version=one.version, by=house.standing("manager"))


def _score(application: Application, by: Any, why: str) -> None:
    one = Application.objects.select_related("vacancy__seat").get(pk=application.pk)
    given = [(points, why) for points, _ in marks(5, 3, 1)]
    choosing.score(application=one, marks=given, key=keys.new_key(), by=by)


def more(house: "House", places: Iterable[object]) -> None:
    """For each one more vacancy, applicant with declarations and a score, one more of a panel, and one more time."""
    many = list(enumerate(places))
    manager, read = house.standing("manager"), house.things["read_vacancy"]
    with clock.at(clock.start_of(BEGAN, 10)):
        made = [apply(read, f"Applicant {number}", email=_address(house, f"more{number}")) for number, _ in many]
        for number, _ in many:
            advertise(new_seat(house, f"Further seat {number}"), manager, said=replace(EARLY, title=f"Further seat {number}"))
            put_on_panel(house.things["vacancy"], manager, name=f"Panel {number}", email=_address(house, f"panel{number}"))
    with clock.at(clock.start_of(date(2022, 3, 7), 10)):
        reader = who_is(house.things["panel_member"])
        choosing.declare_ties(vacancy=read, tied=[], words="", by=reader)
        for one in made:
            _score(one, reader, "Well said")
        met = Vacancy.objects.select_related("seat").get(pk=house.things["met_vacancy"].pk)
        times = [datetime(2022, 3, 22, 9 + number // 6, number % 6 * 10, tzinfo=clock.LONDON) for number, _ in many]
        choosing.offer_slots(vacancy=met, times=times, place="Civic centre", by=manager)
