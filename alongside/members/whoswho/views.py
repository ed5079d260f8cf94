"""Looking up a colleague; lists and clusters."""

from dataclasses import asdict
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import plural
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.partnerships.queries import belonging, phases_of
from alongside.members.posts.queries import posts_to_choose
from alongside.members.whoswho import actions, queries
from alongside.members.whoswho.forms import ClusterForm, NewClusterForm, SaveListForm
from alongside.members.whoswho.models import Cluster, SavedList
from alongside.members.whoswho.permissions import may_look_up, may_name_clusters
from alongside.members.whoswho.queries import Chosen

SHOWN = 100
COLUMNS = (
    Column("name", "Name", alone=True),
    Column("post", "Post"),
    Column("place", "School"),
    Column("phone", "Telephone", cell=lambda row: Text(row.phone, f"tel:{row.dial}") if row.phone else None),
    Column("email", "E-mail", cell=lambda row: Text(row.email, f"mailto:{row.email}") if row.email else None, classes="al-lines"),
)
SEPARATORS = {"outlook": "; ", "gmail": ", "}


def _chosen(request: Asked) -> Chosen:
    return Chosen(**{name: request.GET.get(name, "")[:120] for name in asdict(Chosen())})


def _address(page: str, slug: str, chosen: Chosen) -> str:
    said = {name: value for name, value in asdict(chosen).items() if value}
    return reverse(page, args=[slug]) + (f"?{urlencode(said)}" if said else "")


def whos_who(request: Asked, slug: str) -> HttpResponseBase:
    """One box: post, school, trust or name; who it is, and how to reach them; and the lists that were saved."""
    partnership, who, chosen = request.partnership, request.who, _chosen(request)
    require(may_look_up(who, partnership.pk))
    everybody, clusters = queries.everybody_in(partnership, viewer=who), queries.clusters_of(partnership, viewer=who)
    rows = queries.chosen_of(everybody, chosen, clusters)
    filters: list[Any] = [
        ("post", "Post", [(one.code, one.name) for one in posts_to_choose(partnership, viewer=who)]),
        ("phase", "Phase", [(one, one) for one in phases_of(partnership, viewer=who)]),
        ("trust", "Trust", [(one, one) for one in sorted({row.trust for row in everybody if row.trust})]),
        ("cluster", "Cluster", [(one.pk, one.name) for one in clusters]),
    ]
    lists = [
        (one, _address("whoswho:whos_who", slug, of := _of(one)), len(queries.chosen_of(everybody, of, clusters)))
        for one in queries.lists_of(partnership, viewer=who)
    ]
    return list_page(
        request, COLUMNS, rows if "as" in request.GET else rows[:SHOWN], file=f"{slug}-whos-who", page="whoswho/whos_who.html",
        chosen=asdict(chosen), found=len({row.person for row in rows}), filters=filters, lists=lists,
        here=reverse("whoswho:whos_who", args=[slug]), addresses=_address("whoswho:addresses", slug, chosen),
        saving=_address("whoswho:save_list", slug, chosen), names=may_name_clusters(who, partnership.pk),
    )  # fmt: skip


def _of(saved: SavedList) -> Chosen:
    return Chosen(**{name: getattr(saved, name) for name in asdict(Chosen())})


def addresses(request: Asked, slug: str) -> HttpResponse:
    """The addresses of a list, to be copied into a mail program; and who has none."""
    partnership, who, chosen = request.partnership, request.who, _chosen(request)
    require(may_look_up(who, partnership.pk))
    clusters = queries.clusters_of(partnership, viewer=who)
    rows = queries.chosen_of(queries.everybody_in(partnership, viewer=who), chosen, clusters)
    found, without = queries.addresses_of(rows)
    program = request.GET.get("for", "outlook")
    here, back = _address("whoswho:addresses", slug, chosen), _address("whoswho:whos_who", slug, chosen)
    mark = "&" if "?" in here else "?"
    pills = [
        (label, None, f"{here}{mark}for={key}", key == program) for key, label in (("outlook", "Outlook"), ("gmail", "Gmail"))
    ]
    text = SEPARATORS.get(program, "; ").join(found)
    context = {"text": text, "many": len(found), "without": without, "pills": pills, "list": back}
    return render(request, "whoswho/addresses.html", context)


