"""What was sent, for the office."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import press
from alongside.ground.web.tables import Column, table
from alongside.members.notices.actions import delivering, returning
from alongside.members.notices.models import Notice
from alongside.members.notices.permissions import may_read_notices
from alongside.members.notices.queries import office
from alongside.members.notices.rules.messages import NoticeState

COLUMNS = (
    Column("when", "When", ("written_at",), cell=lambda row: row.written_at, classes="al-nowrap"),
    Column("to", "To", ("to", "written_at"), classes="al-break"),
    Column("subject", "Subject", ("subject", "written_at"), cell=lambda row: Text(row.subject, row.address), alone=True),
    Column("kind", "Kind", ("kind", "written_at"), alone=True),
    Column("state", "State", cell=lambda row: Tag.of(row.state), classes="al-nowrap", alone=True),
)


def everything(request: Asked, slug: str) -> HttpResponse:
    """Every e-mail of the partnership, newest first."""
    partnership, who = request.partnership, request.who
    require(may_read_notices(who, partnership.pk))
    chosen = {key: request.GET.get(key, "")[:80] for key in ("kind", "state", "q")}
    rows = office.sent_by(partnership, kind=chosen["kind"], state=chosen["state"], words=chosen["q"].strip(), viewer=who)
    fields = ("id", "written_at", "to", "subject", "kind", "state")
    context = {
        "table": table(
            request.GET, rows, COLUMNS, fields=fields, sort="-when", chosen=chosen, cells=partial(_in_words, slug=slug)
        ),
        "chosen": chosen,
        "kinds": office.kinds_sent(partnership, viewer=who),
        "states": [one for one in NoticeState if one is not NoticeState.SHOWN],
        "is_demo": settings.DEMO,
    }
    return render(request, "notices/list.html", context)


@dataclass(frozen=True)
class SentRow:
    """An e-mail in the list of what was sent, its kind in words."""

    address: str
    written_at: datetime
    to: str
    subject: str
    kind: str
    state: NoticeState


def _in_words(row: Any, slug: str) -> SentRow:
    name, page = declared.message(row.kind).name, reverse("notices:show", args=[slug, row.id])
    return SentRow(page, row.written_at, row.to, row.subject, name, NoticeState(row.state))


def show(request: Asked, slug: str, key: str) -> HttpResponse:
    """One e-mail with its words, and what became of it."""
    partnership, who = request.partnership, request.who
    require(may_read_notices(who, partnership.pk))
    notice = find(Notice.objects.select_related("school__current"), request, pk=key)
    context = {
        "notice": notice,
        "state": NoticeState(notice.state),
        "returns": office.returns_of(notice, viewer=who),
        "is_demo": settings.DEMO,
    }
    return render(request, "notices/show.html", context)


def again(request: Asked, slug: str, key: str) -> HttpResponse:
    """Try once more to send an e-mail."""
    require(may_read_notices(request.who, request.partnership.pk))
    deed = partial(delivering.try_again, notice=find(Notice, request, pk=key))
    next = reverse("notices:show", args=[slug, key])
    return press(request, deed, done=lambda notice: f"The e-mail to {notice.to} is being sent again.", next=next)


def address_works(request: Asked, slug: str) -> HttpResponse:
    """The office has found out that an address works again."""
    deed = partial(returning.clear_address, partnership=request.partnership, address=request.POST.get("address", "")[:254])

    def noted(settled: int) -> str:
        return f"Noted: the address works again. Settled by that: {plural(settled, 'e-mail')} that came back."

    return press(request, deed, done=noted, next=reverse("notices:list", args=[slug]))
