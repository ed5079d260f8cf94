"""Lists that were saved under a name."""

from dataclasses import asdict
from functools import partial

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from alongside.ground.core.verdict import require
from alongside.ground.web.asked import Asked, find
from alongside.ground.web.pages import Done, form_page, press
from alongside.ground.web.sheets import list_page
from alongside.members.whoswho import actions, queries
from alongside.members.whoswho.forms import SaveListForm
from alongside.members.whoswho.models import SavedList
from alongside.members.whoswho.permissions import may_forget_list, may_look_up, may_name_clusters, may_write_circular
from alongside.members.whoswho.views.looking_up import COLUMNS, address, chosen_in, onward

MOST_WRITTEN = 20  # the rest stands on the page of all that was written


def saved_list(request: Asked, slug: str, key: str) -> HttpResponseBase:
    """Who stands in a saved list today, what can be done with it, and what was written to it."""
    partnership, who = request.partnership, request.who
    require(may_look_up(who, partnership.pk))
    saved = find(SavedList, request, pk=key)
    clusters = queries.clusters_of(partnership, viewer=who)
    rows = queries.chosen_of(queries.everybody_in(partnership, viewer=who), saved.chosen, clusters)
    written = queries.circulars_of(partnership, saved.chosen, viewer=who).order_by("-written_at", "pk")[:MOST_WRITTEN]
    return list_page(
        request, COLUMNS, rows, file=f"{slug}-list", page="whoswho/saved_list.html", saved=saved,
        words=queries.words_of_list(saved.chosen, clusters), found=len({row.person for row in rows}), written=written,
        gone=queries.cluster_gone_from(saved.chosen, clusters), names=may_name_clusters(who, partnership.pk),
        writes=may_write_circular(who, partnership.pk), forgets=may_forget_list(who, partnership.pk, saved.owner),
        **onward(slug, saved.chosen),
    )  # fmt: skip


def save_list(request: Asked, slug: str) -> HttpResponse:
    """Save what was looked for under a name."""
    require(may_look_up(request.who, request.partnership.pk))
    chosen, is_office = chosen_in(request), request.who.runs(request.partnership.pk)
    clusters = queries.clusters_of(request.partnership, viewer=request.who)
    finds = "Everybody in the office finds it" if is_office else "You alone find it"
    return form_page(
        request, partial(SaveListForm, initial=asdict(chosen)), partial(actions.save_list, partnership=request.partnership),
        title="Save this list", caption="Who’s who", button="Save it",
        back=("Who’s who", address("whoswho:whos_who", slug, chosen)),
        lead=f"Of: {queries.words_of_list(chosen, clusters)}. {finds} under Who’s who. Who stands in it is found anew each time.",
        done=lambda row: f"“{row.name}” is saved.", next=lambda row: reverse("whoswho:saved_list", args=[slug, row.pk]),
    )  # fmt: skip


def forget_list(request: Asked, slug: str, key: str) -> HttpResponse:
    """Take a saved list away."""
    saved = find(SavedList, request, pk=key)
    again = (("Was it a mistake? Save it again", address("whoswho:save_list", slug, saved.chosen)),)

    def gone(row: SavedList) -> Done:
        return Done(f"“{row.name}” is taken away. What was written to it is kept.", again)

    return press(request, partial(actions.forget_list, saved=saved), done=gone, next=reverse("whoswho:whos_who", args=[slug]))
