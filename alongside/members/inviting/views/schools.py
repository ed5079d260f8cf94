"""Choosing schools from the register, inviting them, printing letters, associates."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.cells import Tag, Text
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked
from alongside.ground.web.mail import written
from alongside.ground.web.pages import Done, on_its_way, press, say_and_go, seen_on
from alongside.ground.web.tables import Column, listed
from alongside.members.inviting import queries
from alongside.members.inviting.forms import PHASES, FindForm, InviteSchoolsForm, LettersForm
from alongside.members.inviting.queries import FoundSchool
from alongside.members.inviting.rules import AddressLine, read_addresses, shown_letters, typed_addresses
from alongside.members.membership.actions import asking
from alongside.members.membership.permissions import may_run_signup
from alongside.members.membership.queries import texts
from alongside.members.membership.queries.invitations import InvitationWords, words_of_invitations
from alongside.members.membership.rules.answers import TO_INVITE
from alongside.members.membership.rules.dates import is_open
from alongside.members.membership.rules.invitations import OPENING, opening_of
from alongside.members.partnerships.rules import Belonging
from alongside.members.schools.models import School
from alongside.members.schools.queries import schools as register


def _tag(row: FoundSchool) -> Tag | None:
    tone = "blue" if row.belongs is Belonging.ASKED else "green"
    return Tag(row.belongs.value.capitalize(), tone) if row.belongs else None


FOUND = (
    Column("choose", "Choose", alone=True),
    Column("name", "School", alone=True),
    Column("trust", "Trust"),
    Column("pupils", "Pupils", numeric=True),
    Column("belongs", "On your list", cell=_tag),
)
WRITE_TO = (
    Column("school", "School", alone=True, cell=lambda line: Text(line.school.name, under=str(line.school.urn))),
    Column("email", "E-mail", alone=True),
    Column("name", "Whom to greet (optional)", alone=True),
)
READY = (Column("school", "School", cell=lambda line: line.school.name), Column("email", "Goes to"), Column("name", "Name"))


def schools(request: Asked, slug: str) -> HttpResponse:
    """Choose schools from the national register: ask them, or stop asking."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    chosen = texts.settings_now(partnership, viewer=who)
    own = [(partnership.la_code, partnership.area, 0)] if partnership.is_invented and partnership.la_code else []
    form = FindForm(request.GET or None, authorities=own or register.local_authorities(viewer=who))
    matching, trusts = None, []
    if form.is_bound and form.is_valid():
        search, uid = form.cleaned_data, request.GET.get("trust_uid", "")
        if search["trust"] and not (search["la"] or search["words"] or search["postcode"]):
            trusts = register.trusts_matching(search["trust"], viewer=who, invented=partnership.is_invented)
        search["trust"] = int(uid) if uid.isascii() and uid.isdigit() and len(uid) < 9 else None
        matching = queries.matching_schools(partnership, search, viewer=who)
        if request.method == "POST":
            return _choose(request, matching.schools if matching else [], chosen.has_prospectus)
    found = queries.found_schools(partnership, matching.schools, viewer=who) if matching else None
    shown = {
        "form": form,
        "found": found,
        "matching": matching,
        "table": listed(FOUND, found.rows if found else []),
        "trusts": trusts,
        "settings": chosen,
        "query": request.GET.urlencode(),
        "phases": _phases(request),
        "closed": queries.closed_on_list(partnership, viewer=who),
    }
    return render(request, "inviting/schools.html", shown)


def _phases(request: Asked) -> list[tuple[str, None, str, bool]]:
    """The phases to narrow what was found, as pills."""
    here, pills = request.GET.get("phase", ""), []
    for key, words in PHASES:
        asked = request.GET.copy()
        asked["phase"] = key
        pills.append((words, None, f"?{asked.urlencode()}", key == here))
    return pills


