"""What was sent."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.core.verdict import require
from alongside.notices import queries
from alongside.notices.permissions import may_read_notices
from alongside.notices.rules import NoticeState, name_of_kind, state_of
from alongside.web.tables import Column, table

COLUMNS = (
    Column("when", "When", ("written_at",)),
    Column("to", "To", ("to", "written_at")),
    Column("subject", "Subject", ("subject", "written_at")),
    Column("kind", "Kind", ("kind", "written_at")),
    Column("state", "State"),
)
TONES = {NoticeState.SENT: "green", NoticeState.WAITING: "grey", NoticeState.PROBLEM: "red"}


def everything(request: HttpRequest, slug: str) -> HttpResponse:
    """Every e-mail of the partnership, newest first."""
    partnership, who = request.partnership, request.who
    require(may_read_notices(who, partnership.pk))
    chosen = {key: request.GET.get(key, "")[:80] for key in ("kind", "state", "q")}
    rows = queries.sent_by(partnership, kind=chosen["kind"], state=chosen["state"], words=chosen["q"].strip(), viewer=who)
    fields = ("id", "written_at", "to", "subject", "kind", "sent_at", "problem")
    context = {
        "table": table(request.GET, rows, COLUMNS, fields=fields, sort="-when", chosen=chosen, cells=cells),
        "chosen": chosen,
        "kinds": queries.kinds_sent(partnership, viewer=who),
        "states": list(NoticeState),
        "is_demo": settings.DEMO,
    }
    return render(request, "notices/list.html", context)


def cells(row: tuple) -> tuple:
    """(id, when, to, subject, kind in words, state in words, its tone)."""
    key, written_at, to, subject, kind, sent_at, problem = row
    state = state_of(sent_at, problem)
    return key, written_at, to, subject, name_of_kind(kind), state.label, TONES[state]


def show(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One e-mail with its words."""
    partnership, who = request.partnership, request.who
    require(may_read_notices(who, partnership.pk))
    notice = queries.notice_at(key, partnership=partnership, viewer=who)
    if notice is None:
        raise Http404
    state = state_of(notice.sent_at, notice.problem)
    context = {"notice": notice, "state": state, "tone": TONES[state], "is_demo": settings.DEMO}
    return render(request, "notices/show.html", context)
