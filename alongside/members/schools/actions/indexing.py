"""By what schools and trusts are found."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from alongside.ground.core.standing import Standing
from alongside.ground.search import actions as search
from alongside.members.schools import rules
from alongside.members.schools.actions.bulk import lots
from alongside.members.schools.models import Change, Establishment, Group

FOUND_BY = ("name", "town", "locality", "la_name", "postcode", "urn", "la_code", "number", "trust_name")


@transaction.atomic
def index_schools(schools: Iterable[str], *, by: Standing) -> None:
    """Let schools be found by what they are called today, and by what they were called before."""
    for some in lots(sorted(schools)):
        things: dict[str, list[Any]] = {}
        rows = Establishment.objects.filter(school__in=some).order_by("-is_current", "-urn")
        for school, is_open, *facts in rows.values_list("school_id", "is_open", *FOUND_BY):
            found = rules.found_by(*facts)
            if school in things:
                things[school][3] += " " + " ".join(found)
            else:
                things[school] = [school, *found, not is_open]
        renamed = Change.objects.filter(fact="name", establishment__school__in=some).order_by("pk")
        for school, before in renamed.values_list("establishment__school", "old"):
            things[school][3] += f" {before}"
        search.index("school", things.values(), by=by)


@transaction.atomic
def index_trusts(trusts: Iterable[int], *, by: Standing) -> None:
    """Let trusts be found by their names, their places and their numbers."""
    for some in lots(sorted(trusts)):
        rows = Group.objects.filter(uid__in=some, kind__in=rules.TRUSTS)
        told = rows.values_list("uid", "name", "town", "postcode", "group_id", "company_number", "status")
        things = [
            (str(uid), name, f"{town} {postcode}", f"{uid} {group} {company}", status == "Closed")
            for uid, name, town, postcode, group, company, status in told
        ]
        search.index("trust", things, by=by)
