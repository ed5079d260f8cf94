"""Bringing a body's people along from another list: all lines of a sheet, or none."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from alongside.deciding.bodies.actions.addresses import give_address
from alongside.deciding.bodies.actions.people import add_entry
from alongside.deciding.bodies.actions.tenures import appoint
from alongside.deciding.bodies.models import Body, Holder, HolderEntry, Seat, Tenure
from alongside.deciding.bodies.permissions import may_keep_body
from alongside.deciding.bodies.queries.bringing import body_known
from alongside.deciding.bodies.rules.bringing import PersonLine, look_at_people, words_of_people
from alongside.deciding.bodies.rules.columns import MEANINGS
from alongside.deciding.bodies.rules.people import EntryKind
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.columns import read_sheet
from alongside.ground.core.keys import key_from
from alongside.ground.core.shown import WasSeen, mark
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.web.models import lock

UNDONE = "Nobody was brought along"


class PeopleBrought(NamedTuple):
    """How many were put on a seat, how many interests and courses were written down, how many lines were passed over, how many
    were here by name and have an address now."""

    seats: int
    entries: int
    passed: int
    addresses: int = 0


@transaction.atomic
def bring_people(
    *, body: Body, rows: Sequence[Sequence[str]], columns: Mapping[str, int], seen: WasSeen, key: str, by: Standing
) -> PeopleBrought:
    """Put everybody of a sheet on their seats, with what they stated, once: the same press of the same sheet is the same deed.

    What is here already is left as it is. Raises Invalid with the number of the line that cannot be, Conflict when it would be
    others than were `seen`: then nobody is brought.
    """
    require(may_keep_body(by, body.partnership_id, body.pk))
    lock(body)
    sheet, press = read_sheet(rows, MEANINGS, columns), key_from(key, mark([list(map(list, rows)), dict(columns)]))
    before = [key_from(press, str(number)) for number, _ in sheet.lines]
    if sheet.unsure:
        raise Invalid(file=f"{UNDONE}: say which column holds {', '.join(one.title for one in sheet.unsure)}")
    if (seats := Tenure.objects.filter(seat__body=body, pk__in=before).count()) or HolderEntry.objects.filter(pk=press).exists():
        return PeopleBrought(seats, 0, len(before) - seats)
    looked = look_at_people(sheet, body_known(body, viewer=by))
    if looked.wrong:
        raise Invalid(file=f"{UNDONE}: put right what is listed below, then send the sheet again")
    if looked.ready:
        looked.on_page(words_of_people(looked)).agree(seen, f"{UNDONE}.")
    entries = [press, *(key_from(press, "entry", str(at)) for at in range(sum(len(one.entries) for one in looked.ready)))]
    there = Seat.objects.select_related("body__partnership", "partnership").in_bulk([one.seat for one in looked.ready])
    for line in looked.ready:
        taken, entries = entries[: len(line.entries)], entries[len(line.entries) :]
        try:
            _bring(line, there[line.seat], key_from(press, str(line.number)), taken, by)
        except Invalid as problem:
            raise Invalid(file=f"Line {line.number}: {'. '.join(problem.problems.values())}. {UNDONE}") from None
    made = PeopleBrought(
        sum(one.sits for one in looked.ready), sum(len(one.entries) for one in looked.ready), len(looked.needless),
        sum(one.adds_address for one in looked.ready),
    )  # fmt: skip
    if looked.ready:
        audit.record("bodies.bring_people", row=body.pk, partnership=body.partnership_id, facts=made._asdict(), by=by)
    return made


def _bring(line: PersonLine, seat: Seat, key: str, entries: Sequence[str], by: Standing) -> None:
    """One line: the seat, the address of who was here by name, then what is stated, as of today."""
    if line.sits:
        holder = appoint(
            seat=seat, person=line.holder, name="" if line.holder else line.name, email="" if line.holder else line.email,
            from_on=line.from_on, until_on=line.until_on, rests_on=line.rests_on, key=key, by=by,
        ).holder  # fmt: skip
    else:
        holder = Holder.objects.select_related("partnership").get(pk=line.holder)
    if line.adds_address:
        give_address(holder=holder, email=line.email, by=by)
    for pk, (kind, words) in zip(entries, line.entries, strict=True):
        add_entry(holder=holder, kind=EntryKind(kind), words=words, from_on=clock.today(), key=pk, by=by)
