"""What was decided: the list, and writing one down."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from alongside.ground.core.cells import Pounds
from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked, next_page
from alongside.ground.web.pages import Done, form_page
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.authority import actions, queries
from alongside.members.authority.forms import RecordDecisionForm
from alongside.members.authority.models import Authority
from alongside.members.authority.permissions import may_record_decision, may_see_decisions
from alongside.members.partnerships.queries import school_of, schools_to_choose

DECISIONS = (
    Column("kind", "Decision", cell=lambda row: row.decision_kind),
    Column("school", "School", cell=lambda row: row.school.name if row.school else None),
    Column("body", "Body"),
    Column("decided_on", "Decided on"),
    Column("reference", "Minute"),
    Column("amount", "Amount", cell=lambda row: None if row.amount is None else Pounds(row.amount)),
    Column("each", "Off each fee", cell=lambda row: None if row.each is None else Pounds(row.each)),
    Column("words", "In its words"),
    Column("entered_at", "Written down"),
    Column("taken_by", "A later one has taken its place", cell=lambda row: "yes" if row.taken_by else ""),
)


def decisions(request: Asked, slug: str) -> HttpResponseBase:
    """What boards have decided about money, newest first; as a file too."""
    require(may_see_decisions(request.who, request.partnership.pk))
    rows = queries.decisions_of(request.partnership, viewer=request.who)
    may_decide = may_record_decision(request.who, request.partnership.pk)
    return list_page(request, DECISIONS, rows, file=f"{slug}-decisions", page="authority/decisions.html", may_decide=may_decide)


def record_decision(request: Asked, slug: str) -> HttpResponse:
    """Write down a decision about one school's money: a waiver, a write-off or a credit may then rest on it."""
    require(may_record_decision(request.who, request.partnership.pk))
    back, again = reverse("authority:decisions", args=[slug]), reverse("authority:record_decision", args=[slug])
    onward = next_page(request, within=f"/p/{slug}/")  # where the decision is needed
    first = {name: request.GET[name] for name in ("kind", "urn", "body", "reference") if name in request.GET}

    def record(*, urn: int | None, **said: Any) -> Authority:
        school = school_of(request.partnership, urn, viewer=request.who) if urn else None
        return actions.record_decision(partnership=request.partnership, school=school, **said)

    def recorded(made: Authority) -> Done:
        return Done(f"Written down: {made}. Money can now rest on it.", () if onward else (("Write down another", again),))

    return form_page(
        request, partial(RecordDecisionForm, places=schools_to_choose(request.partnership, viewer=request.who), initial=first),
        record, title="Write down a decision", caption="Fees",
        lead="A credit note, a waiver or a write-off can then rest on it. It cannot be changed afterwards.",
        back=("Back to what rests on it", onward) if onward else ("Board decisions", back), button="Write it down", done=recorded,
        next=onward or back,
    )  # fmt: skip
