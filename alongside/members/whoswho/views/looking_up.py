"""Looking up a colleague."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.people.permissions import may_list_people
from alongside.members.posts.queries import posts_to_choose
from alongside.members.schools.rules import phase_called
from alongside.members.whoswho import queries
from alongside.members.whoswho.permissions import may_look_up, may_name_clusters, may_write_circular
from alongside.members.whoswho.rules import Chosen

COLUMNS = (
    Column("name", "Name", alone=True),
    Column("post", "Post"),
    Column("place", "School", cell=lambda row: Text(row.place, under=row.because)),
    Column("phone", "Telephone", cell=lambda row: Text(row.phone, f"tel:{row.dial}") if row.phone else None),
    Column("email", "E-mail", cell=lambda row: Text(row.email, f"mailto:{row.email}") if row.email else None, classes="al-lines"),
)
SEPARATORS = {"outlook": "; ", "gmail": ", "}


def chosen_in(request: Asked) -> Chosen:
    """What the address says is looked for."""
    return Chosen(**{name: request.GET.get(name, "")[:120] for name in asdict(Chosen())})


def address(page: str, slug: str, chosen: Chosen) -> str:
    """A page about what is looked for."""
    said = {name: value for name, value in asdict(chosen).items() if value}
    return reverse(page, args=[slug]) + (f"?{urlencode(said)}" if said else "")


def onward(slug: str, chosen: Chosen) -> dict[str, Any]:
    """Where one goes on from a list of people."""
    return {name: address(f"whoswho:{page}", slug, chosen) for name, page in (
        ("searching", "whos_who"), ("addresses", "addresses"), ("saving", "save_list"), ("writing", "write"),
    )}  # fmt: skip


def whos_who(request: Asked, slug: str) -> HttpResponseBase:
    """One box: post, school, trust or name; who it is, and how to reach them; and the lists that were saved."""
    partnership, who, chosen = request.partnership, request.who, chosen_in(request)
    require(may_look_up(who, partnership.pk))
    everybody, clusters = queries.everybody_in(partnership, viewer=who), queries.clusters_of(partnership, viewer=who)
    invited = queries.invited_to(partnership, viewer=who)
    beside = [*invited, *queries.of_schools_asked(partnership, viewer=who)]
    if not any(asdict(chosen).values()):  # the whole list is of those who belong
        beside = [row for row in beside if not row.because]
    rows = queries.chosen_of([*everybody, *beside], chosen, clusters)
    found, asked = {row.person for row in rows}, {row.person for row in invited}
    filters: list[Any] = [
        ("post", "Post", [(one.code, one.name) for one in posts_to_choose(partnership, viewer=who)]),
        ("phase", "Phase", [(one, phase_called(one)) for one in sorted({row.phase for row in everybody if row.phase})]),
        ("trust", "Trust", [(one, one) for one in sorted({row.trust for row in everybody if row.trust})]),
        ("cluster", "Cluster", [(one.pk, one.name) for one in clusters if not one.ended_on]),
    ]
    lists = [
        (one, len(queries.chosen_of(everybody, one.chosen, clusters)), queries.cluster_gone_from(one.chosen, clusters))
        for one in queries.lists_of(partnership, viewer=who)
    ]
    return list_page(
        request, COLUMNS, rows, file=f"{slug}-whos-who", page="whoswho/whos_who.html", chosen=asdict(chosen),
        found=len(found), invited=len(found & asked),
        unsigned=len({row.person for row in rows if queries.NOT_SIGNED in row.because}),
        is_heard=any(row.person not in asked and queries.NOT_SIGNED not in row.because for row in rows),
        invites=may_list_people(who, partnership.pk), filters=filters, lists=lists,
        gone=queries.cluster_gone_from(chosen, clusters),
        here=reverse("whoswho:whos_who", args=[slug]), names=may_name_clusters(who, partnership.pk),
        writes=may_write_circular(who, partnership.pk), **onward(slug, chosen),
    )  # fmt: skip


def addresses(request: Asked, slug: str) -> HttpResponse:
    """The addresses of a list, to be copied into a mail program; and who has none."""
    partnership, who, chosen = request.partnership, request.who, chosen_in(request)
    require(may_look_up(who, partnership.pk))
    clusters = queries.clusters_of(partnership, viewer=who)
    rows = queries.chosen_of(queries.everybody_in(partnership, viewer=who), chosen, clusters)
    found, without = queries.addresses_of(rows)
    program = request.GET.get("for", "outlook")
    here, back = address("whoswho:addresses", slug, chosen), address("whoswho:whos_who", slug, chosen)
    mark = "&" if "?" in here else "?"
    pills = [
        (label, None, f"{here}{mark}for={key}", key == program) for key, label in (("outlook", "Outlook"), ("gmail", "Gmail"))
    ]
    text = SEPARATORS.get(program, "; ").join(found)
    context = {"text": text, "many": len(found), "without": without, "pills": pills, "list": back}
    return render(request, "whoswho/addresses.html", context)
