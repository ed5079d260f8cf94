"""Choosing schools from the register, inviting them, printing letters, associates."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.verdict import Conflict, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.pages import Done, press, say_and_go
from alongside.members.membership.actions import asking
from alongside.members.membership.forms.office import PHASES, FindForm, InviteSchoolsForm, read_addresses
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.queries import schools as schools_queries, texts
from alongside.members.schools.models import School
from alongside.members.schools.queries import schools as register


def _search(form: FindForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "la": data["la"],
        "words": data["words"].strip(),
        "postcode": data["postcode"].strip(),
        "km": int(data["km"] or 5),
        "phase": data["phase"],
    }


def schools(request: Asked, slug: str) -> HttpResponse:
    """Choose schools from the national register: ask them, or stop asking."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    chosen = texts.settings_now(partnership, viewer=who)
    own = [(partnership.la_code, partnership.area, 0)] if partnership.is_invented and partnership.la_code else []
    form = FindForm(request.GET or None, authorities=own or register.local_authorities(viewer=who))
    found, trusts = None, []
    if form.is_bound and form.is_valid():
        search, trust = _search(form), request.GET.get("trust_uid", "")
        if form.cleaned_data["trust"] and not (search["la"] or search["words"] or search["postcode"]):
            trusts = register.trusts_matching(form.cleaned_data["trust"], viewer=who, invented=partnership.is_invented)
        search["trust"] = int(trust) if trust.isascii() and trust.isdigit() and len(trust) < 9 else None
        found = schools_queries.found_schools(partnership, **search, viewer=who)
        if request.method == "POST":
            return _choose(request, search, chosen.has_prospectus)
    return render(
        request,
        "membership/schools.html",
        {
            "form": form,
            "found": found,
            "trusts": trusts,
            "settings": chosen,
            "query": request.GET.urlencode(),
            "shown": schools_queries.SHOWN,
            "phases": _phases(request),
        },
    )


def _phases(request: Asked) -> list[tuple[str, None, str, bool]]:
    """The phases to narrow what was found, as pills."""
    here, pills = request.GET.get("phase", ""), []
    for key, words in PHASES:
        asked = request.GET.copy()
        asked["phase"] = key
        pills.append((words, None, f"?{asked.urlencode()}", key == here))
    return pills


def _choose(request: Asked, search: dict[str, Any], by_signature: bool) -> HttpResponse:
    """Ask all that were found, or the ticked ones; or stop asking the ticked ones: three buttons beside a search."""
    partnership, who, deed = request.partnership, request.who, request.POST.get("deed", "")
    here = f"{request.path}?{request.GET.urlencode()}"
    if deed == "all":
        chosen = schools_queries.matching_schools(partnership, **search, viewer=who) or []
    else:
        ticked = [key for key in request.POST.getlist("school")[:1000] if keys.is_key(key)]
        chosen = list(School.objects.filter(pk__in=ticked, current__is_invented=partnership.is_invented))
    if not chosen:
        messages.info(request, "Tick at least one school first.")
        return redirect(here)
    if deed == "stop":
        gone = asking.stop_asking(partnership=partnership, schools=chosen, by=who)
        return say_and_go(
            request, gone, f"{plural(gone, 'school is', 'schools are')} no longer asked. Members stay members.", here
        )
    if by_signature:
        new = asking.ask_schools(partnership=partnership, schools=chosen, by=who)
        invite_them = ("Invite them", reverse("membership:invite", args=[partnership.slug]))
        words = f"{_who_is(new)} on your list of schools to invite. Nothing has been sent yet."
        return say_and_go(request, new, Done(words, (invite_them,)), here)
    added = asking.add_members(partnership=partnership, schools=chosen, by=who)
    return say_and_go(request, added, f"{plural(added, 'school is a member', 'schools are members')} now.", here)


def _who_is(schools: list[School]) -> str:
    return f"{schools[0].name} is" if len(schools) == 1 else plural(len(schools), "school is", "schools are")


