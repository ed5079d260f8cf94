from collections.abc import Callable
from datetime import date

from alongside.ground.core import clock, keys
from alongside.ground.core.sheets import text_rows
from alongside.ground.core.standing import Post
from alongside.members.people.actions import invitations
from alongside.members.people.models import Role
from alongside.members.people.queries.invitations import known_for
from alongside.members.people.rules.bulk import read_lines
from alongside.members.people.tests.make import SYSTEM, role
from tests.audiences import Audience as A, Line
from tests.world import World


def token(world: World) -> dict[str, str]:
    """A link that can be taken up."""
    _, made, _ = invitations.invite(
        email="new.colleague@elsewhere.example", post=Post.SCHOOL_ADMIN, school=world.school, by=SYSTEM
    )
    return {"token": made}


def of_school(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "urn": world.school.urn}


def of_partnership(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug}


def of_role(world: World) -> dict[str, object]:
    held = Role.objects.filter(school=world.school, post=Post.HEAD, until_on=None, from_on__lte=date(2022, 3, 8)).get()
    return {"slug": world.partnership.slug, "role": held.pk}


def that_ended(world: World) -> dict[str, object]:
    ended = role("deputy", world.school, until_on=clock.today())
    Role.objects.filter(pk=ended.pk).update(ended_at=clock.now())
    return {"slug": world.partnership.slug, "role": ended.pk}


def of_office(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "role": Role.objects.get(partnership=world.partnership, post=Post.FINANCE).pk}


def of_office_invitation(world: World) -> dict[str, object]:
    office = {"post": Post.FINANCE, "partnership": world.partnership}
    return {"slug": world.partnership.slug, "key": invitations.invite(email="nia@elsewhere.example", **office, by=SYSTEM)[0].pk}


def a_colleague(world: World) -> dict[str, object]:
    """The head's role, and the post of somebody who does not act for them yet."""
    here = Role.objects.filter(school=world.school, until_on=None, from_on__lte=date(2022, 3, 8))
    head, colleague = here.get(post=Post.HEAD), here.filter(post=Post.BUSINESS_MANAGER).order_by("pk")[0]
    return {"colleague": f"{head.pk}.{colleague.pk}", "key": keys.new_key()}


def of_invitation(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "key": world.things["invitation"].pk}


def a_sheet(world: World) -> dict[str, object]:
    rows = f"Name,E-mail,Post,URN\r\nSam,sam@elsewhere.example,Headteacher,{world.school.urn}\r\n"
    looked = read_lines(text_rows(rows), known_for(world.partnership, viewer=SYSTEM))
    return {"rows": rows, "seen": str(looked.shown)}


def all_stay(world: World) -> dict[str, object]:
    stay = dict.fromkeys(Role.objects.filter(school=world.school).values_list("pk", flat=True), "stays")
    return {"key": keys.new_key(), **stay}


def to_invite(post: str) -> Callable[[World], dict[str, object]]:
    return lambda world: {**INVITED, "key": keys.new_key(), "post": post}


def next_one(world: World) -> dict[str, object]:
    return {"key": keys.new_key(), "name": "Sam", "email": "sam@elsewhere.example", **FIRST}