def _choose(request: Asked, found: list[School], by_signature: bool) -> HttpResponse:
    """Ask all that were found, or the ticked ones; or stop asking the ticked ones: three buttons beside a search."""
    partnership, who, deed = request.partnership, request.who, request.POST.get("deed", "")
    here = f"{request.path}?{request.GET.urlencode()}"
    ticked = [key for key in request.POST.getlist("school")[:1000] if keys.is_key(key)]
    chosen = found if deed == "all" else [*School.objects.filter(pk__in=ticked, current__is_invented=partnership.is_invented)]
    if deed != "stop":
        chosen = [one for one in chosen if one.is_open]
    if not chosen:
        messages.info(request, "Tick at least one school first.")
        return redirect(here)
    if deed == "stop":
        gone = asking.stop_asking(partnership=partnership, schools=chosen, by=who)
        words = f"{plural(gone, 'school is', 'schools are')} no longer asked. Members stay members."
        return say_and_go(request, gone, words, here)
    if by_signature:
        new = asking.ask_schools(partnership=partnership, schools=chosen, by=who)
        invite_them = ("Invite them", reverse("inviting:invite", args=[partnership.slug]))
        who_is = f"{new[0].name} is" if len(new) == 1 else plural(len(new), "school is", "schools are")
        words = f"{who_is} on your list of schools to invite. Nothing has been sent yet."
        return say_and_go(request, new, Done(words, (invite_them,)), here)
    added = asking.add_members(partnership=partnership, schools=chosen, by=who)
    return say_and_go(request, added, f"{plural(added, 'school is a member', 'schools are members')} now.", here)


