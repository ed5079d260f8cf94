from datetime import date

from alongside.core.standing import Post
from alongside.people import actions
from alongside.people.models import Role
from alongside.people.tests.make import SYSTEM
from tests.audiences import Audience as A, Line
from tests.world import World


def token(world: World) -> dict[str, str]:
    """A link that can be taken up."""
    _, made, _ = actions.invite(email="new.colleague@elsewhere.example", post=Post.SCHOOL_ADMIN, school=world.school, by=SYSTEM)
    return {"token": made}


def of_school(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "urn": world.school.urn}


def of_partnership(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug}


def of_role(world: World) -> dict[str, object]:
    held = Role.objects.filter(school=world.school, post=Post.HEAD, until_on=None, from_on__lte=date(2022, 3, 8)).get()
    return {"slug": world.partnership.slug, "role": held.pk}


def of_invitation(world: World) -> dict[str, object]:
    return {"slug": world.partnership.slug, "key": world.things["invitation"].pk}


INVITED = {"name": "Sam Okafor", "email": "sam.okafor@school.example", "post": "business_manager"}
LINES = {
    "people:invitation": Line(A.EVERYONE, token, methods=("GET", "POST")),
    "people:pass_on": Line(A.EVERYONE, token, post=INVITED, methods=("GET", "POST")),
    "people:code": Line(A.EVERYONE, post={"school": "900001", "code": "K7PM-2XQD"}, methods=("GET", "POST")),
    "people:account": Line(A.SIGNED_IN, post={"name": "Sam Okafor", "phone": ""}, methods=("GET", "POST")),
    "people:list": Line(A.MEMBERS, of_partnership),
    "people:contacts": Line(A.OFFICE, of_partnership),
    "people:office": Line(A.OFFICE, of_partnership),
    "people:invite_office": Line(A.MANAGER, of_partnership, post={**INVITED, "post": "finance"}, methods=("GET", "POST")),
    "people:school": Line(A.SCHOOL, of_school),
    "people:invite": Line(A.KEEPERS, of_school, post=INVITED, methods=("GET", "POST")),
    "people:end_role": Line(A.KEEPERS, of_role, post={"when": "now", "sure": "on"}, methods=("GET", "POST")),
    "people:cancel_invitation": Line(A.KEEPERS, of_invitation, post={}, methods=("POST",)),
    "people:renew_invitation": Line(A.KEEPERS, of_invitation, post={}, methods=("POST",)),
}
