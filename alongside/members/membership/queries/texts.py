"""The prospectus, its versions, the questions and the working group."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery, Sum
from django.http import QueryDict

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.tables import Column, Table, table
from alongside.members.membership.models import Prospectus, ProspectusDay, Question, Signature, WorkingGroup
from alongside.members.membership.rules.dates import Dates, MembershipSettings, dates_of
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of


def settings_now(partnership: Partnership, *, viewer: Standing) -> MembershipSettings:
    """Membership's settings as they stand today."""
    return settings_of(partnership, MembershipSettings)


def dates_in_force(partnership: Partnership, *, viewer: Standing) -> Dates:
    """The dates as they stand today."""
    return dates_of(settings_now(partnership, viewer=viewer), partnership.started_on)


def prospectus_of(partnership: Partnership, *, viewer: Standing) -> Prospectus | None:
    """The newest published version; nobody needs a role to read it."""
    found: Any = Prospectus.objects.visible_to(viewer).filter(partnership=partnership, published_at__isnull=False)
    return found.select_related("partnership__working_group").order_by("-number").first()


def draft_of(partnership: Partnership, *, viewer: Standing) -> Prospectus | None:
    """The version that is being written, for the office."""
    found: Any = Prospectus.objects.visible_to(viewer).filter(partnership=partnership, published_at=None)
    return found.select_related("partnership__working_group").first()


def versions_of(partnership: Partnership, *, viewer: Standing) -> list[Any]:
    """Every published version, newest first: rows of number, published_at, text_hash."""
    found: Any = Prospectus.objects.visible_to(viewer).filter(partnership=partnership, published_at__isnull=False)
    return list(found.order_by("-number").values_list("number", "published_at", "text_hash", named=True))


def published_questions(partnership: Partnership, *, viewer: Standing) -> list[Any]:
    """Those that the office published, oldest first, without the school: rows of public_words, reply."""
    found = Question.objects.filter(partnership=partnership, is_public=True).order_by("replied_at", "pk")
    return list(found.values_list("public_words", "reply", named=True)[:100])


def visits_of(partnership: Partnership, *, viewer: Standing, days: int = 14) -> tuple[int, list[tuple[date, int]]]:
    """How often the prospectus was opened in all, and on each of the last days."""
    rows = ProspectusDay.objects.visible_to(viewer).filter(partnership=partnership)
    total = rows.aggregate(all=Sum("visits"))["all"] or 0
    since = clock.today() - timedelta(days=days - 1)
    by_day = dict(rows.filter(day__gte=since).values_list("day", "visits"))
    return total, [(since + timedelta(days=n), by_day.get(since + timedelta(days=n), 0)) for n in range(days)]


INBOX = (
    Column("school", "School", ("school__current__name",), cell=lambda row: row.school__current__name, alone=True),
    Column("question", "Question", alone=True),
    Column("asked", "Asked", ("asked_at",), cell=lambda row: row.asked_at),
)


def inbox(asked: QueryDict, partnership: Partnership, *, viewer: Standing) -> Table:
    """The questions of schools: unanswered first choice, all by address."""
    chosen = {"show": asked.get("show", "") if asked.get("show") == "answered" else ""}
    rows: Any = Question.objects.visible_to(viewer).filter(partnership=partnership)
    rows = rows.filter(replied_at__isnull=not chosen["show"])
    fields = ("id", "school__current__name", "words", "asked_at", "reply", "replied_at", "is_public")
    return table(asked, rows, INBOX, fields=fields, sort="-asked" if chosen["show"] else "asked", chosen=chosen)


def working_group_of(partnership: Partnership, *, viewer: Standing) -> WorkingGroup | None:
    """The group that wrote the prospectus; it stands on the public page."""
    return WorkingGroup.objects.filter(partnership=partnership).first()


@dataclass(frozen=True)
class Texts:
    """How far the office is: the newest published version, whether there is a draft, whether the roll is frozen, and
    which school signed last today (URN and name)."""

    number: int | None
    has_draft: bool
    frozen_at: Any
    signed_urn: int | None = None
    signed_name: str | None = None


def state_of_texts(partnership: Partnership, *, viewer: Standing) -> Texts:
    """How far the office is, in one query."""
    versions = Prospectus.objects.filter(partnership=OuterRef("pk"))
    signed = Signature.objects.filter(
        partnership=OuterRef("pk"), withdrawn_at=None, signed_at__gte=clock.start_of(clock.today())
    ).order_by("-signed_at", "pk")
    row = (
        Partnership.objects.visible_to(viewer)
        .filter(pk=partnership.pk)
        .annotate(
            newest=Subquery(versions.filter(published_at__isnull=False).order_by("-number").values("number")[:1]),
            drafted=Exists(versions.filter(published_at=None)),
            signed_urn=Subquery(signed.values("school__current__urn")[:1]),
            signed_name=Subquery(signed.values("school__current__name")[:1]),
        )
        .values_list("newest", "drafted", "roll__frozen_at", "signed_urn", "signed_name")
        .first()
    )
    return Texts(*(row or (None, False, None)))


def prospectus_stands(*, partnership: Partnership, viewer: Standing) -> str:
    """How far the prospectus is, in words."""
    state = state_of_texts(partnership, viewer=viewer)
    draft = "a draft waits" if state.has_draft and viewer.runs(partnership.pk) else ""
    return ", ".join(filter(None, [f"Version {state.number}" if state.number else "Not published yet", draft]))
