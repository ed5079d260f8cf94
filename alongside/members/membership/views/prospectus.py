"""The prospectus, open to everyone; and what the office writes in it: its words, the dates, the working group."""

from dataclasses import asdict
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import require
from alongside.ground.core.words import day_month, day_of, listed, long_date
from alongside.ground.web import declared
from alongside.ground.web.asked import Asked, find, found
from alongside.ground.web.pages import Done, form_page
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.membership.actions import answering, office, prospectus as prospectus_actions
from alongside.members.membership.forms.office import DatesForm, ProspectusForm, PublishForm, WorkingGroupForm
from alongside.members.membership.models import Prospectus, WorkingGroup
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.queries import answers as answers_queries, texts
from alongside.members.membership.rules.dates import DATE_WORDS, MembershipSettings, dates_of, days_left_words, is_open, timeline
from alongside.members.membership.rules.text import AGREEMENT, SECTIONS, blocks, date_changes, other_days, what_changed


def told(request: Asked, prospectus: Prospectus, *, with_answers: bool = False) -> dict[str, Any]:
    """What every page that shows the prospectus is drawn from: its words, the dates that it states (a draft: those in force),
    and the answers that were published."""
    of: dict[str, Any] = {"partnership": request.partnership, "viewer": request.who}
    today, dates = clock.today(), prospectus.stated_dates or texts.dates_in_force(**of)
    roll = getattr(prospectus.partnership, "roll", None)
    frozen_on = day_of(roll.frozen_at) if roll else None
    return {
        "prospectus": prospectus,
        "sections": [(field, heading, blocks(getattr(prospectus, field))) for field, heading in SECTIONS.items()],
        "agreement": blocks(getattr(prospectus, AGREEMENT)),
        "dates": dates,
        "line": [(day, words, day < today) for day, words in timeline(dates)],
        "days_left": days_left_words(today, dates.sign_by, frozen_on),
        "is_open": is_open(today, dates.sign_by, frozen_on),
        "answers": texts.published_questions(**of) if with_answers else [],
        "group": getattr(prospectus.partnership, "working_group", None),
    }


def prospectus(request: Asked, slug: str) -> HttpResponse:
    """The prospectus in the partnership's own words, how many have signed, and where to answer."""
    partnership, who = request.partnership, request.who
    newest = texts.prospectus_of(partnership, viewer=who)
    if newest is None and partnership.pk not in who.partnerships:
        raise Http404
    if newest is None:
        return render(request, "membership/no_prospectus.html", status=200 if who.runs(partnership.pk) else 404)
    own = who.schools_in(partnership.pk)
    if request.method == "GET" and not who.runs(partnership.pk):
        answering.open_prospectus(partnership=partnership, school=next(iter(own)) if len(own) == 1 else None, by=who)
    counts, mine = answers_queries.counts_and_mine(partnership, viewer=who)
    published = [one for name, one in declared.published().items() if getattr(newest, name)]
    shown = {**told(request, newest, with_answers=True), "counts": counts, "mine": mine, "published": published}
    return render(request, "membership/prospectus.html", shown)


def older(request: Asked, slug: str, number: int) -> HttpResponse:
    """A version as it was published, and what has changed since."""
    partnership, who = request.partnership, request.who
    published = Prospectus.objects.filter(published_at__isnull=False)
    this = find(published.select_related("partnership__working_group", "partnership__roll"), request, number=number)
    newest = found(texts.prospectus_of(partnership, viewer=who))
    shown = {
        **told(request, this),
        "changes": what_changed(this.texts, newest.texts),
        "date_changes": date_changes(this.stated_dates, newest.stated_dates),
        "newest": newest,
        "versions": texts.versions_of(partnership, viewer=who),
    }
    return render(request, "membership/older.html", shown)


def _back(slug: str) -> tuple[str, str]:
    return "Membership", reverse("membership:overview", args=[slug])


