from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.deciding.meetings.rules.kinds import MeetingSettings
from alongside.ground.core import keys
from alongside.members.partnerships.queries import mark_now
from tests.audiences import Audience as A, Line, day, pressed, room, thing
from tests.world import World

BOTH = ("GET", "POST")
TIMES = {"begins": "4pm", "lasts": "60", "place": "", "link": ""}
ITEM = {"title": "Something", "kind": "discussion", "minutes": "5", "presenter": "", "about": ""}


def of_body(**typed: object) -> Callable[[World], dict[str, object]]:
    return lambda world: {"key": keys.new_key(), "body": world.things["public_body"].pk, **TIMES, **typed}


def versioned(what: str, **typed: object) -> Callable[[World], dict[str, object]]:
    return lambda world: {**typed, "version": type(world.things[what]).objects.get(pk=world.things[what].pk).version}


def all_here(world: World) -> dict[str, object]:
    return {f"came_{world.things[one]}": "here" for one in ("member", "other_member")}


def paper(_: World) -> dict[str, object]:
    return {"title": "A paper", "key": keys.new_key(), "file": SimpleUploadedFile("a.txt", b"Words.", "text/plain")}


def nobodys(world: World) -> dict[str, object]:
    return {**room(world), "key": "0" * 12}


def settled(world: World) -> dict[str, object]:
    return {"notice_days": "5", "short_notice_days": "1", "version": mark_now(world.partnership, MeetingSettings)}


def placed(world: World) -> dict[str, object]:
    return {"meeting": world.things["meeting"].pk, "kind": "discussion", "minutes": "5"}


def acted(world: World) -> dict[str, object]:
    return {"words": "Write", "owner": "The council", "key": keys.new_key(), **day("due_on")}


def a_list(_: World) -> dict[str, object]:
    """What another tool gives; what the page shows of it is pressed then."""
    return {"file": SimpleUploadedFile("actions.csv", b"Action,Owner,Due\nWrite,The council,1/9/2022\n", "text/csv")}


def declares(world: World) -> dict[str, object]:
    return {"member": world.things["member"], "words": "A brother", "leaves": "on", "key": keys.new_key()}


