"""Saving a list, and naming clusters of schools."""

from collections.abc import Collection

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.models import save_if_unchanged
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.whoswho.models import Cluster, SavedList
from alongside.members.whoswho.permissions import may_forget_list, may_look_up, may_name_clusters

TAKEN = "There is one of this name already: choose another"


@transaction.atomic
def save_list(
    *, partnership: Partnership, name: str, q: str, post: str, phase: str, trust: str, cluster: str, key: str, by: Standing
) -> SavedList:
    """Keep what was looked for under a name: for the office, or else for oneself. Raises Invalid when the name is taken."""
    require(may_look_up(by, partnership.pk))
    owner = "" if by.runs(partnership.pk) else by.person or ""
    chosen = {"q": q, "post": post, "phase": phase, "trust": trust, "cluster": cluster}
    row = SavedList(pk=key, partnership=partnership, owner=owner, name=" ".join(name.split()), **chosen)
    try:
        return audit.keep_once("whoswho.save_list", row, by=by)
    except IntegrityError:
        raise Invalid(name=TAKEN) from None


@transaction.atomic
def forget_list(*, saved: SavedList, by: Standing) -> SavedList:
    """Take a saved list away."""
    require(may_forget_list(by, saved.partnership_id, saved.owner))
    audit.record("whoswho.forget_list", row=saved.pk, partnership=saved.partnership_id, by=by)
    SavedList.objects.filter(pk=saved.pk).delete()
    return saved


@transaction.atomic
def name_cluster(*, partnership: Partnership, name: str, schools: Collection[str], key: str, by: Standing) -> Cluster:
    """Put schools of the partnership under a name. Raises Invalid when the name is taken."""
    require(may_name_clusters(by, partnership.pk))
    row = Cluster(pk=key, partnership=partnership, name=" ".join(name.split()), schools=_of(partnership, schools))
    try:
        return audit.keep_once("whoswho.name_cluster", row, by=by, schools=len(row.schools))
    except IntegrityError:
        raise Invalid(name=TAKEN) from None


@transaction.atomic
def change_cluster(*, cluster: Cluster, name: str, schools: Collection[str], version: int, by: Standing) -> Cluster:
    """Call a cluster something else, or let other schools stand in it. Raises Stale when somebody else changed it meanwhile."""
    require(may_name_clusters(by, cluster.partnership_id))
    cluster.name, cluster.schools = " ".join(name.split()), _of(cluster.partnership, schools)
    try:
        save_if_unchanged(cluster, version, "name", "schools")
    except IntegrityError:
        raise Invalid(name=TAKEN) from None
    facts = {"schools": len(cluster.schools)}
    audit.record("whoswho.change_cluster", row=cluster.pk, partnership=cluster.partnership_id, facts=facts, by=by)
    return cluster


def _of(partnership: Partnership, schools: Collection[str]) -> list[str]:
    """The schools that are, or were, the partnership's own."""
    theirs = Membership.objects.filter(partnership=partnership, school__in=schools)
    return sorted(set(theirs.values_list("school_id", flat=True)))
