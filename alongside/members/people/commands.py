"""What the command line does for people who cannot come in yet. Each function gives the exit code."""

import argparse
import sys

from django.conf import settings
from django.urls import reverse

from alongside.ground.core.addresses import wrong_with_address
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Invalid
from alongside.ground.core.words import without_marks
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.rules import Template
from alongside.members.people.actions import invitations, second_factor
from alongside.members.people.models import Person
from alongside.members.schools.queries import schools

SYSTEM = Standing.system()


def new_partnership(asked: argparse.Namespace) -> int:
    """Set up a partnership and print the link that makes somebody its manager."""
    areas = {code: name for code, name, _ in schools.local_authorities(viewer=SYSTEM)}
    if asked.la and asked.la not in areas:
        return refuse(f"no local authority in the register has the code {asked.la}: check it, or import the register first.")
    if wrong_with_address(asked.manager):
        return refuse(f"{asked.manager} is not an e-mail address")
    try:
        partnership = partnerships.start_partnership(
            name=without_marks(asked.name),
            template=Template(asked.template),
            la_code=asked.la,
            area=asked.area or areas.get(asked.la, ""),
            contact_email=asked.manager,
            by=SYSTEM,
        )
    except Invalid as problem:
        return refuse(str(problem))
    _, token, _ = invitations.invite(email=asked.manager, post=Post.MANAGER, partnership=partnership, by=SYSTEM)
    print(f"{partnership.name} is set up. Its manager signs in once with this link, which is also in the mail just sent:")
    print(settings.ADDRESS + reverse("people:invitation", args=[token]))
    return 0


def free_second_factor(asked: argparse.Namespace) -> int:
    """Take every second factor off a person, and sign them out everywhere."""
    person = Person.objects.filter(email=asked.email.strip().lower()).first()
    if person is None:
        return refuse(f"nobody signs in with {asked.email}")
    second_factor.free_person(person=person, offices=frozenset(), by=SYSTEM)
    print(f"{person.name} can set up a new second factor, and is signed out everywhere.")
    return 0


def refuse(why: str) -> int:
    """Say why nothing was done."""
    print(f"alongside: {why}", file=sys.stderr)
    return 2
