"""The directory's pages: the list, the map, a trust, and mergers that wait for a decision."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web import pictures
from alongside.ground.web.asked import Asked
from alongside.ground.web.tables import Column, table
from alongside.members.schools import actions, queries, rules
from alongside.members.schools.permissions import may_decide_succession
from alongside.members.schools.queries import Wanted

COLUMNS = (
    Column("name", "School", ("name",)),
    Column("phase", "Phase and type"),
    Column("authority", "Local authority", ("la_name", "name")),
    Column("place", "Where", ("town", "name")),
    Column("pupils", "Pupils", ("-pupils", "name"), numeric=True),
)
BY_NEARNESS = (Column("name", "School", ("rank", "name")), *COLUMNS[1:])  # too slow for words that half the register has
OF_TRUST = tuple(column for column in COLUMNS if column.key != "place")
FIELDS = ("urn", "name", "phase", "type", "la_name", "town", "postcode", "pupils", "status", "trust_name", "is_open")


def search(request: Asked) -> HttpResponse:
    """Every school of the register, found by words and narrowed by filters."""
    wanted, who = _wanted(request.GET), request.who
    found = queries.directory(wanted, viewer=who)
    authorities = queries.authorities(viewer=who, invented=wanted.invented)
    columns = BY_NEARNESS if wanted.q and found.count is None else COLUMNS
    listed = table(request.GET, found.rows, columns, fields=FIELDS, sort="name", chosen=_chosen(wanted), count=found.count)
    return render(
        request,
        "schools/search.html",
        {
            "wanted": wanted,
            "table": listed,
            "authority_items": authorities,
            "phase_items": [(one, one) for one in queries.PHASES],
            "state_items": list(queries.STATES.items()),
            "family_items": [(one.key, one.label) for one in rules.FAMILIES],
            "guessed": found.asked.words if found.asked.guessed else "",
            "counted": f"More than {queries.MOST_COUNTED:,} schools"
            if (found.count or 0) > queries.MOST_COUNTED
            else plural(listed.count, "school"),
            "area": next((name for code, name in authorities if code == wanted.la), ""),
            "as_of": queries.register_date(viewer=who),
            "map_address": f"{reverse('schools:map')}?{urlencode(_chosen(wanted))}"
            if wanted.la and wanted.state == "open"
            else "",
        },
    )


def map(request: Asked) -> HttpResponse:
    """The open schools of a local authority or a trust on a map, with the table of the same."""
    wanted, who = _wanted(request.GET), request.who
    authorities = queries.authorities(viewer=who, invented=wanted.invented)
    area = next((name for code, name in authorities if code == wanted.la), "")
    group = queries.trust_with(wanted.trust, viewer=who) if wanted.trust else None
    drawn = _spots(replace(wanted, state="open"), request) if area or group else []
    return render(
        request,
        "schools/map.html",
        {
            "map": pictures.map_of(drawn, width=760, height=560),
            "count": len(drawn),
            "area": area or (group.name if group else ""),
            "key": _key(drawn),
            "authority_items": authorities,
            "wanted": wanted,
        },
    )


def trust(request: Asked, uid: int) -> HttpResponse:
    """A trust: what the register says of it, its schools, and where they are."""
    group = queries.trust_with(uid, viewer=request.who)
    if group is None:
        raise Http404
    wanted = Wanted(trust=uid, state="open", invented=group.is_invented)
    rows = queries.directory(wanted, viewer=request.who).rows
    listed = table(request.GET, rows, OF_TRUST, fields=FIELDS, sort="name")
    drawn = _spots(wanted, request)
    return render(
        request,
        "schools/trust.html",
        {"group": group, "table": listed, "map": _small_map(drawn), "key": _key(drawn)},
    )


def successions(request: Asked) -> HttpResponse:
    """Mergers and splits that wait for somebody to say whether a school goes on."""
    who = request.who
    waiting = queries.waiting_successions(viewer=who)
    verdict = may_decide_succession(who, bool(waiting))
    if request.method != "POST":
        return render(request, "schools/successions.html", {"waiting": waiting, "verdict": verdict})
    require(verdict)
    key, outcome = request.POST.get("succession", ""), request.POST.get("outcome", "")
    if key in {one.key for one in waiting} and outcome in {rules.SuccessionOutcome.SAME, rules.SuccessionOutcome.SEPARATE}:
        actions.decide_succession(succession=key, outcome=rules.SuccessionOutcome(outcome), by=who)
        messages.success(request, "Decided. Memberships, roles and history stay with the school that goes on.")
    else:
        messages.info(request, "That one does not wait any more. These do.")
    return redirect("schools:successions")


def _wanted(asked: QueryDict) -> Wanted:
    la, phase, family, state = (asked.get(name, "") for name in ("la", "phase", "family", "state"))
    uid = asked.get("trust", "")
    return Wanted(
        q=asked.get("q", "").replace("\x00", "").strip()[:120],
        la=la if la.isascii() and la.isalnum() and len(la) == 3 else "",
        phase=phase if phase in queries.PHASES else "",
        family=family if family in {one.key for one in rules.FAMILIES} else "",
        state=state if state in queries.STATES else "open",
        trust=int(uid) if uid.isascii() and uid.isdigit() and len(uid) < 9 else None,
        invented=asked.get("invented") == "1",
    )


def _chosen(wanted: Wanted) -> dict[str, str]:
    chosen = {"q": wanted.q, "la": wanted.la, "phase": wanted.phase, "family": wanted.family, "trust": str(wanted.trust or "")}
    if wanted.state != "open":
        chosen["state"] = wanted.state
    if wanted.invented:
        chosen["invented"] = "1"
    return {name: value for name, value in chosen.items() if value}


def _spots(wanted: Wanted, request: Asked) -> list[pictures.Spot]:
    rows = queries.directory(wanted, viewer=request.who).rows
    return queries.spots(rows, lambda urn: reverse("home:school", args=[urn]), viewer=request.who)


def _small_map(drawn: list[pictures.Spot]) -> pictures.Map:
    """A map beside a list; round a few schools an outline would be a splinter."""
    small = pictures.map_of(drawn, width=420, height=420)
    return small if len(drawn) > 5 else replace(small, outline="")


def _key(drawn: list[pictures.Spot]) -> list[tuple[str, str]]:
    """(tone, words) of the constituencies on a map, with their numbers, largest first."""
    counts: dict[str, int] = {}
    for spot in drawn:
        counts[spot.tone] = counts.get(spot.tone, 0) + 1
    labels: dict[Any, str] = {tone: part.label for part, tone in queries.TONES.items()}
    return [(tone, f"{labels[tone]} {count:,}") for tone, count in sorted(counts.items(), key=lambda one: -one[1])]
