"""Saving a list, writing to everybody on one, and naming clusters of schools."""

from collections.abc import Collection
from dataclasses import asdict

from django.db import IntegrityError, transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.shown import WasSeen
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.later import later
from alongside.ground.web.models import already, lock, save_if_unchanged
from alongside.members.notices.actions import sending as notices
from alongside.members.notices.rules.messages import kind_of
from alongside.members.partnerships.models import Membership, Partnership
from alongside.members.whoswho.models import Circular, CircularReader, Cluster, SavedList
from alongside.members.whoswho.permissions import (
    may_forget_list,
    may_look_up,
    may_name_clusters,
    may_tell_readers,
    may_write_circular,
)
from alongside.members.whoswho.queries import (
    clusters_of,
    colleagues_in,
    mail_words,
    resting_on,
    still_waiting,
    whom_it_reaches,
    words_of_list,
)
from alongside.members.whoswho.rules import Chosen, Goes, Missed, called, shown_waiting

TAKEN = "There is one of this name already: choose another"
AT_A_TIME = 100  # people told in one transaction, so that nobody else waits long to write
TEMPLATES = {Goes.AT_ONCE: "whoswho/circular_at_once.txt", Goes.WAITS: "whoswho/circular.txt"}


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


@transaction.atomic
def end_cluster(*, cluster: Cluster, seen: WasSeen, by: Standing) -> Cluster:
    """Take a cluster away: lists that rest on it find nobody until it is back. Raises Conflict when it is gone already, or other
    lists rest on it than were `seen`."""
    require(may_name_clusters(by, cluster.partnership_id))
    resting = resting_on(cluster, viewer=by)
    resting.shown.agree(seen, "Nothing was taken away.")
    if not Cluster.objects.filter(pk=cluster.pk, ended_on=None).update(ended_on=clock.today()):
        raise Conflict("This cluster was taken away already.")
    facts = {"lists": len(resting.lists) + resting.others}
    audit.record("whoswho.end_cluster", row=cluster.pk, partnership=cluster.partnership_id, facts=facts, by=by)
    return cluster


@transaction.atomic
def bring_back_cluster(*, cluster: Cluster, by: Standing) -> Cluster:
    """Let a cluster that was taken away stand again, with its schools. Raises Conflict when it stands, or its name is taken."""
    require(may_name_clusters(by, cluster.partnership_id))
    try:
        with transaction.atomic():
            changed = Cluster.objects.filter(pk=cluster.pk, ended_on__isnull=False).update(ended_on=None)
    except IntegrityError:
        raise Conflict(f"There is another cluster called {cluster.name} by now. Call that one something else first.") from None
    if not changed:
        raise Conflict("This cluster is back already.")
    audit.record("whoswho.bring_back_cluster", row=cluster.pk, partnership=cluster.partnership_id, by=by)
    return cluster


@transaction.atomic
def write_circular(
    *,
    partnership: Partnership,
    chosen: Chosen,
    subject: str,
    words: str,
    goes: Goes,
    seen: WasSeen,
    key: str,
    saved: SavedList | None = None,
    by: Standing,
) -> Circular:
    """Write one message to everybody on a list, once; the worker sends it to each of them. It keeps the name of a `saved` list
    from which it was begun.

    Raises Conflict when it would be others than were `seen`, Invalid when it would be nobody.
    """
    require(may_write_circular(by, partnership.pk))
    if saved and saved.partnership_id != partnership.pk:
        raise Conflict("This list belongs to another partnership.")
    whom, clusters = whom_it_reaches(partnership, chosen, viewer=by), clusters_of(partnership, viewer=by)
    name = called(saved.name if saved else "", words_of_list(chosen, clusters))
    circular = Circular(
        pk=key, partnership=partnership, **asdict(chosen), whom=name[:400],
        subject=" ".join(subject.split()), words=words.strip(), goes=goes, writer=by.person or by.on_behalf_of or "",
        writer_name=by.name, written_at=clock.now(), many=len(whom.reached),
    )  # fmt: skip
    if (first := already(circular)) is not None:
        return first
    whom.shown.agree(seen, "Nothing was sent.")
    if not whom.reached:
        raise Invalid(whom="Nobody on this list can be written to")
    if (stored := audit.keep_once("whoswho.write_circular", circular, by=by, people=circular.many)) is circular:
        CircularReader.objects.bulk_create(
            (
                CircularReader(circular=circular, person_id=one.row.person, held=one.row.held[:300], missed=one.missed or "")
                for one in whom.people
            ),
            batch_size=500,
        )
        later("whoswho.send_circular", circular.pk)
    return stored


@transaction.atomic
def tell_readers(*, circular: Circular, by: Standing) -> int:
    """Send a circular to the next hundred who wait for it, each once however often it is begun; gives how many it looked at.

    Who has left the partnership's schools meanwhile is not written to.
    """
    require(may_tell_readers(by))
    waiting = CircularReader.objects.filter(circular=circular, told_at=None, missed="").select_related("person")
    readers = list(waiting.order_by("pk")[:AT_A_TIME])
    here = colleagues_in([circular.partnership_id]).filter(person__in=[one.person_id for one in readers])
    still = set(here.values_list("person_id", flat=True))
    for one in readers:
        mine = CircularReader.objects.filter(pk=one.pk, told_at=None, missed="")
        if one.person_id not in still or not one.person.email:
            mine.update(missed=Missed.LEFT)
        elif mine.update(told_at=clock.now(), notice=(key := keys.new_key())):
            notices.send(
                template=TEMPLATES[Goes(circular.goes)], to=one.person.email, person=one.person_id, known_as=key,
                words=mail_words(circular, one.held), about=circular.pk, partnership=circular.partnership, by=by,
            )  # fmt: skip
    return len(readers)


@transaction.atomic
def take_back_circular(*, circular: Circular, seen: WasSeen, by: Standing) -> int:
    """Take a message to a list back where it is on its way in no mail yet; gives from how many. What has gone stays.

    Raises Conflict when it would be others than were `seen`, or nobody waits for it.
    """
    require(may_write_circular(by, circular.partnership_id))
    lock(circular)
    waiting = still_waiting(circular, viewer=by)
    shown_waiting([one.pk for one in waiting]).agree(seen, "Nothing was taken back.")
    if not waiting:
        raise Conflict("It has gone to everybody already.")
    notices.withdraw(kind=kind_of(TEMPLATES[Goes(circular.goes)]), of=circular, by=by)
    rows = CircularReader.objects.filter(circular=circular, pk__in=[one.pk for one in waiting], missed="", notice=None)
    count = rows.update(missed=Missed.TAKEN_BACK)
    audit.record(
        "whoswho.take_back_circular", row=circular.pk, partnership=circular.partnership_id, facts={"people": count}, by=by
    )
    return count


def _of(partnership: Partnership, schools: Collection[str]) -> list[str]:
    """The schools that are, or were, the partnership's own."""
    theirs = Membership.objects.filter(partnership=partnership, school__in=schools)
    return sorted(set(theirs.values_list("school_id", flat=True)))
