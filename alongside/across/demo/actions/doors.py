"""What a door leads to: an invitation to answer, or a visitor's own partnership of real schools with nothing invented."""

from pathlib import Path

from django.db import transaction

from alongside.across.demo import elthorne
from alongside.across.demo.actions.story import SILENT, invite_head
from alongside.across.demo.permissions import may_use_demonstration
from alongside.across.demo.rules import INVENTED_NAMES, MOST_SCHOOLS
from alongside.ground.core import words
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.members.membership.actions import asking as membership, prospectus
from alongside.members.membership.models import Answer
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.rules import Template
from alongside.members.people.actions import roles as people
from alongside.members.people.models import Person
from alongside.members.people.queries.roles import standing_of
from alongside.members.schools.actions import importing
from alongside.members.schools.models import School


@transaction.atomic
def invite_door_school(*, by: Standing) -> str:
    """A fresh invitation for a school that has not replied; gives the token of its link.

    Raises Conflict when every school has replied.
    """
    require(may_use_demonstration(by))
    partnership = Partnership.objects.filter(slug=elthorne.SLUG).first()
    if partnership is None:
        raise Conflict("Elthorne has not been built here.")
    waiting = (
        Answer.objects.filter(partnership=partnership, ended_on=None, state__in=SILENT)
        .exclude(email="")
        .select_related("school__current")
    )
    preferred = elthorne.named(elthorne.DOOR_SCHOOL).urn
    answer = min(waiting, key=lambda one: (one.school.urn != preferred, one.school.urn), default=None)
    if answer is None:
        raise Conflict("Every school of Elthorne has answered by now. Press “Start again” at the top of the page.")
    return invite_head(partnership, answer.school, answer.email)


@transaction.atomic
def start_own_partnership(
    *,
    name: str,
    template: str,
    schools: list[str],
    area: str,
    la_code: str,
    manager: Person | None,
    manager_name: str = "",
    contact_email: str = "",
    by: Standing,
) -> tuple[Partnership, Person]:
    """A partnership of real schools with the visitor as its manager, who may be manager of another already; gives both.
    Raises Invalid when the name is taken."""
    require(may_use_demonstration(by))
    chosen = list(
        School.objects.filter(pk__in=schools[:MOST_SCHOOLS], current__is_invented=False, current__is_open=True).order_by(
            "current__name"
        )
    )
    if not chosen:
        raise Invalid(schools="Tick at least one school")
    if manager is None and not manager_name.strip():
        raise Invalid(manager_name="Enter your name, as it stands under the invitations")
    if words.slug_of(name).startswith(INVENTED_NAMES):  # its pages would live by the invented borough's clock
        raise Invalid(name="That name belongs to what is invented here: choose another")
    partnership = partnerships.start_partnership(
        name=name, template=Template(template), la_code=la_code, area=area[:120], contact_email=contact_email, by=by
    )
    manager = manager or people.create_person(name=manager_name, email=None, by=by)
    people.grant_role(person=manager, post=Post.MANAGER, partnership=partnership, by=by)
    if Template(template) is Template.TRUST:
        membership.add_members(partnership=partnership, schools=chosen, by=standing_of(manager))
    else:
        membership.ask_schools(partnership=partnership, schools=chosen, by=standing_of(manager))
        prospectus.start_draft(partnership=partnership, by=standing_of(manager))
    return partnership, manager


def load_register(*, files: list[Path], by: Standing) -> None:
    """Take in the extracts of the national register, in the order of their names; all of them or none."""
    require(may_use_demonstration(by))
    with transaction.atomic():
        for path in files:
            importing.import_schools(path, by=by)
