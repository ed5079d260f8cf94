"""A person's own messages."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from alongside.ground.web import declared
from alongside.ground.web.asked import Asked
from alongside.ground.web.tables import Column, table
from alongside.members.notices import actions, queries
from alongside.members.notices.forms import Preferences

COLUMNS = (Column("when", "When", ("written_at",)), Column("subject", "What", ("subject", "written_at")))


def mine(request: Asked) -> HttpResponse:
    """What came to the person, newest first; what is unread is marked."""
    rows = queries.my_notices(viewer=request.who)
    fields = ("id", "subject", "kind", "partnership__name", "written_at", "read_at")
    shown = table(request.GET, rows, COLUMNS, fields=fields, sort="-when", chosen={}, cells=cells)
    return render(request, "notices/mine.html", {"table": shown, "unread": queries.unread(viewer=request.who)})


def cells(row: tuple) -> tuple:
    """(id, subject, kind in words, partnership, when, whether it is unread)."""
    key, subject, kind, partnership, written_at, read_at = row
    return key, subject, declared.message(kind).name, partnership or "", written_at, read_at is None


def mine_shown(request: Asked, key: str) -> HttpResponse:
    """One message with its words; to open it is to have read it."""
    notice = queries.my_notice(key, viewer=request.who)
    if notice is None:
        raise Http404
    if notice.read_at is None:
        actions.read_notice(key=notice.pk, by=request.who)
    return render(request, "notices/mine_shown.html", {"notice": notice, "kind": declared.message(notice.kind).name})


@require_POST
def all_read(request: Asked) -> HttpResponse:
    """Everything is read."""
    actions.read_everything(by=request.who)
    return redirect("notices:mine")


def preferences(request: Asked) -> HttpResponse:
    """At once or in a digest."""
    digests = queries.digests_of(viewer=request.who)
    form = Preferences(request.POST or None, digests=digests)
    if request.method == "POST" and form.is_valid():
        actions.choose_digests(categories=form.chosen(), by=request.who)
        messages.success(request, "Your choice is saved.")
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form})
