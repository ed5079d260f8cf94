from dataclasses import asdict

from alongside.ground.core import keys
from alongside.members.calendar.rules.settings import CalendarSettings
from alongside.members.partnerships.queries import settings_of
from alongside.members.partnerships.rules import mark_of
from tests.audiences import Line
from tests.happenings import HALF_TERMS, TODAY
from tests.rooms import LATER
from tests.world import World

Words = dict[str, object]


def of_partnership(world: World) -> Words:
    return {"slug": world.partnership.slug}


def of_school(world: World) -> Words:
    return of_partnership(world) | {"urn": world.school.urn}


def of_clock(world: World) -> Words:
    return of_partnership(world) | {"key": world.things["clock"].pk}


def of_stopped_clock(world: World) -> Words:
    return of_partnership(world) | {"key": world.things["stopped_clock"].pk}


def typed(name: str, year: int, month: int, day: int) -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}


def year_form(version: int) -> dict[str, str]:
    form = {"standing": "real", "version": str(version)}
    for number, (first, last) in enumerate(HALF_TERMS, 1):
        form |= typed(f"first_{number}", first.year, first.month, first.day)
        form |= typed(f"last_{number}", last.year, last.month, last.day)
    return form


def keyed(form: dict[str, str]) -> dict[str, str]:
    return form | {"key": keys.new_key()}


def asked(world: World) -> dict[str, str]:
    return keyed({"law": "eir"} | typed("received_on", 2022, 3, 1))


BLACKOUT = {"name": "Transition"} | typed("first_on", 2022, 7, 4) | typed("last_on", 2022, 7, 8)
CLOSURE = {"kind": "weather"} | typed("first_on", 2022, 3, 9)
TODAY_TYPED = (TODAY.year, TODAY.month, TODAY.day)
LINES = {
    "calendar:year": Line(of_partnership),
    "calendar:settings": Line(
        of_partnership,
        post=lambda w: (
            asdict(CalendarSettings(nation="scotland")) | {"version": mark_of(settings_of(w.partnership, CalendarSettings))}
        ),
        methods=("GET", "POST"),
    ),
    "calendar:edit_year": Line(lambda w: of_partnership(w) | {"start": 2021}, post=year_form(1), methods=("GET", "POST")),
    "calendar:blackouts": Line(of_partnership, post=lambda w: keyed(BLACKOUT), methods=("GET", "POST")),
    "calendar:remove_blackout": Line(lambda w: of_partnership(w) | {"blackout": w.things["blackout"].pk}, methods=("POST",)),
    "calendar:schools": Line(of_partnership),
    "calendar:school_year": Line(of_school, post=lambda w: keyed(CLOSURE), methods=("GET", "POST")),
    "calendar:edit_school_year": Line(lambda w: of_school(w) | {"start": 2021}, post=year_form(1), methods=("GET", "POST")),
    "calendar:drop_own_year": Line(lambda w: of_school(w) | {"start": 2021}, methods=("POST",)),
    "calendar:remove_closure": Line(lambda w: of_school(w) | {"closure": w.things["closure"].pk}, methods=("POST",)),
    "calendar:clocks": Line(of_partnership),
    "calendar:work_out": Line(of_partnership),
    "calendar:keep_clock": Line(lambda w: of_partnership(w) | {"place": str(w.school.urn)}, post=asked, methods=("POST",)),
    "calendar:clock": Line(of_clock),
    "calendar:stop_clock": Line(of_clock, post={"kind": "fee"} | typed("asked_on", *TODAY_TYPED), methods=("POST",)),
    "calendar:restart_clock": Line(of_stopped_clock, post=typed("answered_on", *TODAY_TYPED), methods=("POST",)),
    "calendar:extend_clock": Line(of_clock, post=typed("told_on", 2022, 2, 1), methods=("POST",)),
    "calendar:end_clock": Line(of_clock, methods=("POST",)),
}
ASKS_NOBODY = {"called by other deeds, which have asked": "recompute"}
BLIND = {
    "what they are given was asked for by its viewer": "blackouts_to_suggest",
    "published: who opens the prospectus reads it, signed in or not": "teaching_year",
}
KNOWN_TO_ALL = {"who belongs, and when it is open": "Year Closure Blackout"}
STAY_FEW = {
    "one of each, or one a year, in a partnership": "Year HalfTerm Pause",
    "no list of them stands on a page": "ClockChange",
}
NOT_TRIED = {LATER: "stop_clock"}
WITHOUT_FILE = {"a few lines of one thing, beside its other facts": "year school_year settings parts"}
