from collections.abc import Callable

from alongside.deciding.recruitment.models import Application, InterviewSlot
from alongside.deciding.recruitment.rules.vacancies import RecruitmentSettings
from alongside.deciding.recruitment.tests.happenings import EARLY
from alongside.ground.core import keys
from alongside.members.partnerships.queries import mark_now
from tests.audiences import Audience as A, Line, pressed, room, thing
from tests.world import World

BOTH, POST = ("GET", "POST"), ("POST",)
DAYS = ("opens_on", "closes_on", "shortlist_on", "interviews_on", "in_place_by")


def by_link(name: str = "") -> Callable[[World], dict[str, object]]:
    """The own page of an applicant."""
    return lambda world: {**room(world), "link": world.things[name].link if name else world.things["link"]}


def nobodys(world: World) -> dict[str, object]:
    return {**room(world), "key": "0" * 12}


def advert(_: World) -> dict[str, object]:
    typed = {name: value for name, value in vars(EARLY).items() if name not in DAYS}
    days = {name: getattr(EARLY, name) for name in DAYS} | {"closes_on": EARLY.shortlist_on}
    return typed | {f"{name}_{part}": str(getattr(day, part)) for name, day in days.items() for part in ("day", "month", "year")}


def to_add(world: World) -> dict[str, object]:
    return {**advert(world), "key": keys.new_key(), "seat": world.things["free_seat"].pk}


def to_change(world: World) -> dict[str, object]:
    one = world.things["vacancy"]
    one.refresh_from_db()
    return {**advert(world), "version": str(one.version)}


def to_write(world: World) -> dict[str, object]:
    row = Application.objects.get(vacancy=world.things["vacancy"])
    return {"name": "Walker", "answers_0": "More", "version": str(row.version)}


def to_agree(world: World) -> dict[str, object]:
    row = Application.objects.get(pk=world.things["application"].pk)
    return {"points_0": "5", "points_1": "3", "points_2": "1", "version": str(row.version)}


def settings(world: World) -> dict[str, object]:
    return {"independence": "Are you?", "months_kept": "9", "version": mark_now(world.partnership, RecruitmentSettings)}


def outcomes(first: str, vacancy: str, others: str) -> Callable[[World], dict[str, object]]:
    """An outcome for each applicant."""

    def typed(world: World) -> dict[str, object]:
        rows = Application.objects.filter(vacancy=world.things[vacancy]).exclude(state="draft")
        return {one.pk: first if one == world.things.get("application") else others for one in rows} | {"reason": "So"}

    return typed


def free(world: World) -> dict[str, object]:
    return {"slot": InterviewSlot.objects.filter(vacancy=world.things["met_vacancy"], application=None).first().pk}


LINES = {
    "recruitment:adverts": Line(room),
    "recruitment:advert": Line(thing("vacancy")),
    "recruitment:apply": Line(thing("vacancy"), post={"email": "new@applicant.example"}, methods=BOTH),
    "recruitment:application": Line(by_link()),
    "recruitment:write_application": Line(by_link(), post=to_write, methods=BOTH),
    "recruitment:send_in": Line(by_link(), post={}, methods=POST),
    "recruitment:withdraw": Line(by_link(), post={}, methods=BOTH),
    "recruitment:choose_slot": Line(by_link("listed"), post=free, methods=POST),
    "recruitment:ask_for_feedback": Line(by_link("left"), post={}, methods=POST),
    "recruitment:competitions": Line(room),
    "recruitment:add_vacancy": Line(room, post=to_add, methods=BOTH),
    "recruitment:settle": Line(room, post=settings, methods=BOTH),
    "recruitment:take_slot_back": Line(thing("slot"), post={}, methods=POST),
    "recruitment:end_on_panel": Line(thing("panel_member"), post={}, methods=BOTH),
    "recruitment:lift_tie": Line(thing("tie"), post={}, methods=BOTH),
    "recruitment:applicant": Line(thing("application"), audience=A.MANAGER),  # who runs it; the panel’s own are nobody here
    "recruitment:score": Line(nobodys, post={}, audience=A.NOBODY, methods=BOTH),  # the panel’s own
    "recruitment:agree_score": Line(thing("application"), post=to_agree, audience=A.MANAGER, methods=BOTH),
    "recruitment:give_feedback": Line(thing("lost"), post={"words": "Others had chaired more."}, methods=BOTH),
    "recruitment:fill_seat": Line(
        thing("won"),
        post=pressed(from_on_day="1", from_on_month="4", from_on_year="2022", rests_on="Panel of 7 March 2022"),
        methods=BOTH,
    ),
    "recruitment:competition": Line(thing("read_vacancy"), audience=A.OFFICE),
    "recruitment:change_vacancy": Line(thing("vacancy"), post=to_change, methods=BOTH),
    "recruitment:publish": Line(thing("draft_vacancy"), post={}, methods=BOTH),
    "recruitment:stop": Line(thing("vacancy"), post={}, methods=BOTH),
    "recruitment:take_over": Line(thing("others_vacancy"), post={}, methods=POST),
    "recruitment:add_to_panel": Line(
        thing("vacancy"), post=pressed(name="Lee", email="lee@council.example", person=""), methods=BOTH
    ),
    "recruitment:declare_ties": Line(nobodys, post={}, audience=A.NOBODY, methods=BOTH),  # the panel’s own
    "recruitment:shortlist": Line(thing("read_vacancy"), post=outcomes("listed", "read_vacancy", "not_listed"), methods=BOTH),
    "recruitment:offer_slots": Line(
        thing("met_vacancy"),
        post={"on_day": "22", "on_month": "3", "on_year": "2022", "hours": "16:00", "place": "Here"},
        methods=BOTH,
    ),
    "recruitment:decide": Line(thing("read_vacancy"), post=outcomes("reserve", "read_vacancy", "not_appointed"), methods=BOTH),
    "recruitment:letters": Line(thing("met_vacancy"), post={}, methods=BOTH),
}
BLIND = {
    "published for everybody": "adverts_of advert_of",
    "whoever holds the link is the applicant": "application_behind free_slots",
    "asked by deeds of a row that they hold": "on_panel waiting_for",
}
ANYBODY_MAY = {
    "anybody may apply, and whoever holds the link is the applicant": """
        ask_for_link save_application send_in withdraw choose_slot ask_for_feedback
    """,
}
TWICE_IS_TWICE = {"whoever asks for the link again wants it again": "apply"}
UNRECORDED = {
    "what somebody writes and has not sent in is nobody's business": "ask_for_link save_application",
}
WITHOUT_FILE = {"what a panel thinks of an applicant is for no file": "applicant"}
