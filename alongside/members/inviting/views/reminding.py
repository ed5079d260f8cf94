"""Whom to ring, and whom to remind."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import day_of, plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import Done, form_page, on_its_way
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, Where, listed
from alongside.members.inviting import actions, queries
from alongside.members.inviting.forms import ChaseForm
from alongside.members.inviting.rules import may_remind_today, shown_reminder, words_for
from alongside.members.membership.models import Chase
from alongside.members.membership.permissions import may_run_signup, may_see_membership
from alongside.members.membership.queries import texts
from alongside.members.membership.rules.dates import dates_of, is_open
from alongside.members.membership.rules.invitations import fill
from alongside.members.membership.rules.text import fee_words
from alongside.members.people.queries.roles import SchoolContact


def person_words(one: SchoolContact) -> str:
    """'Anna Ahmed, Headteacher, anna@a.example, 020 7946 0000'."""
    return ", ".join(filter(None, one))


RING = (
    Column("urn", "URN", cell=lambda row: str(row.urn), where=Where.FILE),
    Column("school", "School", cell=lambda row: row.name, classes="mb-cell-school", alone=True),
    Column("town", "Town", where=Where.FILE),
    Column("ring", "Ring", cell=lambda row: row.phone),
    Column("people", "Whom to ask for", cell=lambda row: "; ".join(map(person_words, row.people)), where=Where.FILE),
    Column("stands", "How it stands", cell=lambda row: Text(row.state, under=row.note)),
    Column("next", "Next contact"),
    Column("notes", "Notes", where=Where.PAGE),
)


def phone_list(request: Asked, slug: str) -> HttpResponseBase:
    """Whom to ring: the schools that have not signed, with telephone numbers and people. Made to be printed; a file too."""
    require(may_see_membership(request.who, request.partnership.pk))
    whole = "as" in request.GET
    found = queries.phone_list(request.partnership, request.GET.get("page", ""), whole=whole, viewer=request.who)
    if whole:
        return list_sheet(request, f"{slug}-phone-list", RING, found.rows)
    may_run = may_run_signup(request.who, request.partnership.pk)
    shown = {"found": found, "table": listed(RING, found.rows), "may_run": may_run}
    return render(request, "inviting/phone_list.html", shown)


def chase(request: Asked, slug: str) -> HttpResponse:
    """Who would get a reminder now and who not; the words; and sending, on school days only, or looking at the mail first."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    settings, days = texts.settings_and_days(partnership, viewer=who)
    dates, text = dates_of(settings, partnership.started_on), texts.prospectus_of(partnership, viewer=who)
    roll = getattr(text.partnership, "roll", None) if text else texts.roll_of(partnership, viewer=who)
    sign_by, frozen = dates.sign_by, day_of(roll.frozen_at) if roll else None
    initial = dict(zip(("subject", "body"), words_for(clock.today(), sign_by, frozen), strict=True))
    silent, today = queries.chase_list(partnership, settings, days, viewer=who), may_remind_today(clock.today(), days)
    reached = [one for one in silent if one.verdict]
    going = [(one.name, one.email) for one in reached]
    initial["seen"] = str(shown_reminder(going, sign_by, partnership.name, partnership.contact_email))
    preview = request.POST.get("deed") == "preview"
    looked_at = ChaseForm(request.POST if preview else None, initial=initial)
    typed = looked_at.cleaned_data if looked_at.is_valid() else initial
    example, stands = (reached[0].name, reached[0].so_far) if reached else ("a school", "")
    shown: dict[str, Any] = {
        "reached": reached,
        "left_out": [one for one in silent if not one.verdict],
        "today": today,
        "fee": fee_words(text.costs, dates, settings.term_years) if text and is_open(clock.today(), sign_by, frozen) else "",
        "rests": min((one.rests for one in silent if one.rests), default=None),
        "resting": sum(one.rests is not None for one in silent),
        "example": example,
        "preview": preview,
        "subject": fill(typed["subject"], partnership.name, sign_by, example, stands),
        "paragraphs": fill(typed["body"], partnership.name, sign_by, example, stands).replace("\r\n", "\n").split("\n\n"),
    }
    if preview:
        return render(request, "inviting/chase.html", {**shown, "form": looked_at})

    def done(sent: Chase) -> Done:
        told = fill(sent.subject, partnership.name, sign_by, "their school")
        messages = ("See the messages", f"{reverse('notices:list', args=[slug])}?kind=membership.reminder")
        return Done(
            f"{plural(sent.count, 'reminder is', 'reminders are')} {on_its_way(among='the')}. Subject: “{told}”.", (messages,)
        )

    form, deed = partial(ChaseForm, initial=initial), partial(actions.chase, partnership=partnership)
    after, page = reverse("membership:overview", args=[slug]), "inviting/chase.html"
    return form_page(request, form, deed, title="Chase", done=done, next=after, page=page, **shown)
