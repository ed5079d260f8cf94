"""What was decided, and by whom."""

from typing import Any

from django.db.models import F

from alongside.ground.core.standing import Standing
from alongside.ground.core.words import plural
from alongside.members.authority.models import Authority
from alongside.members.partnerships.models import Partnership


def decisions_of(partnership: Partnership, *, viewer: Standing) -> list[Authority]:
    """What was decided about money, newest first; `taken_by` is the decision that has taken its place, if there is one."""
    rows: Any = Authority.objects.visible_to(viewer).filter(partnership=partnership).select_related("school__current")
    return list(rows.annotate(taken_by=F("superseded_by__pk")).order_by("-decided_on", "-entered_at"))


def decisions_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many decisions are written down, in words."""
    count = Authority.objects.visible_to(viewer).filter(partnership=partnership).count()
    return plural(count, "decision") if count else "None is written down yet"
