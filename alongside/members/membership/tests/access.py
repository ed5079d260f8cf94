from typing import Any

from alongside.ground.core import keys
from alongside.ground.core.standing import Post
from alongside.members.membership.actions import office
from alongside.members.membership.queries import texts as texts_queries
from alongside.members.membership.tests.make import SYSTEM
from alongside.members.partnerships.rules import mark_of
from alongside.members.people.actions import invitations as people
from alongside.members.people.rules.roles import Purpose
from tests.audiences import Audience as A, Line
from tests.rooms import LATER
from tests.world import World


def of_partnership(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug}


def of_member(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "urn": world.school.urn}


def of_asked(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "urn": world.asked.urn}


def of_link(world: World) -> dict[str, object]:
    """A link that can be taken up."""
    _, token, _ = people.invite(
        email="new.head@elsewhere.example", post=Post.HEAD, school=world.asked, partnership=world.partnership,
        purpose=Purpose.MEMBERSHIP, by=SYSTEM,
    )  # fmt: skip
    return {"slug": world.partnership.slug, "token": token}


def of_version(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "number": 1}


def of_note(world: World) -> dict[str, object]:
    """A note of a talk with the asked school."""
    said = {"how": "phone", "words": "Rang them", "key": keys.new_key()}
    note = office.note_contact(partnership=world.partnership, school=world.asked, **said, by=SYSTEM)
    return {**of_asked(world), "key": note.pk}


def of_question(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "key": world.things["question"].pk}


def texts(world: World) -> dict[str, Any]:
    draft = texts_queries.draft_of(world.partnership, viewer=SYSTEM)
    return {**draft.texts, "version": draft.version, "deed": "save"} if draft else {}


def day(name: str, on: str) -> dict[str, str]:
    return dict(zip((f"{name}_day", f"{name}_month", f"{name}_year"), on.split(), strict=True))


DATES = {
    "has_prospectus": "on", **day("discussion_on", "24 2 2022"), **day("sign_by", "18 3 2022"),
    **day("roll_freezes_on", "21 3 2022"), **day("board_first_meets_on", "21 3 2022"), **day("support_from", "1 9 2022"),
    "term_years": "2", "reminders_at_most": "2", "counts_from": "support",
}  # fmt: skip
GROUP = {
    "version": "0",
    "name": "Heads",
    "sponsors": "Primary Forum",
    **day("from_on", "1 9 2021"),
    **day("until_on", "21 3 2022"),
}
BOTH = ("GET", "POST")
LINES = {
    "membership:prospectus": Line(of_partnership),
    "membership:older": Line(of_version),
    "membership:invited": Line(of_link, methods=BOTH, query="?choice=question"),
    "membership:pass_on": Line(
        of_link, post={"name": "Sam", "email": "sam@school.example", "post": "head", "deed": "send"}, methods=BOTH
    ),
    "membership:read_prospectus": Line(of_link, methods=("POST",)),
    "membership:overview": Line(of_partnership),
    "membership:answer": Line(
        of_asked,
        post=lambda w: {"name": "Sam", "question": "And what else?", "key": keys.new_key()},
        methods=BOTH,
        school="asked",
        query="?choice=question",
    ),
    "membership:signed": Line(of_member),
    "membership:withdraw": Line(of_member, post={"decision": ""}, methods=BOTH),
    "membership:release": Line(of_member, post={"decision": "Board, 8 March"}, methods=BOTH),
    "membership:reopen": Line(of_asked, methods=("POST",), school="asked"),
    "membership:school": Line(of_asked, school="asked"),
    "membership:stop": Line(of_asked, methods=("POST",), school="asked"),
    "membership:ask_again": Line(of_asked, methods=("POST",), school="asked"),
    "membership:contact": Line(
        of_asked,
        post=lambda w: {"how": "phone", "words": "Rang them", "key": keys.new_key()},
        methods=("POST",),
        school="asked",
    ),
    "membership:telephone": Line(of_asked, post={"telephone": "020 7946 0000", "seen": ""}, methods=BOTH, school="asked"),
    "membership:note_off": Line(of_note, methods=("POST",), school="asked"),
    "membership:paper": Line(of_asked, post={"told_by": "By phone"}, methods=BOTH, school="asked", query="?choice=decline"),
    "membership:questions": Line(of_partnership),
    "membership:question": Line(of_question, post={"reply": "Because."}, methods=BOTH),
    "membership:roll": Line(of_partnership, post={"sure": "on"}, methods=BOTH),
    "membership:roll_csv": Line(of_partnership, audience=A.NOBODY),  # the world has frozen no roll
    "membership:dates": Line(
        of_partnership,
        post=lambda w: DATES | {"version": mark_of(texts_queries.settings_now(w.partnership, viewer=SYSTEM))},
        methods=BOTH,
    ),
    "membership:edit_prospectus": Line(of_partnership, post=texts, methods=BOTH),
    "membership:preview_prospectus": Line(of_partnership, post={"version": ""}, methods=BOTH),
    "membership:working_group": Line(of_partnership, post=GROUP, methods=BOTH),
}
ASKS_NOBODY = {
    "a link or a code in hand is the proof": "pass_on take_back take_up",
    "signing in and out, by whoever has just proven who they are": "take_up_others",
    "the page that was opened has asked": "open_prospectus",
}
UNRECORDED = {"who reads what is nobody's business": "open_prospectus"}
ONCE_OTHERWISE = {"one press signs for several schools: the batch holds the key, compared under a lock": "sign"}
BLIND = {
    "published: who opens the prospectus reads it, signed in or not": """
        signup_curve frozen_on settings_now settings_and_days published_questions
        roll_stands working_group_of state_of_texts roll_of
    """,
}
KNOWN_TO_ALL = {"what all were asked, signed, and shall read": "ProspectusDay Roll RollEntry WorkingGroup"}
STAY_FEW = {
    "one of each, or one a year, in a partnership": "Prospectus ProspectusDay Roll",
    "no list of them stands on a page": "WorkingGroup Chase ChaseMail RollEntry",
}
NOT_TRIED = {
    "shows what it is about before anything is done": "preview_prospectus",
    LATER: "reopen",
}
BOTH_MAY = {
    "any school may sit with a partnership": "add_associate",
    "any school may be asked": "ask_schools invite_schools",
    "passes over schools that are not asked": "make_letters stop_asking",
}
ANYBODY_MAY = {"the link is the proof": "answer_by_link"}
NOT_HERE = {
    "schools join these partnerships by signing": "add_members",
    "no school here said not this time": "reopen",
}
