"""The directory's pages: the list, the map, a trust, and mergers that wait for a decision."""

from collections import Counter
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web import pictures
from alongside.ground.web.asked import Asked, found
from alongside.ground.web.sheets import list_sheet
from alongside.ground.web.tables import Column, table
from alongside.members.schools import rules
from alongside.members.schools.actions.successions import decide_succession
from alongside.members.schools.permissions import may_decide_succession
from alongside.members.schools.queries import facts, lists
from alongside.members.schools.queries.lists import Wanted


def _phase(row: Any) -> Text:
    stated = row.phase if row.phase != "Not applicable" else ""
    return Text(stated or row.type, under=row.type if stated else "")


COLUMNS = (
    Column("name", "School", ("name",)),  # drawn by the page
    Column("phase", "Phase and type", cell=_phase),
    Column("authority", "Local authority", ("la_name", "name"), cell=lambda row: Text(row.la_name, under=row.trust_name)),
    Column("place", "Where", ("town", "name"), cell=lambda row: Text(row.town, under=row.postcode)),
    Column("pupils", "Pupils", ("-pupils", "name"), numeric=True),
)
BY_NEARNESS = (Column("name", "School", ("rank", "name")), *COLUMNS[1:])  # too slow for words that half the register has
AUTHORITY = Column("authority", "Local authority", ("la_name", "name"), cell=lambda row: row.la_name)
URN = Column("urn", "URN", cell=lambda row: str(row.urn))
OF_TRUST = (*COLUMNS[:2], AUTHORITY, COLUMNS[-1])
MOST_TRUSTS = 3
FIELDS = (
    "urn",
    "name",
    "phase",
    "type",
    "la_name",
    "town",
    "postcode",
    "pupils",
    "status",
    "trust_uid",
    "trust_name",
    "is_open",
    "closed_on",
)


def search(request: Asked) -> HttpResponse:
    """Every school of the register, found by words and narrowed by filters."""
    wanted, who = _wanted(request.GET), request.who
    wide = lists.directory(wanted, viewer=who)
    authorities = lists.authorities(viewer=who, invented=wanted.invented)
    columns, chosen = BY_NEARNESS if wide.asked.groups and wide.count is None else COLUMNS, _chosen(wanted)
    listed = table(request.GET, wide.rows, columns, fields=FIELDS, sort="name", chosen=chosen, count=wide.count)
    beyond = (wide.count or 0) > lists.MOST_COUNTED
    return render(
        request,
        "schools/search.html",
        {
            "wanted": wanted,
            "table": listed,
            "authority_items": authorities,
            "phase_items": [(one, rules.phase_called(one)) for one in lists.PHASES],
            "state_items": list(lists.STATES.items()),
            "family_items": [(one.key, one.label) for one in rules.FAMILIES],
            "guessed": wide.asked.words if wide.asked.guessed else "",
            "is_partly": wide.asked.is_partly,
            "trusts": rules.trusts_called(wide.asked.words, listed.rows)[:MOST_TRUSTS],
            "counted": f"More than {lists.MOST_COUNTED:,} schools" if beyond else plural(listed.count, "school"),
            "area": next((name for code, name in authorities if code == wanted.la), ""),
            "as_of": lists.register_date(viewer=who),
            "map_address": f"{reverse('schools:map')}?{urlencode(chosen)}" if wanted.la and wanted.state == "open" else "",
        },
    )


def map(request: Asked) -> HttpResponse:
    """The open schools of a local authority or a trust on a map, with the table of the same."""
    wanted, who = _wanted(request.GET), request.who
    authorities = lists.authorities(viewer=who, invented=wanted.invented)
    area = next((name for code, name in authorities if code == wanted.la), "")
    group = facts.trust_with(wanted.trust, viewer=who) if wanted.trust else None
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


def trust(request: Asked, uid: int) -> HttpResponseBase:
    """A trust: what the register says of it, its schools (as a file too), and where they are."""
    group = found(facts.trust_with(uid, viewer=request.who))
    wanted = Wanted(trust=uid, state="open", invented=group.is_invented)
    rows = lists.directory(wanted, viewer=request.who).rows
    if "as" in request.GET:
        every = rows.order_by("name", "pk").values_list(*FIELDS, named=True)
        return list_sheet(request, f"schools-of-trust-{uid}", (URN, *OF_TRUST), every)
    listed, drawn = table(request.GET, rows, OF_TRUST, fields=FIELDS, sort="name"), _spots(wanted, request)
    small = pictures.map_of(drawn, width=420, height=420)
    if len(drawn) < 6:
        small = replace(small, outline="")  # round a few schools it would be a splinter
    return render(request, "schools/trust.html", {"group": group, "table": listed, "map": small, "key": _key(drawn)})


def successions(request: Asked) -> HttpResponse:
    """Mergers and splits that wait for somebody to say whether a school goes on."""
    who = request.who
    waiting = facts.waiting_successions(viewer=who)
    if request.method != "POST":
        rows = [(one, may_decide_succession(who, one.homes), bool(one.homes - who.offices)) for one in waiting]
        return render(request, "schools/successions.html", {"waiting": rows})
    require(may_decide_succession(who, frozenset[str]().union(*(one.homes for one in waiting))))
    key, outcome = request.POST.get("succession", ""), request.POST.get("outcome", "")
    if key in {one.key for one in waiting} and outcome in {rules.SuccessionOutcome.SAME, rules.SuccessionOutcome.SEPARATE}:
        agreed = request.POST.get("agreed") == "on"
        decide_succession(succession=key, outcome=rules.SuccessionOutcome(outcome), agreed=agreed, by=who)
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
        phase=phase if phase in lists.PHASES else "",
        family=family if family in {one.key for one in rules.FAMILIES} else "",
        state=state if state in lists.STATES else "open",
        trust=int(uid) if uid.isascii() and uid.isdigit() and len(uid) < 9 else None,
        invented=asked.get("invented") == "1",
    )


def _chosen(wanted: Wanted) -> dict[str, str]:
    chosen = asdict(wanted) | {
        "state": wanted.state if wanted.state != "open" else "",
        "invented": "1" if wanted.invented else "",
    }
    return {name: str(value) for name, value in chosen.items() if value}


def _spots(wanted: Wanted, request: Asked) -> list[pictures.Spot]:
    rows = lists.directory(wanted, viewer=request.who).rows
    return lists.spots(rows, lambda urn: reverse("home:school", args=[urn]), viewer=request.who)


def _key(drawn: list[pictures.Spot]) -> list[tuple[str, str]]:
    """(tone, words) of the constituencies on a map, with their numbers, largest first."""
    labels = {tone: part.label for part, tone in lists.TONES.items()}
    counts = Counter(spot.tone for spot in drawn)
    return [(tone, f"{labels[tone]} {count:,}") for tone, count in counts.most_common()]
