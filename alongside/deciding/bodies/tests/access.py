from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.deciding.bodies.rules.kinds import BodySettings
from alongside.ground.core import keys
from alongside.members.partnerships.queries import mark_now
from tests.audiences import Line, day, pressed, room, thing
from tests.world import World

BOTH = ("GET", "POST")


def of_template(world: World) -> dict[str, object]:
    return {**room(world), "code": "group"}


def entry_of(world: World) -> dict[str, object]:
    return {**thing("holder")(world), "kind": "training"}


def made(_: World) -> dict[str, object]:
    lines = {f"title_{at}": f"Seat {at}" for at in range(3)} | {f"number_{at}": "1" for at in range(3)}
    rest = {"share": "half", "least": "0", "key": keys.new_key(), **day("started_on")}
    return {"name": f"Group {keys.new_key()}", **lines, **rest}


def a_list(_: World) -> dict[str, object]:
    """What another tool gives; what the page shows of it is pressed then."""
    text = "Name,Category,Appointed,Term ends\nSome Body,Co-opted governor,1/9/2022,31/8/2023\n"
    return {"file": SimpleUploadedFile("people.csv", text.encode(), "text/csv")}


SEAT = {"title": "Seat", "filling": "co_opted", "deputy": "none", "seat_for": ""}
QUORUM = {"share": "half", "least": "0", **day("from_on")}
NAME = {"name": "Some Body", **day("from_on", 2023)}
SETTINGS = {
    "primary": ["primary"], "secondary": ["secondary"], "special": ["special"], "many_hats": "4", "deciders": "Board",
    "skills": "Law",
}  # fmt: skip


def settings(world: World) -> dict[str, object]:
    return {**SETTINGS, "version": mark_now(world.partnership, BodySettings)}


def levels(world: World) -> dict[str, object]:
    return {f"skill_{at}": "3" for at in range(12)}


def versioned(thing_of: str, **typed: object) -> Callable[[World], dict[str, object]]:
    return lambda world: {**typed, "version": type(world.things[thing_of]).objects.get(pk=world.things[thing_of].pk).version}


LINES = {
    "bodies:bodies": Line(room),
    "bodies:published": Line(room),
    "bodies:public": Line(thing("public_body")),
    "bodies:make": Line(room),
    "bodies:make_from": Line(of_template, post=made, methods=BOTH),
    "bodies:settings": Line(room, post=settings, methods=BOTH),
    "bodies:load": Line(room),
    "bodies:scheme": Line(room),
    "bodies:add_line": Line(room, post=pressed(decision="Waive", part_0="decides", **day("from_on")), methods=BOTH),
    "bodies:change_line": Line(
        thing("line"), post=versioned("line", decision="Cut", part_0="decides", **day("from_on", 2023)), methods=BOTH
    ),
    "bodies:end_line": Line(thing("line"), post=day("until_on", 2023), methods=BOTH),
    "bodies:change_seat": Line(thing("seat"), post=versioned("seat", **SEAT, **day("from_on")), methods=BOTH),
    "bodies:end_seat": Line(thing("seat"), post=day("until_on", 2023), methods=BOTH),
    "bodies:appoint": Line(thing("vacant_seat"), post=pressed(**NAME), methods=BOTH),
    "bodies:change_tenure": Line(thing("tenure"), post=versioned("tenure", **day("from_on")), methods=BOTH),
    "bodies:replace": Line(thing("tenure"), post=pressed(**NAME), methods=BOTH),
    "bodies:strike_tenure": Line(thing("tenure"), post={}, methods=BOTH),
    "bodies:person": Line(thing("holder")),
    "bodies:add_entry": Line(entry_of, post=pressed(words="Trustee of Elm", **day("from_on")), methods=BOTH),
    "bodies:give_address": Line(thing("holder"), post={"email": "newly@governors.example"}, methods=BOTH),
    "bodies:confirm": Line(thing("holder"), post={}, methods=BOTH),
    "bodies:say_skills": Line(room, post=levels, methods=BOTH),
    "bodies:end_entry": Line(thing("entry"), post=day("until_on"), methods=BOTH),
    "bodies:check": Line(thing("check"), post=day("done_on"), methods=BOTH),
    "bodies:body": Line(thing("body")),
    "bodies:change": Line(thing("body"), post=versioned("body", name="Board", shown="members"), methods=BOTH),
    "bodies:end": Line(thing("body"), post=day("until_on", 2023), methods=BOTH),
    "bodies:quorum": Line(thing("body"), post=QUORUM, methods=BOTH),
    "bodies:add_seat": Line(thing("body"), post=pressed(**SEAT, duty="member", **day("from_on", 2023)), methods=BOTH),
    "bodies:bring_people": Line(thing("body"), post=a_list, methods=BOTH),
    "bodies:everybody": Line(thing("body")),
    "bodies:checks": Line(thing("body")),
    "bodies:do_checks": Line(thing("body"), post=lambda w: {"checks": [w.things["check"].pk], **day("done_on")}, methods=BOTH),
    "bodies:interests": Line(thing("public_body")),
    "bodies:skills": Line(thing("public_body")),
    "bodies:training": Line(thing("public_body")),
}
BLIND = {
    "the office shows it to everybody": "body_shown all_shown",
    "who may enter the address has been asked, and hears why they need not": "why_address_is_kept",
    "permissions weigh who somebody is": "bodies_of_holder",
    "who may read it has been asked": "register_of register_and_left served_lately",
}
KNOWN_TO_ALL = {
    "which bodies there are, and who sits on them, is known in all schools": "Body",
    "who decides what is known to all": "Delegated",
}
UNRECORDED = {"the row of the message is the record": "remind_interests"}
