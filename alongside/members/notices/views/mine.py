"""A person's own messages."""

from functools import partial

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
    shown = table(request.GET, rows, COLUMNS, fields=fields, sort="-when", chosen={}, cells=cells)
    return render(request, "notices/mine.html", {"table": shown, "unread": mine_queries.unread(viewer=request.who)})


def cells(row: tuple) -> tuple:
    """(id, subject, kind in words, partnership, when, whether it is unread)."""
    key, subject, kind, partnership, written_at, read_at = row
    return key, subject, declared.message(kind).name, partnership or "", written_at, read_at is None


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