def invite(request: Asked, slug: str) -> HttpResponse:
    """Invite by pasted addresses: first a preview with every bad line, then the sending of what was looked at."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    prospectus = texts.prospectus_of(partnership, viewer=who)
    waiting = schools_queries.to_invite(partnership, viewer=who)
    asked = request.GET.get("urn", "")
    form, plan = (
        InviteSchoolsForm(
            request.POST or None, initial={"lines": "".join(f"{row[1]}, {row[3]}" for row in waiting if str(row[1]) == asked)}
        ),
        None,
    )
    if request.method == "POST" and form.is_valid():
        plan = _plan(form.cleaned_data["lines"], waiting)
        if request.POST.get("deed") == "send" and plan["good"] and prospectus:
            tokens = asking.invite_schools(
                partnership=partnership,
                addresses={row[0]: row[3] for row in plan["good"]},
                names={row[0]: row[4] for row in plan["good"]},
                by=who,
            )
            sent = ("See the messages", f"{reverse('notices:list', args=[slug])}?kind=membership.invitation")
            words = f"{plural(len(tokens), 'invitation is', 'invitations are')} on the way."
            return say_and_go(request, tokens, Done(words, (sent,)), reverse("membership:overview", args=[slug]))
    return render(
        request,
        "membership/invite.html",
        {
            "form": form,
            "plan": plan,
            "prospectus": prospectus,
            "waiting": waiting,
            "uninvited": [row for row in waiting if row[4] is None],
            "good_rows": [(name, email, person) for _, _, name, email, person in plan["good"]] if plan else [],
        },
    )


def _plan(text: str, waiting: list[tuple[Any, ...]]) -> dict[str, Any]:
    """What pasted lines would do: (school, URN, name, address, person) for each good one, and the bad ones."""
    known = {urn: (key, name) for key, urn, name, *_ in waiting}
    lines, bad = read_addresses(text)
    good = []
    for number, urn, email, name in lines:
        if urn in known:
            good.append((known[urn][0], urn, known[urn][1], email, name))
        else:
            bad.append((number, f"{urn}, {email}", "This school is not asked to join, or has answered already: choose it first"))
    return {"good": good, "bad": sorted(bad)}


def letters(request: Asked, slug: str) -> HttpResponse:
    """Letters with a code, for schools that no e-mail reaches. Printing makes new codes, shown once and kept nowhere."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    due = schools_queries.letters_due(partnership, viewer=who)
    prospectus = texts.prospectus_of(partnership, viewer=who)
    if request.method == "POST" and prospectus:
        wanted = set(request.POST.getlist("school"))
        chosen = list(School.objects.filter(pk__in=[row[0] for row in due if row[0] in wanted]))
        if chosen:
            made = asking.make_letters(partnership=partnership, schools=chosen, by=who)
            dates, address = (
                texts.dates_in_force(partnership, viewer=who),
                settings.ADDRESS.split("//")[-1] + reverse("people:code"),
            )
            return render(request, "membership/letters_made.html", {"letters": made, "dates": dates, "letter_address": address})
        messages.info(request, "Tick at least one school first.")
    return render(request, "membership/letters.html", {"due": due, "prospectus": prospectus})


def associates(request: Asked, slug: str) -> HttpResponse:
    """Schools that sit with the partnership without signing."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    words = request.GET.get("words", "").strip()[:100]
    found = register.find_schools(words, viewer=who, limit=20, invented=partnership.is_invented) if words else []
    return render(
        request,
        "membership/associates.html",
        {"rows": schools_queries.associates_of(partnership, viewer=who), "found": found, "words": words},
    )


def associate(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Make a school an associate."""
    school = register.school_with_urn(urn, viewer=request.who)
    if school is None or school.current.is_invented != request.partnership.is_invented:
        raise Conflict("There is no school with this URN in the register.")
    return press(
        request, partial(asking.add_associate, partnership=request.partnership, school=school),
        done=lambda row: f"{row.school.name} is an associate now.", next=reverse("membership:associates", args=[slug]),
    )  # fmt: skip