FIRST = {"from_on_day": "1", "from_on_month": "9", "from_on_year": "2022"}
INVITED = {"name": "Sam Okafor", "email": "sam.okafor@school.example", "post": "business_manager"}
LINES = {
    "people:invitation": Line(token, methods=("GET", "POST")),
    "people:pass_on": Line(token, post=INVITED | {"deed": "send"}, methods=("GET", "POST")),
    "people:code": Line(post={"school": "900001", "code": "K7PM-2XQD"}, methods=("GET", "POST")),
    "people:acting": Line(post=a_colleague, methods=("GET", "POST")),
    "people:end_acting": Line(lambda _: {"key": "0" * 12}, post={}, audience=A.NOBODY, methods=("POST",)),
    "people:account": Line(post={"name": "Sam Okafor", "phone": ""}, methods=("GET", "POST")),
    "people:prove": Line(post={"code": "123456"}, methods=("GET", "POST")),
    "people:prove_passkey": Line(post={"credential": "{}"}, methods=("POST",)),
    "people:send_code": Line(post={}, methods=("POST",)),
    "people:add_app": Line(post={"code": "123456"}, methods=("GET", "POST")),
    "people:add_passkey": Line(post={"name": "Key", "credential": "{}"}, methods=("GET", "POST")),
    "people:make_codes": Line(post={}, methods=("GET", "POST")),
    "people:remove_factor": Line(lambda world: {"factor": 0}, audience=A.NOBODY, methods=("GET", "POST")),  # everybody's own only
    "people:end_other_sign_ins": Line(post={}, methods=("POST",)),
    "people:end_sign_in": Line(lambda world: {"key": "0" * 12}, audience=A.NOBODY, methods=("POST",)),  # everybody's own only
    "people:unlink": Line(lambda world: {"provider": "google"}, methods=("POST",)),
    "people:address": Line(post={"email": "sam@elsewhere.example"}, methods=("GET", "POST")),
    "people:list": Line(of_partnership),
    "people:contacts": Line(of_partnership),
    "people:invite_many": Line(of_partnership, post=a_sheet, methods=("GET", "POST")),
    "people:invite_template": Line(of_partnership),
    "people:office": Line(of_partnership),
    "people:invite_office": Line(of_partnership, post=to_invite("finance"), methods=("GET", "POST")),
    "people:office_end_role": Line(of_office, post={"when": "now", "sure": "on"}, methods=("GET", "POST")),
    "people:office_invite_successor": Line(of_office, post=next_one, methods=("GET", "POST")),
    "people:office_pass_on_mailbox": Line(of_office, post={"name": "Sam Okafor"}, methods=("GET", "POST")),
    "people:office_cancel_invitation": Line(of_office_invitation, post={}, methods=("POST",)),
    "people:office_renew_invitation": Line(of_office_invitation, post={}, methods=("POST",)),
    "people:school": Line(of_school),
    "people:invite": Line(of_school, post=to_invite("business_manager"), methods=("GET", "POST")),
    "people:end_role": Line(of_role, post={"when": "now", "sure": "on"}, methods=("GET", "POST")),
    "people:give_back": Line(that_ended, post={}, methods=("POST",)),
    "people:september": Line(of_school, post=all_stay, methods=("GET", "POST")),
    "people:invite_successor": Line(of_role, post=next_one, methods=("GET", "POST")),
    "people:pass_on_mailbox": Line(of_role, post={"name": "Sam Okafor"}, methods=("GET", "POST")),
    "people:free": Line(of_role, post={"sure": "on"}, methods=("GET", "POST")),
    "people:cancel_invitation": Line(of_invitation, post={}, methods=("POST",)),
    "people:renew_invitation": Line(of_invitation, post={}, methods=("POST",)),
}
ASKS_NOBODY = {
    "called by other deeds, which have asked": "send_link tell_person write_person write_role",
    "a link or a code in hand is the proof": "open_letter take_back",
    "signing in and out, by whoever has just proven who they are": """
        accept_own begin_sign_in close_sign_in keep_sign_in mail_code_to note_link note_password note_sign_in
    """,
}
UNRECORDED = {
    "shows what would be sent, and sends nothing": "look_at_passing_on",
    "the row of the message, of the sign-in or of the try is the record": """
        check_passkey close_sign_in keep_sign_in mail_address_code mail_code_to note_sign_in send_link tell_person
    """,
}
BLIND = {
    "what they are given was asked for by its viewer": "falls_open words_of",
    "counted over everything, so that nothing is done twice or falls open": "places_of holder_of is_at_home_elsewhere",
    "an office looks after the people of its places, whom it has asked for": "who_has_second_factor",
    "a code in hand is the proof": "letters_of",
}
STAY_FEW = {"no list of them stands on a page": "SeptemberCheck"}
NOT_TRIED = {
    "asks for a code, a device or a browser of the moment": """
        add_app add_passkey code end_sign_in prove prove_passkey remove_factor send_code unlink
    """,
}
TWICE_IS_TWICE = {
    "a message or a code goes out again, because somebody asked for it again": "address",
    "it is told each time, for it is what somebody else would do": "free",
}
WITHOUT_FILE = {
    "a step of a form: what is to be looked at before it is done": "invite_many_checked",
    "a few lines of one thing, beside its other facts": "school september",
}
BOTH_MAY = {"anybody may be given a post, wherever else they hold one": "grant_role:person"}
ANYBODY_MAY = {"the link is the proof": "accept_invitation look_at_passing_on pass_on"}
NOT_HERE = {
    "the day in hand has come already": "invite_successor",
    "whom a head lets act is told by two posts of one school": "let_act",
}
