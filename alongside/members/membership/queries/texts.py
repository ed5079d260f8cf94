"""The prospectus, its versions, the questions, the working group, and the roll."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.http import QueryDict

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.declaration import Stands
from alongside.ground.core.standing import Standing
from alongside.ground.core.words import day_of, plural, short_date
from alongside.ground.web import declared
from alongside.ground.web.tables import Column, Table, Where, listed, ordering, table
from alongside.members.calendar.queries.days import typed_by
from alongside.members.calendar.rules.days import SchoolDays
from alongside.members.calendar.rules.settings import CalendarSettings, Nation
from alongside.members.membership.models import (
    Answer,
    Prospectus,
    ProspectusDay,
    Question,
    Roll,
    RollEntry,
    Signature,
    WorkingGroup,
)
from alongside.members.membership.rules.dates import Dates, MembershipSettings, dates_of
from alongside.members.partnerships.models import Partnership
from alongside.members.partnerships.queries import settings_of, settings_of_two
from alongside.members.partnerships.rules import Template


def frozen_on(partnership: Partnership, *, viewer: Standing) -> date | None:
    """The day on which the roll was frozen, if it was."""
    at = Roll.objects.filter(partnership=partnership).values_list("frozen_at", flat=True).first()
    return day_of(at) if at else None


def settings_now(partnership: Partnership, *, viewer: Standing) -> MembershipSettings:
    """Membership's settings as they stand today."""
    return settings_of(partnership, MembershipSettings)


def settings_and_days(partnership: Partnership, *, viewer: Standing) -> tuple[MembershipSettings, SchoolDays]:
    """Membership's settings, and the school days by which schools rest: two queries."""
    settings, calendar = settings_of_two(partnership, MembershipSettings, CalendarSettings)
    return settings, typed_by([partnership.pk]).days(Nation(calendar.nation), partnership.pk)


def where_schools_sign(stands: Callable[..., Stands]) -> Callable[..., Stands | None]:
    """What stands in a place about joining by signature; nothing, so that the place is not shown, where a partnership does
    without (a trust, whose schools belong by what they are) and never asked one."""

    def stand(*, partnership: Partnership, viewer: Standing) -> Stands | None:
        without = Template(partnership.template) is Template.TRUST and not settings_now(partnership, viewer=viewer).has_prospectus
        if without and not Answer.objects.visible_to(viewer).filter(partnership=partnership).exists():
            return None
        return stands(partnership=partnership, viewer=viewer)

    return stand


def dates_in_force(partnership: Partnership, *, viewer: Standing) -> Dates:
    """The dates as they stand today."""
    return dates_of(settings_now(partnership, viewer=viewer), partnership.started_on)


def prospectus_of(partnership: Partnership, *, viewer: Standing) -> Prospectus | None:
    """The newest published version, with what else of the partnership is published; nobody needs a role to read it."""
    found: Any = Prospectus.objects.visible_to(viewer).filter(partnership=partnership, published_at__isnull=False)
    found = found.annotate(**{name: one.there() for name, one in declared.published().items()})
    return found.select_related("partnership__working_group", "partnership__roll").order_by("-number").first()


def draft_of(partnership: Partnership, *, viewer: Standing) -> Prospectus | None:
    """The version that is being written, for the office."""
    found: Any = Prospectus.objects.visible_to(viewer).filter(partnership=partnership, published_at=None)
    return found.select_related("partnership__working_group", "partnership__roll").first()


def versions_of(partnership: Partnership, *, viewer: Standing) -> list[Any]:
    """Every published version, newest first: rows of number, published_at, text_hash."""
    found: Any = Prospectus.objects.visible_to(viewer).filter(partnership=partnership, published_at__isnull=False)
    return list(found.order_by("-number").values_list("number", "published_at", "text_hash", named=True))


def published_questions(partnership: Partnership, *, viewer: Standing) -> list[Any]:
    """Those that the office published, oldest first, without the school: rows of public_words, reply, and when they were
    corrected_at, as the log tells."""
    corrected = Event.objects.filter(act="membership.correct_answer", row=OuterRef("pk"), facts__words=True).order_by("-at")
    found = Question.objects.filter(partnership=partnership, is_public=True).order_by("replied_at", "pk")
    found = found.annotate(corrected_at=Subquery(corrected.values("at")[:1]))
    return list(found.values_list("public_words", "reply", "corrected_at", named=True)[:100])


def visits_of(partnership: Partnership, *, viewer: Standing, days: int = 14) -> tuple[int, list[tuple[date, int]]]:
    """How often the prospectus was opened in all, and on each of the last days."""
    rows = ProspectusDay.objects.visible_to(viewer).filter(partnership=partnership)
    total = rows.aggregate(all=Sum("visits"))["all"] or 0
    since = clock.today() - timedelta(days=days - 1)
    by_day = dict(rows.filter(day__gte=since).values_list("day", "visits"))
    return total, [(since + timedelta(days=n), by_day.get(since + timedelta(days=n), 0)) for n in range(days)]


INBOX = (
    Column("school", "School", ("school__current__name",), cell=lambda row: row.school__current__name, alone=True),
    Column("question", "Question", cell=lambda row: row.words, alone=True),
    Column("asked", "Asked", ("asked_at",), cell=lambda row: row.asked_at),
    Column("reply", "Answer", where=Where.FILE),
    Column("replied_at", "Answered", where=Where.FILE),
    Column("is_public", "Published", cell=lambda row: "yes" if row.is_public else "", where=Where.FILE),
)


