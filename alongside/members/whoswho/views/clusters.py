"""Clusters of schools: named, changed, taken away and brought back."""

from functools import partial
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from alongside.ground.core.cells import Text
from alongside.ground.core.verdict import require
from alongside.ground.core.words import listed, plural
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_page
from alongside.ground.web.tables import Column
from alongside.members.partnerships.queries import belonging
from alongside.members.whoswho import actions, queries
from alongside.members.whoswho.forms import ClusterForm, EndClusterForm, NewClusterForm
from alongside.members.whoswho.models import Cluster
from alongside.members.whoswho.permissions import may_name_clusters

STANDING = Cluster.objects.filter(ended_on=None)


def clusters(request: Asked, slug: str) -> HttpResponseBase:
    """The named clusters of schools, and those that were taken away."""
    require(may_name_clusters(request.who, request.partnership.pk))
    names, every = dict(_schools(request)), queries.clusters_of(request.partnership, viewer=request.who)
    columns = (
        Column("name", "Cluster", cell=lambda row: Text(row.name, reverse("whoswho:change_cluster", args=[slug, row.pk]))),
        Column("schools", "Schools", cell=lambda row: "; ".join(_named(row, names)), alone=True),
    )
    return list_page(
        request, columns, [one for one in every if not one.ended_on], file=f"{slug}-clusters", page="whoswho/clusters.html",
        title="Clusters of schools", caption="Who’s who", lead="Each school may stand in any number of them.",
        empty=("No cluster yet", "Name one, and lists can be made of its schools."),
        button=("Name a cluster", reverse("whoswho:name_cluster", args=[slug])),
        back=("Who’s who", reverse("whoswho:whos_who", args=[slug])),
        ended=[(one, "; ".join(_named(one, names))) for one in every if one.ended_on],
    )  # fmt: skip


def name_cluster(request: Asked, slug: str) -> HttpResponse:
    """Put schools under a name."""
    require(may_name_clusters(request.who, request.partnership.pk))
    deed = partial(actions.name_cluster, partnership=request.partnership)
    return _cluster_page(request, partial(NewClusterForm, schools=_schools(request)), deed, "Name a cluster of schools", None)


def change_cluster(request: Asked, slug: str, key: str) -> HttpResponse:
    """Other schools, or another name."""
    require(may_name_clusters(request.who, request.partnership.pk))
    cluster = find(STANDING, request, pk=key)
    form = partial(ClusterForm, row=cluster, schools=_schools(request))
    return _cluster_page(request, form, partial(actions.change_cluster, cluster=cluster), cluster.name, cluster)


def _cluster_page(request: Asked, form: Any, deed: Any, title: str, cluster: Cluster | None) -> HttpResponse:
    back = reverse("whoswho:clusters", args=[request.partnership.slug])
    return form_page(
        request, form, deed, title=title, caption="Clusters of schools", back=("Clusters", back), cluster=cluster,
        done=lambda row: f"{row.name} has {plural(len(row.schools), 'school')}.", next=back, page="whoswho/cluster.html",
    )  # fmt: skip


def end_cluster(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take a cluster away, having seen what rests on it."""
    require(may_name_clusters(request.who, request.partnership.pk))
    cluster = find(STANDING, request, pk=key)
    resting, back = queries.resting_on(cluster, viewer=request.who), reverse("whoswho:clusters", args=[slug])

    def ended(row: Cluster) -> Done:
        told = [f"“{one.name}”" for one in resting.lists]
        told += [plural(resting.others, "list") + " that colleagues saved for themselves"] if resting.others else []
        rests = f" {listed(told)} rested on it: from now on nobody is found there." if told else ""
        return Done(f"{row.name} is taken away.{rests}", (("Was it a mistake? Bring it back", f"{back}#ended"),))

    return form_page(
        request, partial(EndClusterForm, initial={"seen": resting.shown}), partial(actions.end_cluster, cluster=cluster),
        title=f"Take {cluster.name} away?", caption="Clusters of schools", button="Take it away",
        back=(cluster.name, reverse("whoswho:change_cluster", args=[slug, key])), done=ended, next=back,
        page="whoswho/end_cluster.html", resting=resting,
    )  # fmt: skip


def bring_back_cluster(request: Asked, slug: str, key: str) -> HttpResponse:
    """Let a cluster stand again."""
    require(may_name_clusters(request.who, request.partnership.pk))
    deed = partial(actions.bring_back_cluster, cluster=find(Cluster, request, pk=key))

    def back(row: Cluster) -> str:
        many = len(_named(row, dict(_schools(request))))
        return f"{row.name} is back with {plural(many, 'school')}, and lists that rest on it find its people again."

    return press(request, deed, done=back, next=reverse("whoswho:clusters", args=[slug]))


def _named(cluster: Cluster, names: dict[str, str]) -> list[str]:
    """Its schools that belong today, by name."""
    return sorted(names[one] for one in cluster.schools if one in names)


def _schools(request: Asked) -> list[tuple[str, str]]:
    here = belonging(request.partnership, viewer=request.who).order_by("school__current__name")
    return list(here.values_list("school_id", "school__current__name"))
