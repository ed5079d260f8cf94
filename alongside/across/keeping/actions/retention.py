"""Keeping no longer than needed; and holding a person, a school or a partnership, so that nothing of theirs is erased."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from alongside.across.keeping.actions.erasing import erase_person
from alongside.across.keeping.models import HeldThing, Hold
from alongside.across.keeping.permissions import may_hold
from alongside.across.keeping.queries import OnHold, due, held, nothing_in, strays
from alongside.across.keeping.rules.erasure import Because
from alongside.across.keeping.rules.periods import KeptFor, Subject, in_force, reason_problem
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.ground.files.models import StoredFile
from alongside.members.people.models import Person


@dataclass(frozen=True)
class Swept:
    """What went, or would go, by one rule: the ids of its rows."""

    period: KeptFor
    rows: list[str]


@transaction.atomic
def sweep(*, dry_run: bool = False, by: Standing) -> list[Swept]:
    """Take away whatever has been kept for its time; nothing that is held. A dry run only tells."""
    require(may_hold(by))
    now_held = held(viewer=by)
    found = [Swept(period, _swept(period, now_held, dry_run, by)) for period in in_force(clock.today()).values()]
    if not dry_run and any(one.rows for one in found):
        audit.record("keeping.sweep", facts={one.period.subject.value: len(one.rows) for one in found if one.rows}, by=by)
    return found


def _swept(period: KeptFor, now_held: OnHold, dry_run: bool, by: Standing) -> list[str]:
    if period.subject is Subject.STRAYS:
        names = strays(period.days, viewer=by)
        if not dry_run:
            transaction.on_commit(partial(_destroy, names))
        return names
    rows = due(period, now_held, viewer=by)
    ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
    if dry_run or not ids:
        return ids
    if period.subject is Subject.LEAVERS:
        return _erase_leavers(rows, by)
    if period.empties:
        rows.order_by().update(**{name: nothing_in(rows.model._meta.get_field(name)) for name in period.empties.split()})
        return ids
    if period.subject in {Subject.FILES, Subject.FINANCE_FILES, Subject.MAIL_FILES}:
        transaction.on_commit(partial(_destroy, list(rows.values_list("stored_as", flat=True))))
        StoredFile.objects.filter(replaces__in=ids).update(replaces=None)
    rows.order_by().delete()
    return ids


def _erase_leavers(people: Iterable[Person], by: Standing) -> list[str]:
    gone = []
    for person in people:
        with suppress(Refused):  # held since it was looked up
            erase_person(person=person, because=Because.LEFT, by=by)
            gone.append(person.pk)
    return gone


def _destroy(names: list[str]) -> None:
    """Bytes go once it is stored that they may."""
    for name in names:
        storages["files"].delete(name)


@transaction.atomic
def hold(*, what: HeldThing, row: str, reason: str, by: Standing) -> Hold:
    """Hold something from now on. Raises Conflict when it is held already."""
    require(may_hold(by))
    if problem := reason_problem(reason):
        raise Invalid(reason=problem)
    who = by.person or by.on_behalf_of or ""
    try:
        with transaction.atomic():
            made = Hold.objects.create(what=what, row=row, reason=reason.strip()[:300], since_at=clock.now(), by=who)
    except IntegrityError:
        raise Conflict("This is held already.") from None
    audit.record("keeping.hold", row=row, facts={"what": str(what)}, by=by)
    return made


@transaction.atomic
def lift_hold(*, what: HeldThing, row: str, by: Standing) -> None:
    """Lift a hold. Raises Conflict when there is none."""
    require(may_hold(by))
    if not Hold.objects.filter(what=what, row=row, lifted_at=None).update(lifted_at=clock.now()):
        raise Conflict("This is not held.")
    audit.record("keeping.lift_hold", row=row, facts={"what": str(what)}, by=by)
