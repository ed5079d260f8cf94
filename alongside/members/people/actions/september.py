"""What a school says each September: these are our people."""

from collections.abc import Collection
from datetime import date

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.web.rows import once
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import belongs
from alongside.members.people.actions.roles import end_role
from alongside.members.people.models import Role, SeptemberCheck
from alongside.members.people.permissions import may_keep_people
from alongside.members.people.rules.roles import may_confirm_people_on
from alongside.members.schools.models import School


@transaction.atomic
def confirm_people(
    *,
    partnership: Partnership,
    school: School,
    gone: Collection[str],
    left_on: date | None = None,
    even_if_last: bool = False,
    key: str = "",
    by: Standing,
) -> SeptemberCheck:
    """Confirm who holds a school's posts this academic year; the roles in `gone` end with that last day.

    All or nothing. Raises Invalid when something would fall open unseen, Conflict when it is not open or done already.
    """
    require(may_keep_people(by, school.pk, partnership.pk))
    require(belongs(partnership, school, now=True))
    today = clock.today()
    if not (open_now := may_confirm_people_on(today)):
        raise Conflict(open_now.reason)
    year = academic_year_of(today).start
    said = {"id": key or keys.new_key(), "confirmed_by_id": by.person, "confirmed_at": clock.now()}
    check = SeptemberCheck(partnership=partnership, school=school, year=year, **said)
    try:
        stored = once(check)
    except IntegrityError:
        raise Conflict("A colleague has just confirmed this. Look at the page again to see how it stands.") from None
    if stored is not check:
        return stored
    for role in Role.objects.filter(pk__in=gone, school=school).select_related("person", "school__current"):
        has_left = left_on is not None and left_on < today
        end_role(
            role=role,
            until_on=None if has_left else left_on or today,
            left_on=max(left_on, role.from_on) if has_left and left_on else None,
            even_if_last=even_if_last,
            by=by,
        )
    audit.record(
        "people.confirm_people",
        row=check.pk,
        partnership=partnership.pk,
        school=school.pk,
        facts={"year": year, "gone": len(gone)},
        by=by,
    )
    return check
