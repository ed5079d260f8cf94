"""A visitor's own partnership of real schools: a manager, the schools, and nothing invented."""

from pathlib import Path

from django.db import transaction

from alongside.across.demo.permissions import may_use_demonstration
from alongside.across.demo.rules import MOST_SCHOOLS
from alongside.ground.core import words
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.members.membership.actions import asking as membership
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template
from alongside.members.people.actions import roles as people
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.actions import importing
from alongside.members.schools.models import School


@transaction.atomic
def start_own_partnership(
    *, name: str, template: str, schools: list[str], area: str, la_code: str, by: Standing
) -> tuple[Partnership, Person]:
    """A partnership of real schools with the visitor as its manager; gives both. Raises Invalid when the name is taken."""
    require(may_use_demonstration(by))
    chosen = list(School.objects.filter(pk__in=schools[:MOST_SCHOOLS], current__is_invented=False).order_by("current__name"))
    if not chosen:
        raise Invalid(schools="Tick at least one school")
    if words.slug_of(name).startswith("elthorne"):  # its pages would live by the invented borough's clock
        raise Invalid(name="Elthorne is the invented borough: choose another name")
    partnership = partnerships.start_partnership(name=name, template=Template(template), la_code=la_code, area=area[:120], by=by)
    manager = people.create_person(name="Partnership manager", email=None, by=by)
    people.grant_role(person=manager, post=Post.MANAGER, partnership=partnership, by=by)
    if Template(template) is Template.TRUST:
        membership.add_members(partnership=partnership, schools=chosen, by=standing_of(manager))
    else:
        membership.ask_schools(partnership=partnership, schools=chosen, by=standing_of(manager))
    return partnership, manager


def load_register(*, files: list[Path], by: Standing) -> None:
    """Take in the extracts of the national register, in the order of their names; all of them or none."""
    require(may_use_demonstration(by))
    with transaction.atomic():
        for path in files:
            importing.import_schools(path, by=by)
