"""Writing the prospectus, the dates and the working group."""

from dataclasses import asdict, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import day_month, listed, long_date
from alongside.ground.web.asked import Asked
from alongside.members.calendar.queries import school_days_of
from alongside.members.membership import actions, queries
from alongside.members.membership.forms import DatesForm, ProspectusForm, WorkingGroupForm
from alongside.members.membership.models import Prospectus
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.rules.dates import DATE_WORDS, MembershipSettings, dates_of
from alongside.members.membership.rules.text import other_days, what_changed
from alongside.members.membership.views.public import told
from alongside.members.partnerships.rules import mark_of


def edit_prospectus(request: Asked, slug: str) -> HttpResponse:
    """Write the prospectus: save the draft, look at it, publish it."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    if request.method == "POST" and request.POST.get("deed") == "start":
        actions.start_draft(partnership=partnership, by=who)
        return redirect("membership:edit_prospectus", slug=slug)
    draft, newest = queries.draft_of(partnership, viewer=who), queries.prospectus_of(partnership, viewer=who)
    versions = queries.versions_of(partnership, viewer=who)
    visits = queries.visits_of(partnership, viewer=who)
    shown: dict[str, object] = {
        "draft": draft,
        "newest": newest,
        "versions": versions,
        "visits": visits[0],
        "visit_rows": [(day_month(day), count) for day, count in visits[1]],
    }
    if draft is None:
        return render(request, "membership/edit_prospectus.html", {**shown, "form": None})
    shown["other_days"] = _other_days(draft, queries.settings_now(partnership, viewer=who))
    form = ProspectusForm(request.POST or None, initial={**draft.texts, "version": draft.version})
    if request.method == "POST" and form.is_valid():
        texts = dict(form.cleaned_data)
        actions.edit_prospectus(draft=draft, version=texts.pop("version"), texts=texts, by=who)
        if request.POST.get("deed") == "preview":
            return redirect("membership:preview_prospectus", slug=slug)
        messages.success(request, "The draft is saved.")
        return redirect("membership:edit_prospectus", slug=slug)
    return render(request, "membership/edit_prospectus.html", {**shown, "form": form})


def preview_prospectus(request: Asked, slug: str) -> HttpResponse:
    """The draft as schools would see it, what changed since the last version, and the button that publishes."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    draft, newest = queries.draft_of(partnership, viewer=who), queries.prospectus_of(partnership, viewer=who)
    if draft is None:
        return redirect("membership:edit_prospectus", slug=slug)
    problems: dict[str, str] = {}
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            published = actions.publish_prospectus(
                partnership=partnership,
                version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None,
                by=who,
            )
        except Invalid as problem:
            problems = problem.problems
        else:
            messages.success(request, f"Version {published.number} is published.")
            return redirect("membership:prospectus", slug=slug)
    shown = told(draft, queries.dates_in_force(partnership, viewer=who), queries.published_questions(partnership, viewer=who))
    changes = what_changed(newest.texts, draft.texts) if newest else []
    return render(
        request,
        "membership/preview_prospectus.html",
        {
            **shown,
            "draft": draft,
            "newest": newest,
            "changes": changes,
            "problems": problems,
            "other_days": _other_days(draft, queries.settings_now(partnership, viewer=who)),
        },
        status=400 if problems else 200,
    )


def dates(request: Asked, slug: str) -> HttpResponse:
    """The dates of the sign-up, the term, and how many reminders."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    settings = queries.settings_now(partnership, viewer=who)
    now = dates_of(settings, partnership.started_on)
    form = DatesForm(request.POST or None, initial={**asdict(settings), **asdict(now), "version": mark_of(settings)})
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            actions.change_dates(partnership=partnership, settings=_changed(settings, form), version=version, by=who)
        except Invalid as problem:
            form.refuse(problem)
        else:
            messages.success(
                request,
                "The dates are saved. A published prospectus keeps the dates it stated: publish it again to show the new ones.",
            )
            draft = queries.draft_of(partnership, viewer=who)
            if draft and (named := _other_days(draft, queries.settings_now(partnership, viewer=who))):
                told_days = listed(list(dict.fromkeys(day for _, day in named)))
                messages.warning(request, f"The words of the draft name {told_days}, which is none of these dates: look at them.")
            return redirect("membership:dates", slug=slug)
    days = school_days_of(partnership)
    closed = [
        f"{words}: {long_date(getattr(now, name))} is no school day ({days.why_closed(getattr(now, name))})."
        for name, words in DATE_WORDS.items()
        if name != "support_from" and not days.is_open(getattr(now, name))
    ]
    return render(request, "membership/dates.html", {"form": form, "closed": closed, "dates": now})


def _other_days(draft: Prospectus, settings: MembershipSettings) -> list[tuple[str, str]]:
    return other_days(draft.texts, dates_of(settings, draft.partnership.started_on), settings.term_years)


def _changed(settings: MembershipSettings, form: DatesForm) -> MembershipSettings:
    return replace(settings, **{name: value for name, value in form.cleaned_data.items() if name != "version"})


def working_group(request: Asked, slug: str) -> HttpResponse:
    """The group of heads that precedes the board, with its sponsors."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    group = queries.working_group_of(partnership, viewer=who)
    names = ("name", "sponsors", "members", "from_on", "until_on", "hands_over")
    initial = {name: getattr(group, name) for name in (*names, "version")} if group else {}
    form = WorkingGroupForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        actions.record_working_group(partnership=partnership, version=fields.pop("version"), fields=fields, by=who)
        messages.success(request, "The working group is written down. It stands on the prospectus.")
        return redirect("membership:working_group", slug=slug)
    return render(request, "membership/working_group.html", {"form": form, "group": group})
