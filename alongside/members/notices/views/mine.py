"""A person's own messages."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.words import plural
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.pages import form_page, press
from alongside.ground.web.tables import Column, table
from alongside.members.notices.actions import reading
from alongside.members.notices.forms import PreferencesForm
from alongside.members.notices.queries import mine as mine_queries

COLUMNS = (Column("when", "When", ("written_at",)), Column("subject", "What", ("subject", "written_at")))


def mine(request: Asked) -> HttpResponse:
    """What came to the person, newest first; what is unread is marked."""
    rows = mine_queries.my_notices(viewer=request.who)
    fields = ("id", "subject", "kind", "partnership__name", "written_at", "read_at")
    shown = table(request.GET, rows, COLUMNS, fields=fields, sort="-when", chosen={}, cells=_in_words)
    return render(request, "notices/mine.html", {"table": shown, "unread": mine_queries.unread(viewer=request.who)})


@dataclass(frozen=True)
class MyMessage:
    """A message in the list of one's own, its kind in words."""

    id: str
    subject: str
    kind: str
    partnership: str
    written_at: datetime
    is_unread: bool


def _in_words(row: Any) -> MyMessage:
    kind, partnership = declared.message(row.kind).name, row.partnership__name or ""
    return MyMessage(row.id, row.subject, kind, partnership, row.written_at, row.read_at is None)


def mine_shown(request: Asked, key: str) -> HttpResponse:
    """One message with its words; to open it is to have read it."""
    notice = found(mine_queries.my_notice(key, viewer=request.who))
    if notice.read_at is None:
        reading.read_notice(key=notice.pk, by=request.who)
    return render(request, "notices/mine_shown.html", {"notice": notice, "kind": declared.message(notice.kind).name})


def all_read(request: Asked) -> HttpResponse:
    """Everything is read."""
    deed, next = reading.read_everything, reverse("notices:mine")
    return press(request, deed, done=lambda count: f"{plural(count, 'message')} marked as read.", next=next)


def preferences(request: Asked) -> HttpResponse:
    """At once or in a digest."""
    form = partial(PreferencesForm, digests=mine_queries.digests_of(viewer=request.who))
    return form_page(
        request, form, reading.choose_digests, title="How messages come to you", caption="Your page",
        lead="Some messages can wait for one e-mail in the morning. Choose for each kind.", done="Your choice is saved.",
        next=reverse("notices:preferences"), page="notices/preferences.html",
    )  # fmt: skip
