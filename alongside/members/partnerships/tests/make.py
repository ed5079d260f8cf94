"""Rows of partnerships for tests."""

from datetime import date

from alongside.ground.core.standing import Standing
from alongside.members.partnerships import actions
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.partnerships.rules import Belonging, Template
from alongside.members.schools.models import School

SYSTEM = Standing.system()


def partnership(
    name: str = "Elm Valley Learning Partnership", template: Template = Template.LEARNING, **facts: str
) -> Partnership:
    """A partnership."""
    return actions.start_partnership(name=name, template=template, **facts, by=SYSTEM)


def member(
    partnership: Partnership, school: School, kind: Belonging = Belonging.MEMBER, from_on: date | None = None
) -> Membership:
    """A school that belongs."""
    return actions.admit_school(partnership=partnership, school=school, kind=kind, from_on=from_on, by=SYSTEM)
