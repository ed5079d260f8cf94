"""The schools of a demonstration: invented, marked as such, and never mixed with the register's."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from alongside.ground.core import keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.members.schools import rules
from alongside.members.schools.actions.indexing import index_schools, index_trusts
from alongside.members.schools.models import Establishment, Group, School
from alongside.members.schools.permissions import may_change_register

FIRST_INVENTED_URN = 900_001


@transaction.atomic
def add_invented_schools(rows: Iterable[dict[str, Any]], *, by: Standing) -> list[School]:
    """Add schools that do not exist, each a dict of an Establishment's fields with a URN from 900001 on.

    A `trust_uid` (also from 900001 on) with its `trust_name` makes the trust too. Raises Invalid for a real URN.
    """
    require(may_change_register(by))
    schools, establishments, trusts = [], [], {}
    for row in rows:
        if row["urn"] < FIRST_INVENTED_URN or (row.get("trust_uid") or FIRST_INVENTED_URN) < FIRST_INVENTED_URN:
            raise Invalid(urn=f"Invented schools and trusts have numbers from {FIRST_INVENTED_URN} on")
        school = School(id=keys.new_key(), current_id=row["urn"])
        status = row.get("status") or "Open"
        establishment = Establishment(
            **{**row, "status": status}, school_id=school.pk, is_invented=True, is_open=rules.is_open(status)
        )
        schools.append(school)
        establishments.append(establishment)
        if establishment.trust_uid:
            trusts[establishment.trust_uid] = establishment.trust_name
    School.objects.bulk_create(schools)
    Establishment.objects.bulk_create(establishments)
    Group.objects.bulk_create(
        [Group(uid=uid, name=name, kind="Multi-academy trust", status="Open", is_invented=True) for uid, name in trusts.items()],
        ignore_conflicts=True,
    )
    index_schools([one.school_id for one in establishments], by=by)
    index_trusts(trusts, by=by)
    for school, establishment in zip(schools, establishments, strict=True):
        school.current = establishment
    return schools
