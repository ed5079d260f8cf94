"""Who has signed, by day and by place."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.pictures import Spot
from alongside.members.membership.models import Answer, Signature
from alongside.members.membership.rules.answers import PICTURE_TONES, AnswerState
from alongside.members.membership.rules.outlook import growth
from alongside.members.partnerships.models import Partnership


def signup_curve(partnership: Partnership, *, viewer: Standing, first: date | None = None) -> list[tuple[date, int]]:
    """How many had signed by the end of each day, from the first day to today; counts only, so anybody may see it."""
    by_day = (
        Signature.objects.filter(partnership=partnership, withdrawn_at=None)
        .annotate(day=TruncDate("signed_at", tzinfo=clock.LONDON))
        .values_list("day")
        .annotate(count=Count("pk"))
        .order_by("day")
    )
    return growth(list(by_day), first or partnership.started_on, clock.today())


def answers_map(partnership: Partnership, *, viewer: Standing) -> list[Spot]:
    """The schools that were asked, on the map. The office sees how each stands; others only which have signed."""
    office = viewer.runs(partnership.pk)
    rows: Any = Answer.objects.filter(partnership=partnership, ended_on=None, school__current__easting__isnull=False).order_by(
        "school__current__northing", "pk"
    )
    spots = []
    for easting, northing, name, urn, pupils, state in rows.values_list(
        "school__current__easting",
        "school__current__northing",
        "school__current__name",
        "school__current__urn",
        "school__current__pupils",
        "state",
    ):
        stands = AnswerState(state)
        shown = stands if office or stands is AnswerState.SIGNED else AnswerState.NO_REPLY
        words = shown.label if office or shown is AnswerState.SIGNED else "Asked to join"
        size = 1 if (pupils or 0) < 500 else 2 if (pupils or 0) < 1100 else 3
        href = reverse("membership:school", args=[partnership.slug, urn]) if office else ""
        spots.append(Spot(easting, northing, name, PICTURE_TONES[shown], words, size, href))
    return spots
