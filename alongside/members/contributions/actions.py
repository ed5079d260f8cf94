"""Writing what was given, and taking it back."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import long_date
from alongside.members.contributions.models import Contribution, OutsideBody
from alongside.members.contributions.permissions import may_note_contribution, may_take_back
from alongside.members.contributions.queries import NOTED, Party, parties_of
from alongside.members.contributions.rules import Gift, GiftKind, much_words, problem_of
from alongside.members.notices.actions import sending as notices
from alongside.members.partnerships.models import Partnership
from alongside.members.people.queries.roles import people_of_school
from alongside.members.schools.models import School

ONE_SCHOOL = "Choose a school: one side is always a school of the partnership"


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
    made = _written(partnership, giver, receiver, Gift(kind, amount, giver.pk, receiver.pk, on), words)
    made.source, made.source_row = source, source_row
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        same = {"source": source, "source_row": source_row, "kind": kind, "between": made.between}
        row = Contribution.objects.standing().get(**same)
        if (row.partnership_id, row.done_on, row.amount) != (partnership.pk, on, amount):
            raise Conflict("This was written down already, with another day or amount. Take that one back first.") from None
        return row
    audit.record("contributions.give", row=made.pk, partnership=partnership.pk, facts={"kind": kind.value}, by=by)
    return made


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
    giver: Party | None,
    receiver: Party | None,
    kind: GiftKind,
    on: date,
    amount: Decimal,
    words: str = "",
    body: str = "",
    key: str,
    by: Standing,
) -> Contribution:
    """Note by hand what happened outside these pages; `key` is made by the form and is the note's id: pressed again, also
    after it was taken back, it is the same note.

    No giver or no receiver is somebody who is not a school here, of the name `body`. Raises Invalid, or Refused when the
    person's school took no part.
    """
    schools = frozenset(side.pk for side in (giver, receiver) if isinstance(side, School))
    require(may_note_contribution(by, partnership.pk, schools))
    known = {one.pk for one in parties_of(partnership, viewer=Standing.system())}
    for name, side in (("giver", giver), ("receiver", receiver)):
        if side and side.pk not in known:
            raise Invalid(**{name: "Choose a school that belongs to the partnership"})
    if giver is None and receiver is None:
        raise Invalid(receiver=ONE_SCHOOL)
    from_whom = giver or add_outside_body(partnership=partnership, name=body, by=by)
    to_whom = receiver or add_outside_body(partnership=partnership, name=body, by=by)
    made = _written(partnership, from_whom, to_whom, Gift(kind, amount, from_whom.pk, to_whom.pk, on), words)
    made.pk, made.source, made.source_row = key, NOTED, key
    if (row := audit.keep_once("contributions.give", made, by=by, kind=kind.value)) is made:
        for school in (side for side in (giver, receiver) if isinstance(side, School) and side.pk not in by.schools):
            _tell(row, school, from_whom.name, to_whom.name, by.named_in(next(iter(schools & by.schools), None)), by)
    return row


def _tell(row: Contribution, school: School, giver: str, receiver: str, name: str, by: Standing) -> None:
    """The head of the other side hears what was noted, and where to take it back."""
    kind, page = GiftKind(row.kind), reverse("contributions:school", args=[row.partnership.slug, school.urn])
    about: dict[str, Any] = {"partnership": row.partnership, "school": school, "link": page}
    words = {
        "giver": giver,
        "receiver": receiver,
        "what": f"{kind.in_a_sentence}, {much_words(kind, row.amount)}, on {long_date(row.done_on)}",
        "words": row.words,
        "by": name,
        "link": settings.ADDRESS + page,
    }
    for head in people_of_school(school, viewer=Standing.system()):
        if head.post == Post.HEAD:
            notices.tell(person=head.person, of=row, template="contributions/noted.txt", words=words, **about, by=by)


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


def _written(partnership: Partnership, giver: Party, receiver: Party, gift: Gift, words: str) -> Contribution:
    """The row of a gift, not stored yet. Raises Invalid when it makes no sense."""
    if problem := problem_of(gift, clock.today()):
        raise Invalid(**problem)
    if not isinstance(giver, School) and not isinstance(receiver, School):
        raise Invalid(receiver=ONE_SCHOOL)
    sides = {
        name if isinstance(side, School) else f"{name}_body": side for name, side in (("giver", giver), ("receiver", receiver))
    }
    return Contribution(
        partnership=partnership, **sides, between=f"{giver.pk}>{receiver.pk}", kind=gift.kind, done_on=gift.on,
        amount=gift.amount, words=words.strip(), written_at=clock.now(),
    )  # fmt: skip
