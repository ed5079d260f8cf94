"""Writing what was given, and taking it back."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused, require
from alongside.members.contributions.models import Contribution, OutsideBody
from alongside.members.contributions.permissions import may_note_contribution, may_take_back
from alongside.members.contributions.queries import NOTED, party_at
from alongside.members.contributions.rules import Gift, GiftKind, problem_of
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

Party = School | OutsideBody


@transaction.atomic
def give(
    *,
    partnership: Partnership,
    giver: Party,
    receiver: Party,
    kind: GiftKind,
    on: date,
    amount: Decimal,
    source: str,
    source_row: str,
    words: str = "",
    by: Standing,
) -> Contribution:
    """Write down what a deed gave, in the deed's own transaction: `source` is the deed ('reviews.finish_visit'),
    `source_row` its row. Written twice it stands once. Raises Invalid when it makes no sense.

    For other apps' actions, whose permission is their own.
    """
    gift = Gift(kind, amount, giver.pk, receiver.pk, on)
    if problem := problem_of(gift, clock.today()):
        raise Invalid(**problem)
    if not isinstance(giver, School) and not isinstance(receiver, School):
        raise Invalid(receiver="Choose a school: one side is always a school of the partnership")
    row, is_new = Contribution.objects.get_or_create(
        source=source,
        source_row=source_row,
        kind=kind,
        between=f"{giver.pk}>{receiver.pk}",
        taken_back_at=None,
        defaults={
            "partnership": partnership,
            "giver": giver if isinstance(giver, School) else None,
            "giver_body": giver if isinstance(giver, OutsideBody) else None,
            "receiver": receiver if isinstance(receiver, School) else None,
            "receiver_body": receiver if isinstance(receiver, OutsideBody) else None,
            "done_on": on,
            "amount": amount,
            "words": words.strip(),
            "written_at": clock.now(),
        },
    )
    if not is_new and (row.partnership_id, row.done_on, row.amount) != (partnership.pk, on, amount):
        raise Conflict("This was written down already, with another day or amount. Take that one back first.")
    if is_new:
        audit.record("contributions.give", row=row.pk, partnership=partnership.pk, facts={"kind": kind.value}, by=by)
    return row


@transaction.atomic
def take_back(*, source: str, source_row: str, by: Standing) -> int:
    """Take back all that a deed gave, when the deed is undone; gives how many. Nothing the second time."""
    rows = Contribution.objects.standing().filter(source=source, source_row=source_row)
    taken = list(rows.values_list("pk", "partnership_id"))
    rows.update(taken_back_at=clock.now())
    for pk, partnership in taken:
        audit.record("contributions.take_back", row=pk, partnership=partnership, by=by)
    return len(taken)


@transaction.atomic
def note_contribution(
    *,
    partnership: Partnership,
    giver: Party,
    receiver: Party,
    kind: GiftKind,
    on: date,
    amount: Decimal,
    words: str = "",
    key: str,
    by: Standing,
) -> Contribution:
    """Note by hand what happened outside these pages; `key` is made by the form, so that a repeated press is one note.

    Raises Invalid, or Refused when the person's school took no part.
    """
    schools = frozenset(side.pk for side in (giver, receiver) if isinstance(side, School))
    require(may_note_contribution(by, partnership.pk, schools))
    for name, side in (("giver", giver), ("receiver", receiver)):
        if party_at(side.pk, partnership, viewer=Standing.system()) is None:
            raise Invalid(**{name: "Choose a school that belongs to the partnership"})
    if not keys.is_key(key):
        raise Refused("This form is out of date: open it again.")
    there = Contribution.objects.filter(source=NOTED, source_row=key).first()
    if there and (there.partnership_id, there.between, there.kind) != (partnership.pk, f"{giver.pk}>{receiver.pk}", kind):
        raise Conflict("Something else was noted with this form already. Open it again to note one more.")
    return give(
        partnership=partnership,
        giver=giver,
        receiver=receiver,
        kind=kind,
        on=on,
        amount=amount,
        source=NOTED,
        source_row=key,
        words=words,
        by=by,
    )


@transaction.atomic
def take_back_note(*, contribution: Contribution, by: Standing) -> None:
    """Take back what was noted by hand. Raises Conflict when it was taken back already."""
    schools = frozenset(one for one in (contribution.giver_id, contribution.receiver_id) if one)
    require(may_take_back(by, contribution.partnership_id, schools, contribution.source == NOTED))
    if not Contribution.objects.standing().filter(pk=contribution.pk, source=NOTED).update(taken_back_at=clock.now()):
        raise Conflict("This was taken back already.")
    audit.record("contributions.take_back", row=contribution.pk, partnership=contribution.partnership_id, by=by)


@transaction.atomic
def add_outside_body(*, partnership: Partnership, name: str, by: Standing) -> OutsideBody:
    """Name somebody who is not a school and gives or receives. The same name is the same body. Raises Invalid without one."""
    require(may_note_contribution(by, partnership.pk, by.schools_in(partnership.pk)))
    if not (short := " ".join(name.split())):
        raise Invalid(body="Enter the name of who gave or received")
    body, is_new = OutsideBody.objects.get_or_create(partnership=partnership, name=short)
    if is_new:
        audit.record("contributions.add_outside_body", row=body.pk, partnership=partnership.pk, by=by)
    return body