def edit_prospectus(request: Asked, slug: str) -> HttpResponse:
    """Write the prospectus: save the draft, look at it, publish it."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    here = reverse("membership:edit_prospectus", args=[slug])
    if request.method == "POST" and request.POST.get("deed") == "start":
        prospectus_actions.start_draft(partnership=partnership, by=who)
        return redirect(here)
    draft, newest = texts.draft_of(partnership, viewer=who), texts.prospectus_of(partnership, viewer=who)
    visits = texts.visits_of(partnership, viewer=who)
    shown: dict[str, Any] = {
        "title": "Write the prospectus", "caption": partnership.name, "back": _back(slug),
        "lead": "In your own words. Empty lines part paragraphs; lines that begin with “- ” become a list. Leave a section "
        "empty and it is not shown.",
        "draft": draft, "newest": newest, "versions": texts.versions_of(partnership, viewer=who),
        "visits": visits[0], "visit_rows": [(day_month(day), count) for day, count in visits[1]],
    }  # fmt: skip
    if draft is None:
        return render(request, "membership/edit_prospectus.html", {**shown, "form": None})

    def deed(*, version: int, by: Standing, **texts: str) -> Prospectus:
        return prospectus_actions.edit_prospectus(draft=draft, version=version, texts=texts, by=by)

    preview = reverse("membership:preview_prospectus", args=[slug])
    return form_page(
        request, partial(ProspectusForm, row=draft, initial=draft.texts), deed,
        done=lambda row: Done(f"The draft of version {row.number} is saved.", (("See it as schools will", preview),)),
        next=preview if request.POST.get("deed") == "preview" else here, page="membership/edit_prospectus.html",
        other_days=_other_days(draft, texts.settings_now(partnership, viewer=who)), **shown,
    )  # fmt: skip


def preview_prospectus(request: Asked, slug: str) -> HttpResponse:
    """The draft as schools would see it, what changed since the last version, and the button that publishes."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    draft, newest = texts.draft_of(partnership, viewer=who), texts.prospectus_of(partnership, viewer=who)
    if draft is None:
        return redirect("membership:edit_prospectus", slug=slug)
    read, invite = reverse("membership:prospectus", args=[slug]), reverse("inviting:invite", args=[slug])
    first = newest is None  # then the schools wait for it
    further = ("See it as schools do", read) if first else ("Invite schools", invite)
    stale = _other_days(draft, texts.settings_now(partnership, viewer=who))
    form, deed = partial(PublishForm, row=draft, stale=bool(stale)), prospectus_actions.publish_prospectus
    return form_page(
        request, form, partial(deed, partnership=partnership),
        title="Preview", button=f"Publish version {draft.number}",
        done=lambda row: Done(f"Version {row.number} is published: its words and dates never change.", (further,)),
        next=invite if first else read, page="membership/preview_prospectus.html",
        draft=draft, newest=newest, changes=what_changed(newest.texts, draft.texts) if newest else [],
        other_days=stale, **told(request, draft, with_answers=True),
    )  # fmt: skip


def dates(request: Asked, slug: str) -> HttpResponse:
    """The dates of the sign-up, the term, and how many reminders."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    settings = texts.settings_now(partnership, viewer=who)
    now, days = dates_of(settings, partnership.started_on), school_days_of(partnership)
    closed = [
        f"{words}: {long_date(getattr(now, name))} is no school day ({days.why_closed(getattr(now, name))})."
        for name, words in DATE_WORDS.items()
        if name != "support_from" and not days.is_open(getattr(now, name))
    ]

    def done(saved: MembershipSettings) -> Done:
        """A published version keeps what it stated; words of the draft that name another day are worth a look."""
        words = "The dates are saved. A published prospectus keeps the dates it stated: publish it again to show the new ones."
        draft = texts.draft_of(partnership, viewer=who)
        if draft and (named := _other_days(draft, saved)):
            told_days = listed(list(dict.fromkeys(day for _, day in named)))
            words += f" The words of the draft name {told_days}, which is none of these dates: look at them."
        return Done(words, (("Write the prospectus", reverse("membership:edit_prospectus", args=[slug])),))

    return form_page(
        request, partial(DatesForm, now=settings, initial=asdict(now)), partial(office.change_dates, partnership=partnership),
        title="Dates of the sign-up", caption=partnership.name, back=_back(slug), button="Save the dates", done=done,
        lead="They hold from today on. “By” a day means before midnight at its end.",
        next=reverse("membership:dates", args=[slug]), page="membership/dates.html", closed=closed,
    )  # fmt: skip


def _other_days(draft: Prospectus, settings: MembershipSettings) -> list[tuple[str, str]]:
    return other_days(draft.texts, dates_of(settings, draft.partnership.started_on), settings.term_years)


def working_group(request: Asked, slug: str) -> HttpResponse:
    """The group of heads that precedes the board, with its sponsors."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    group = texts.working_group_of(partnership, viewer=who) or WorkingGroup(version=0)

    def deed(*, version: int, by: Standing, **fields: object) -> WorkingGroup:
        return office.record_working_group(partnership=partnership, version=version, fields=fields, by=by)

    prospectus = reverse("membership:prospectus", args=[slug])
    return form_page(
        request, partial(WorkingGroupForm, row=group), deed,
        title="The working group of heads", caption=partnership.name, back=_back(slug),
        lead="A group for a time: it writes the proposals on behalf of its sponsors and hands its papers to the board. It "
        "stands on the prospectus as who wrote it.",
        done=lambda row: Done(f"{row.name} is written down.", (("See it on the prospectus", prospectus),)),
        next=reverse("membership:working_group", args=[slug]),
    )  # fmt: skip