NOT_TRIED = {
    "no school has been asked for a week": "remind",
    "the houses' coming meeting has an agenda, and minutes that nobody has seen": "fill circulate approve",
    "the houses' decision is not about money": "authorise",
}
LINES = {
    "meetings:meetings": Line(room),
    "meetings:plan": Line(room, post=of_body(kind="ordinary", **day("on", 2023)), methods=BOTH),
    "meetings:series": Line(room, post=of_body(rhythm="weekly", kind="ordinary", weekday="0", nth="1", other_weekday="2",
                                               **day("from_on", 2022)), methods=BOTH),
    "meetings:settings": Line(room, post=settled, methods=BOTH),
    "meetings:bring": Line(room, post=of_body(title="Minibus", words="One for all."), methods=BOTH),
    "meetings:proposals": Line(room),
    "meetings:proposal": Line(nobodys, audience=A.NOBODY),  # whoever brought it, who answers it, and the office
    "meetings:place": Line(thing("proposal"), post=placed, methods=BOTH),
    "meetings:decline": Line(thing("proposal"), post={"reason": "Not now."}, methods=BOTH),
    "meetings:decisions": Line(room),
    "meetings:decision": Line(thing("decision")),
    "meetings:follow": Line(thing("decision"), post=day("due_on"), methods=BOTH),
    "meetings:remind": Line(thing("decision"), post={}, methods=("POST",)),
    "meetings:strike": Line(thing("mistaken"), post={}, methods=BOTH),
    "meetings:hand_on": Line(
        thing("decision"), post=lambda w: {"body": w.things["body"].pk, "words": "", "key": keys.new_key()}, methods=BOTH
    ),
    "meetings:authorise": Line(thing("decision"), post={}, methods=("POST",)),
    "meetings:answer_resolution": Line(thing("assent"), post={"agrees": "yes"}, methods=("POST",)),
    "meetings:actions": Line(room),
    "meetings:action": Line(thing("action"), post={"state": "done", "said": "Sent."}, methods=BOTH),
    "meetings:year": Line(thing("public_body")),
    "meetings:add_business": Line(thing("public_body"), post=pressed(**ITEM, month="4", meeting_kind=""), methods=BOTH),
    "meetings:bring_actions": Line(thing("public_body"), post=a_list, methods=BOTH),
    "meetings:resolution": Line(thing("public_body"), post=pressed(words="We resolve."), methods=BOTH),
    "meetings:chairs_action": Line(nobodys, post={}, audience=A.NOBODY, methods=BOTH),  # the chair alone
    "meetings:end_business": Line(thing("line_of_year"), post=versioned("line_of_year"), methods=("POST",)),
    "meetings:change_item": Line(thing("agenda_item"), post=versioned("agenda_item", **ITEM), methods=BOTH),
    "meetings:raise_item": Line(thing("agenda_item"), post=versioned("agenda_item"), methods=("POST",)),
    "meetings:remove_item": Line(thing("agenda_item"), post={}, methods=("POST",)),
    "meetings:add_paper": Line(thing("agenda_item"), post=paper, methods=BOTH),
    "meetings:declare": Line(thing("agenda_item"), post=declares, methods=BOTH),
    "meetings:notes": Line(thing("agenda_item"), post=versioned("agenda_item", notes="Said."), methods=BOTH),
    "meetings:decide": Line(thing("agenda_item"), post=pressed(words="Agreed."), methods=BOTH),
    "meetings:agree_action": Line(thing("agenda_item"), post=acted, methods=BOTH),
    "meetings:note_later": Line(
        thing("approved_item"), post=lambda w: versioned("approved_item", at=w.things["at"].pk, words="Wrong")(w), methods=BOTH
    ),
    "meetings:strike_declared": Line(thing("declared"), post={}, methods=("POST",)),
    "meetings:take_out_paper": Line(thing("item_paper"), post={}, methods=("POST",)),
    "meetings:meeting": Line(thing("meeting")),
    "meetings:move": Line(thing("coming"), post=versioned("coming", **TIMES, **day("on", 2023)), methods=BOTH),
    "meetings:cancel": Line(thing("coming"), post={"why": "Snow"}, methods=BOTH),
    "meetings:fill": Line(thing("meeting"), post={}, methods=("POST",)),
    "meetings:add_item": Line(thing("meeting"), post=pressed(**ITEM), methods=BOTH),
    "meetings:send": Line(thing("coming"), post={"urgent": "on"}, methods=BOTH),
    "meetings:pack": Line(thing("meeting")),
    "meetings:say_coming": Line(
        thing("coming"), post=lambda w: {"member": w.things["member"], "says": "yes"}, methods=("POST",)
    ),
    "meetings:ask_who_comes": Line(thing("coming"), post={}, methods=BOTH),
    "meetings:register": Line(thing("meeting"), post=all_here, methods=BOTH),
    "meetings:minutes": Line(thing("approved_meeting")),
    "meetings:close": Line(thing("meeting"), post={}, methods=("POST",)),
    "meetings:circulate": Line(thing("meeting"), post={"seen_by_chair": "on"}, methods=BOTH),
    "meetings:approve": Line(thing("meeting"), post=lambda w: {"at": w.things["at"].pk}, methods=BOTH),
    "meetings:publish": Line(thing("approved_meeting"), post={"public": "yes"}, methods=("POST",)),
    "meetings:word": Line(thing("meeting")),
    "meetings:published": Line(room),
    "meetings:attendance": Line(nobodys, audience=A.NOBODY),  # of governors and trustees whose body is shown to everybody
    "meetings:public": Line(nobodys, audience=A.NOBODY),  # typeset by the worker when they are approved
    "meetings:minutes_pdf": Line(nobodys, audience=A.NOBODY),  # typeset by the worker when they are approved
}  # fmt: skip
UNRECORDED = {
    "at each pause in typing; the closing and the approval of the minutes are recorded": "save_notes",
}
NOT_HERE = {
    "the register of the houses' meeting is taken": "say_coming",
    "the houses' coming meeting has an agenda, and minutes that nobody has seen": "fill_agenda approve_minutes note_later",
}
BLIND = {
    "the office shows them to everybody": "minutes_shown",
    "the law has it published, where the office shows the body to everybody": "attendance_of attendance_shown",
    "whoever plans a meeting asks it, of the calendar that everybody reads": "day_for",
    "who brings something hears on which day it can be read, and nothing else": "next_days",
}
STAY_FEW = {"a body has a rhythm or two, and its own number of people": "MeetingSeries Attendee"}
TWICE_IS_TWICE = {"the register is taken anew each time, a row for each who sits there": "register"}
