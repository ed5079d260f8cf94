"""Letting a colleague act for a head, and ending that."""

from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.web.models import already
from alongside.members.notices.actions import sending as notices
from alongside.members.people.models import ActsFor, Role
from alongside.members.people.permissions import may_end_acting, may_let_act
from alongside.members.people.queries.acting import my_headships, who_could_act

GONE = "This has ended already. Look at the page again to see how it stands."


@transaction.atomic
def let_act(*, role: Role, own: Role, key: str, by: Standing) -> ActsFor:
    """Let a colleague act for the head who holds `role` from now on, by a post of their `own` in the school; once, and tell them.

    Raises Invalid for who is not (any more) one of those who could, Conflict for who acts already, and where it has ended since
    the same press.
    """
    require(may_let_act(by, role.person_id))
    row = ActsFor(pk=key, role=role, own=own, person=own.person, began_at=clock.now())
    if (before := already(row)) is not None:
        if before.ended_at:
            raise Conflict(GONE)
        return before
    could = who_could_act(my_headships(viewer=by), viewer=by)
    chosen = next((one for one in could if (one.role.pk, one.own.pk) == (role.pk, own.pk)), None)
    if chosen is None:
        raise Invalid(colleague="Choose a colleague who holds a post in your school")
    if chosen.acts:
        raise Invalid(colleague=f"{own.person.name} acts for you already")
    ActsFor.objects.filter(role=role, person=own.person, ended_at=None).update(ended_at=clock.now())  # by a post that is over
    try:
        audit.keep_once("people.let_act", row, by=by, person=own.person_id, role=role.pk)
    except IntegrityError:
        raise Conflict(f"{own.person.name} acts for you already.") from None
    _tell(row, "people/acting.txt", by)
    return row


@transaction.atomic
def end_acting(*, acting: ActsFor, by: Standing) -> ActsFor:
    """End that somebody acts for a head, at once. Raises Conflict when it has ended."""
    role = acting.role
    require(may_end_acting(by, role.person_id, acting.person_id, role.school_id or "-"))
    if not ActsFor.objects.filter(pk=acting.pk, ended_at=None).update(ended_at=clock.now()):
        raise Conflict(GONE)
    audit.record("people.end_acting", row=acting.pk, school=role.school_id or "", facts={"person": acting.person_id}, by=by)
    if by.person != acting.person_id:
        _tell(acting, "people/acting_ended.txt", by)
    return acting


def _tell(acting: ActsFor, template: str, by: Standing) -> None:
    person, role = acting.person, acting.role
    words = {"name": person.name, "head": role.person.name, "school": role.school}
    notices.send(
        template=template, to=person.email or "", person=person.pk, words=words, link=reverse("people:acting"),
        partnership=None, by=by,
    )  # fmt: skip
