"""Mail that came in: the list, one mail, and how a mailbox hands its mail on."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.cells import Address, Tag, Text
from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.downloads import attachment
from alongside.ground.web.pages import press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.mail import actions, queries
from alongside.members.mail.models import Mail
from alongside.members.mail.permissions import may_read_mail
from alongside.members.mail.rules.states import MailState


def _subject(row: Any) -> Text:
    return Text(row.subject or "Without a subject", reverse("mail:mail", args=[row.partnership__slug, row.id]), under=row.became)


def _from(row: Any) -> Address | str:
    return Address(row.name or row.sender) if row.name or row.sender else ""


MAILS = (
    Column("when", "Came", ("came_at",), cell=lambda row: row.came_at, classes="al-nowrap"),
    Column("from", "From", ("sender", "came_at"), cell=_from, classes="al-break"),
    Column("subject", "Subject", ("subject", "came_at"), cell=_subject, alone=True),
    Column("state", "State", cell=lambda row: Tag.of(MailState(row.state)), classes="al-nowrap", alone=True),
)


def mails(request: Asked, slug: str) -> HttpResponseBase:
    """What came in, newest first; what is chosen as a file too."""
    partnership, who = request.partnership, request.who
    require(may_read_mail(who, partnership.pk))
    chosen = {key: request.GET.get(key, "")[:80] for key in ("state", "q")}
    rows = queries.mail_to(partnership, state=chosen["state"], words=chosen["q"].strip(), viewer=who)
    fields = ("id", "came_at", "sender", "name", "subject", "state", "became", "partnership__slug")
    none = "No mail matches this." if any(chosen.values()) else "Answers to our messages appear here when they come."
    return list_page(
        request, MAILS, rows, file=f"{slug}-mails", fields=fields, sort="-when", chosen=chosen, page="mail/mails.html",
        empty=("Nothing here", none), states=list(MailState), address=queries.address_of(partnership, viewer=who),
    )  # fmt: skip


def mail(request: Asked, slug: str, key: str) -> HttpResponse:
    """One mail: its words, what it answers, and what was done with it."""
    require(may_read_mail(request.who, request.partnership.pk))
    found = find(Mail.objects.select_related("answers"), request, pk=key)
    kept = queries.files_of(found, viewer=request.who)
    return render(request, "mail/mail.html", {"mail": found, "kept": kept, "not_kept": found.not_kept.splitlines()})


def mail_file(request: Asked, slug: str, key: str) -> HttpResponse:
    """The mail as it came, with what was attached, for a mail program."""
    require(may_read_mail(request.who, request.partnership.pk))
    found = find(Mail, request, pk=key)
    return attachment(found.raw, name=f"mail-{found.pk}.eml", media_type="message/rfc822")


def see_to(request: Asked, slug: str, key: str) -> HttpResponse:
    """Somebody has seen to it."""
    deed = partial(actions.see_to, mail=find(Mail, request, pk=key))
    said = "Noted: this mail is dealt with."
    return press(request, deed, done=said, next=reverse("mail:mails", args=[slug]))


def forwarding(request: Asked, slug: str) -> HttpResponse:
    """How a mailbox of Microsoft 365 or Google Workspace hands its mail on, step by step."""
    require(may_read_mail(request.who, request.partnership.pk))
    return render(request, "mail/forwarding.html", {"address": queries.address_of(request.partnership, viewer=request.who)})
