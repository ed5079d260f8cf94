"""Letting a colleague act for a head, and ending that."""

from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.members.notices.actions import sending as notices
from alongside.members.people.models import ActsFor
from alongside.members.people.permissions import may_end_acting, may_let_act
from alongside.members.people.queries.acting import my_headships, who_could_act

GONE = "This has ended already. Look at the page again to see how it stands."


@transaction.atomic
def let_act(*, colleague: str, key: str, by: Standing) -> ActsFor:
    """Let a colleague of one's school act for its head from now on, once, and tell them. Raises Invalid for who is not (any more)
    one of those who could."""
    heads = my_headships(viewer=by)
    require(may_let_act(by, [head.person_id for head in heads]))
    if not ActsFor.objects.filter(pk=key).exists() and colleague not in {one.value for one in who_could_act(heads, viewer=by)}:
        raise Invalid(colleague="Choose a colleague who holds a post in your school and does not act for you yet")
    role, _, person = colleague.partition(".")
    head = next((one for one in heads if one.pk == role), None)
    row = ActsFor(pk=key, role=head, person_id=person, began_at=clock.now())
    try:
        stored = audit.keep_once("people.let_act", row, by=by, person=person, role=role)
    except IntegrityError:
        raise Conflict("This colleague acts for you already.") from None
    if stored is row:
        _tell(row, "people/acting.txt", by)
    return stored


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
