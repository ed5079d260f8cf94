"""Asking each school in September who holds its posts."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.academic_year import academic_year_of
from alongside.ground.core.standing import Power, Standing
from alongside.ground.core.verdict import require
from alongside.ground.core.words import listed
from alongside.ground.web.models import lock
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.models import Notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.permissions import may_ask_in_september
from alongside.members.people.queries.roles import people_of_school
from alongside.members.people.queries.schools import posts_missing, schools_unconfirmed
from alongside.members.people.rules.roles import is_september_check_asked
from alongside.members.posts.queries import codes_with
from alongside.members.schools.models import School

KIND = "people.september"


@transaction.atomic
def ask_in_september(*, partnership: Partnership, by: Standing) -> int:
    """Write to whoever looks after the people of each school that has not confirmed them this year, once a year; gives to how
    many people. One that has confirmed gets none."""
    require(may_ask_in_september(by))
    lock(partnership)
    if not is_september_check_asked(clock.today()):
        return 0
    since = clock.start_of(date(academic_year_of(clock.today()).start, 9, 1))
    written = Notice.objects.filter(kind=KIND, partnership=partnership, written_at__gte=since).values_list("school_id", flat=True)
    keeping, sent, asked = codes_with(Power.PEOPLE, partnership, viewer=by), 0, set(written)
    for school in [one for one in schools_unconfirmed(partnership, viewer=by) if one.pk not in asked]:
        sent += _ask(partnership, school, keeping, by)
    return sent


def _ask(partnership: Partnership, school: School, keeping: frozenset[str], by: Standing) -> int:
    held = [row for row in people_of_school(school, viewer=by) if row.from_on <= clock.today()]
    page = reverse("people:september", args=[partnership.slug, school.urn])
    words = {
        "school": school.name,
        "partnership": partnership.name,
        "held": [f"{row.name}, {row.said}" for row in held],
        "missing": listed([one.said for one in posts_missing(partnership, held, viewer=by)]),
        "link": settings.ADDRESS + page,
    }
    about: dict[str, Any] = {"of": partnership, "words": words, "link": page, "partnership": partnership, "school": school}
    keepers = {row.person for row in held if row.post in keeping and row.email}
    told = [notices.tell(person=one, template="people/september.txt", **about, by=by) for one in sorted(keepers)]
    asked = len(told) - told.count(None)  # a post that another partnership gave opens nothing here
    audit.record("people.ask_in_september", partnership=partnership.pk, school=school.pk, facts={"asked": asked}, by=by)
    return asked
