"""Keeping no longer than needed."""

from dataclasses import dataclass
from functools import partial

from django.core.files.storage import storages
from django.db import transaction

from alongside.across.keeping.actions.erasing import erase_person
from alongside.across.keeping.permissions import may_hold
from alongside.across.keeping.queries.due import Due, due, strays
from alongside.across.keeping.queries.holding import held
from alongside.across.keeping.rules.erasure import Because, emptied
from alongside.across.keeping.rules.periods import KeptFor, Subject, in_force
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Refused, require
from alongside.ground.files.models import StoredFile


@dataclass(frozen=True)
class Swept:
    """What went, or would go, by one rule: the ids of its rows."""

    period: KeptFor
    rows: list[str]


@transaction.atomic
def sweep(*, dry_run: bool = False, by: Standing) -> list[Swept]:
    """Take away whatever has been kept for its time; nothing that is held. A dry run only tells."""
    require(may_hold(by))
    found, now_held = [], held(viewer=by)
    for subject, period in in_force(clock.today()).items():
        if subject is Subject.STRAYS:
            found.append(Swept(period, _sweep_strays(period, dry_run, by)))
            continue
        rows = due(period, now_held, viewer=by)
        ids = [str(pk) for pk in rows.rows.values_list("pk", flat=True)]
        if ids and not dry_run:
            ids = _take(rows, ids, by)
        found.append(Swept(period, ids))
    if not dry_run and any(one.rows for one in found):
        audit.record("keeping.sweep", facts={one.period.subject.value: len(one.rows) for one in found if one.rows}, by=by)
    return found


def _take(found: Due, ids: list[str], by: Standing) -> list[str]:
    subject, rows = found.period.subject, found.rows
    if subject is Subject.LEAVERS:
        return _erase_leavers(found, by)
    if found.blank:
        columns = [rows.model._meta.get_field(name) for name in found.blank]
        label = rows.model._meta.label
        values = {one.name: emptied(label, one.name, takes_nothing=one.null, takes_empty=one.blank) for one in columns}
        rows.order_by().update(**values)
        return ids
    if subject in {Subject.FILES, Subject.FINANCE_FILES}:
        stored = list(rows.values_list("stored_as", flat=True))
        transaction.on_commit(partial(_destroy, stored))
        StoredFile.objects.filter(replaces__in=ids).update(replaces=None)
    rows.order_by().delete()
    return ids


def _erase_leavers(found: Due, by: Standing) -> list[str]:
    gone = []
    for person in found.rows:
        try:
            erase_person(person=person, because=Because.LEFT, by=by)
        except Refused:
            continue  # held since it was looked up
        gone.append(person.pk)
    return gone


def _sweep_strays(period: KeptFor, dry_run: bool, by: Standing) -> list[str]:
    names = strays(period.days, viewer=by)
    if not dry_run:
        transaction.on_commit(partial(_destroy, names))
    return names


def _destroy(names: list[str]) -> None:
    """Bytes go once it is stored that they may."""
    for name in names:
        storages["files"].delete(name)