def invite(request: Asked, slug: str) -> HttpResponse:
    """Invite row by row, or by pasted lines: a preview with all that will not do, then the sending of what was looked at."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    waiting = {row.urn: row for row in queries.to_invite(partnership, viewer=who)}
    form = InviteSchoolsForm(request.POST or None)
    mailed, said = words_of_invitations(partnership, viewer=who), {}
    prospectus = mailed.text
    closed = queries.closed_on_list(partnership, viewer=who)
    lines: list[AddressLine] = []
    if request.method == "POST" and form.is_valid():
        told = {one.school.urn: one.words for one in closed}
        pasted, said = read_addresses(form.cleaned_data.pop("lines"), waiting, told), form.cleaned_data
        lines = [*typed_addresses(request.POST, waiting, besides=pasted), *pasted]
        if not lines:
            form.add_error(None, "Enter the e-mail address of at least one school")
    good = [one for one in lines if not one.remedy]
    tokens: dict[str, str] | None = None
    addresses, names = ({one.school.school_id: getattr(one, name) for one in good} for name in ("email", "name"))
    if request.POST.get("deed") == "send" and good and prospectus:
        going = {"addresses": addresses, "names": names, **said, "seen": seen_on(request)}
        try:
            tokens = asking.invite_schools(partnership=partnership, **going, by=who)
        except Invalid as problem:
            form.refuse(problem)
    if tokens is not None:
        sent = ("See the messages", f"{reverse('notices:list', args=[slug])}?kind=membership.invitation")
        words = f"{plural(len(tokens), 'invitation is', 'invitations are')} {on_its_way(among='the')}."
        return say_and_go(request, tokens, Done(words, (sent,)), reverse("membership:overview", args=[slug]))
    shown = {
        "form": form,
        "bad": [one for one in lines if one.remedy],
        "ready": listed(READY, good if not form.errors else []),
        "mail": _as_mailed(mailed, said, good) if good and not form.errors else None,
        "seen": mailed.shown(addresses, names, **said) if good and not form.errors else "",
        "prospectus": prospectus,
        "waiting": waiting,
        "closed": closed,
        "contact": mailed.same["contact"],
        "uninvited": [row for row in waiting.values() if row.stand == TO_INVITE],
        "rows": listed(WRITE_TO, _rows(waiting, lines, request.GET.get("urn", ""))),
        "looked_at": "\n".join(f"{one.school.urn}, {one.email}, {one.name}" for one in good),
    }
    return render(request, "inviting/invite.html", shown)


def _rows(waiting: Mapping[int, Any], lines: list[AddressLine], wanted: str) -> list[AddressLine]:
    """The schools to write to, each with what was typed for it: those not invited yet, the one that was asked for by its URN, and
    those that were typed; as many as one page holds."""
    typed = {one.school.urn: one for one in lines if one.school}
    again = {row.urn: AddressLine(0, "", row, row.email) for row in waiting.values() if str(row.urn) == wanted}
    found = again | {urn: AddressLine(0, "", row) for urn, row in waiting.items() if row.stand == TO_INVITE} | typed
    return [*found.values()][: queries.SHOWN]


def _as_mailed(words: InvitationWords, said: dict[str, str], good: list[AddressLine]) -> dict[str, Any]:
    """The whole mail as the first of those gets it, with the schools that share its address."""
    first = good[0]
    schools = sorted(one.school.name for one in good if one.email == first.email)
    filled = words.of(said["subject"], said["opening"], schools, first.name)
    subject, body = written("membership/invitation.txt", {**filled, "link": "(the school’s own link)"})
    return {"to": first.email, "subject": subject, "body": body}


def letters(request: Asked, slug: str) -> HttpResponse:
    """Letters with a code, for schools that no e-mail reaches. Printing makes new codes, shown once and kept nowhere."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    also = request.GET.get("urn", "")
    due = queries.letters_due(partnership, also, viewer=who)
    prospectus = texts.prospectus_of(partnership, viewer=who)
    form, seen = LettersForm(request.POST or None), shown_letters([(row.name, row.urn, row.letter_at) for row in due])
    if request.method == "POST" and prospectus and form.is_valid():
        seen.agree(seen_on(request), "No letter was made.")
        wanted = set(request.POST.getlist("school"))
        chosen = list(School.objects.filter(pk__in=[row.school_id for row in due if row.school_id in wanted]))
        if chosen:
            made = asking.make_letters(partnership=partnership, schools=chosen, by=who)
            dates, address = texts.dates_in_force(partnership, viewer=who), settings.ADDRESS.split("//")[-1]
            still = is_open(clock.today(), dates.sign_by, texts.frozen_on(partnership, viewer=who))
            opening = form.cleaned_data["opening"] or OPENING
            letters = [(one, code, opening_of("", opening, partnership.name, dates.sign_by, [one.name])[1]) for one, code in made]
            shown = {"letters": letters, "dates": dates, "is_open": still, "letter_address": address + reverse("people:code")}
            shown["fee"] = words_of_invitations(partnership, viewer=who).same["fee"]
            return render(request, "inviting/letters_made.html", shown)
        messages.info(request, "Tick at least one school first.")
    return render(
        request, "inviting/letters.html", {"due": due, "prospectus": prospectus, "form": form, "wanted": also, "seen": seen}
    )


def associates(request: Asked, slug: str) -> HttpResponse:
    """Schools that sit with the partnership without signing."""
    partnership, who = request.partnership, request.who
    require(may_run_signup(who, partnership.pk))
    words = request.GET.get("words", "").strip()[:100]
    found = register.find_schools(words, viewer=who, limit=20, invented=partnership.is_invented) if words else []
    shown = {
        "rows": queries.associates_of(partnership, viewer=who),
        "found": [one for one in found if one.is_open],
        "closed": register.told_not_open(found, viewer=who) if not any(one.is_open for one in found) else [],
        "words": words,
    }
    return render(request, "inviting/associates.html", shown)


def associate(request: Asked, slug: str, urn: int) -> HttpResponse:
    """Make a school an associate."""
    school = register.school_with_urn(urn, viewer=request.who)
    if school is None or school.current.is_invented != request.partnership.is_invented:
        raise Conflict("There is no school with this URN in the register.")
    return press(
        request, partial(asking.add_associate, partnership=request.partnership, school=school),
        done=lambda row: f"{row.school.name} is an associate now.", next=reverse("inviting:associates", args=[slug]),
    )  # fmt: skip