def save_list(request: Asked, slug: str) -> HttpResponse:
    """Save what was looked for under a name."""
    require(may_look_up(request.who, request.partnership.pk))
    chosen, is_office = _chosen(request), request.who.runs(request.partnership.pk)
    finds = "Everybody in the office finds it" if is_office else "You alone find it"
    return form_page(
        request, partial(SaveListForm, initial=asdict(chosen)), partial(actions.save_list, partnership=request.partnership),
        title="Save this list", caption="Who’s who", button="Save it",
        back=("Who’s who", _address("whoswho:whos_who", slug, chosen)),
        lead=f"{finds} under Who’s who. Who stands in it is found anew each time.",
        done=lambda row: f"“{row.name}” is saved.", next=lambda row: _address("whoswho:whos_who", slug, _of(row)),
    )  # fmt: skip


def forget_list(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take a saved list away."""
    saved = find(SavedList, request, pk=key)
    back = reverse("whoswho:whos_who", args=[slug])
    again = (("Was it a mistake? Look for the same people again", _address("whoswho:whos_who", slug, _of(saved))),)
    deed = partial(actions.forget_list, saved=saved)
    return press(request, deed, done=lambda row: Done(f"“{row.name}” is taken away.", again), next=back)


def clusters(request: Asked, slug: str) -> HttpResponseBase:
    """The named clusters of schools."""
    require(may_name_clusters(request.who, request.partnership.pk))
    names = dict(_schools(request))
    columns = (
        Column("name", "Cluster", cell=lambda row: Text(row.name, reverse("whoswho:change_cluster", args=[slug, row.pk]))),
        Column("schools", "Schools", cell=lambda row: "; ".join(names[one] for one in row.schools if one in names), alone=True),
    )
    return list_page(
        request, columns, queries.clusters_of(request.partnership, viewer=request.who), file=f"{slug}-clusters",
        title="Clusters of schools", caption="Who’s who", lead="Each school may stand in any number of them.",
        empty=("No cluster yet", "Name one, and lists can be made of its schools."),
        button=("Name a cluster", reverse("whoswho:name_cluster", args=[slug])),
    )  # fmt: skip


def name_cluster(request: Asked, slug: str) -> HttpResponse:
    """Put schools under a name."""
    require(may_name_clusters(request.who, request.partnership.pk))
    deed = partial(actions.name_cluster, partnership=request.partnership)
    return _cluster_page(request, partial(NewClusterForm, schools=_schools(request)), deed, "Name a cluster of schools")


def change_cluster(request: Asked, slug: str, key: str) -> HttpResponse:
    """Other schools, or another name."""
    require(may_name_clusters(request.who, request.partnership.pk))
    cluster = find(Cluster, request, pk=key)
    form = partial(ClusterForm, row=cluster, schools=_schools(request))
    return _cluster_page(request, form, partial(actions.change_cluster, cluster=cluster), cluster.name)


def _cluster_page(request: Asked, form: Any, deed: Any, title: str) -> HttpResponse:
    back = reverse("whoswho:clusters", args=[request.partnership.slug])
    return form_page(
        request, form, deed, title=title, caption="Clusters of schools", back=("Clusters", back),
        done=lambda row: Done(f"{row.name} has {plural(len(row.schools), 'school')}."), next=back,
    )  # fmt: skip


def _schools(request: Asked) -> list[tuple[str, str]]:
    here = belonging(request.partnership, viewer=request.who).order_by("school__current__name")
    return list(here.values_list("school_id", "school__current__name"))