def inbox(asked: QueryDict, partnership: Partnership, *, viewer: Standing) -> Table:
    """The questions of schools: unanswered first choice, all by address; all of the choice for a file."""
    chosen = {"show": asked.get("show", "") if asked.get("show") == "answered" else ""}
    rows: Any = Question.objects.visible_to(viewer).filter(partnership=partnership)
    rows = rows.filter(replied_at__isnull=not chosen["show"])
    fields = ("id", "school__current__name", "words", "asked_at", "reply", "replied_at", "is_public")
    sort = "-asked" if chosen["show"] else "asked"
    if "as" in asked:
        return listed(INBOX, rows.order_by(*ordering(INBOX, sort), "pk").values_list(*fields, named=True))
    return table(asked, rows, INBOX, fields=fields, sort=sort, chosen=chosen)


def questions_stand(*, partnership: Partnership, viewer: Standing) -> str:
    """How many questions wait for an answer, in words."""
    waiting = Question.objects.visible_to(viewer).filter(partnership=partnership, replied_at=None).count()
    return f"{plural(waiting, 'question')} {'waits' if waiting == 1 else 'wait'} for you" if waiting else "No question waits"


def roll_stands(*, partnership: Partnership, viewer: Standing) -> str:
    """How many schools the roll holds, or would hold, in words."""
    signed = Count("signatures", Q(signatures__withdrawn_at=None))
    row = Partnership.objects.filter(pk=partnership.pk).annotate(signed=signed)
    frozen_at, held, now = row.values_list("roll__frozen_at", "roll__count", "signed").get()
    if frozen_at is None:
        return f"{plural(now, 'school')} so far, not frozen yet" if now else "No school has signed yet"
    return f"{plural(held, 'school')}, frozen on {short_date(day_of(frozen_at))}"


def working_group_of(partnership: Partnership, *, viewer: Standing) -> WorkingGroup | None:
    """The group that wrote the prospectus; it stands on the public page."""
    return WorkingGroup.objects.filter(partnership=partnership).first()


def state_of_texts(partnership: Partnership, *, viewer: Standing) -> Any:
    """How far the office is, in one query: number of the newest published version, has_draft, when the roll was frozen_at, and
    the school that signed last today (signed_urn, signed_name) of how many (signed_today)."""
    versions = Prospectus.objects.filter(partnership=OuterRef("pk"))
    signed = Signature.objects.filter(
        partnership=OuterRef("pk"), withdrawn_at=None, signed_at__gte=clock.start_of(clock.today())
    ).order_by("-signed_at", "pk")
    row = Partnership.objects.filter(pk=partnership.pk).annotate(
        number=Subquery(versions.filter(published_at__isnull=False).order_by("-number").values("number")[:1]),
        has_draft=Exists(versions.filter(published_at=None)),
        frozen_at=F("roll__frozen_at"),
        signed_urn=Subquery(signed.values("school__current__urn")[:1]),
        signed_today=Subquery(signed.order_by().values("partnership").annotate(of=Count("pk")).values("of")),
        signed_name=Subquery(signed.values("school__current__name")[:1]),
    )
    return row.values_list("number", "has_draft", "frozen_at", "signed_urn", "signed_name", "signed_today", named=True).get()


def prospectus_stands(*, partnership: Partnership, viewer: Standing) -> str:
    """How far the prospectus is, in words."""
    state = state_of_texts(partnership, viewer=viewer)
    draft = "a draft waits" if state.has_draft and viewer.runs(partnership.pk) else ""
    return ", ".join(filter(None, [f"Version {state.number}" if state.number else "Not published yet", draft]))


def standing_signatures(partnership: Partnership) -> list[RollEntry]:
    """A line of the roll, not yet of any, for every signature that stands now, by URN."""
    signatures: Any = Signature.objects.filter(partnership=partnership, withdrawn_at=None).select_related("school__current")
    return [
        RollEntry(
            school_id=one.school_id,
            signature_id=one.pk,
            urn=one.school.urn,
            name=one.school.name,
            constituency=one.school.constituency.label,
            signed_at=one.signed_at,
            text_hash=one.text_hash,
            is_late=one.is_late,
        )
        for one in signatures.order_by("school__current__urn")
    ]


def roll_of(partnership: Partnership, *, viewer: Standing | None = None) -> Roll | None:
    """The frozen roll, or none yet. Parts above pass no viewer: that it exists is no secret."""
    return Roll.objects.filter(partnership=partnership).first()


def roll_entries(roll: Roll | None, partnership: Partnership, *, viewer: Standing) -> list[RollEntry]:
    """The roll's lines in the order of URNs; before it is frozen, for the office, what it would hold if it were frozen now."""
    if roll is None:
        return standing_signatures(partnership) if viewer.runs(partnership.pk) else []
    rows: Any = RollEntry.objects.visible_to(viewer).filter(roll=roll).order_by("urn")
    return list(rows)


def late_signers(partnership: Partnership, roll: Roll | None, *, viewer: Standing) -> list[Signature]:
    """The signatures of those who signed after the roll was frozen, and stand."""
    rows: Any = Signature.objects.visible_to(viewer).filter(partnership=partnership, withdrawn_at=None)
    rows = rows.exclude(school__in=RollEntry.objects.filter(roll=roll).values("school")).select_related("school__current")
    return list(rows.order_by("signed_at")) if roll else []
