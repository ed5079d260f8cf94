"""Seating whom an election elected, and freeing the seat of who does not take it up."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from alongside.deciding.bodies.actions.tenures import appoint
from alongside.deciding.bodies.models import Seat
from alongside.deciding.bodies.queries.lists import rests_of_terms
from alongside.deciding.elections.actions.calling import require_run
from alongside.deciding.elections.models import Candidate, Election
from alongside.deciding.elections.rules.standing import CandidateState, ElectionState
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.ground.core.words import day_of, short_date
from alongside.ground.web.models import lock

NO_SEAT = "Every seat of this contest is held by then"


@transaction.atomic
def seat_elected(*, election: Election, from_on: date, by: Standing) -> list[Candidate]:
    """Give those elected their seats from a day on, in the order in which they were elected; who is seated already stays so.

    In a vacancy the term is what is left of the one before. Gives whom it was about: who cannot be seated has no `seat`, and
    `why_not` says why. Raises Invalid where the body takes none of them, or then.
    """
    require_run(election, by)
    lock(election)
    chosen = Candidate.objects.filter(contest__election=election, place__isnull=False).select_related("contest__election")
    waiting = list(chosen.filter(state=CandidateState.STANDS, seat="").order_by("contest__position", "place"))
    if not waiting:
        raise Conflict("Everybody who was elected has their seat already, or does not take it up.")
    for one in waiting:
        taken = set(chosen.filter(contest=one.contest_id).values_list("seat", flat=True))
        seats = Seat.objects.select_related("body__partnership").in_bulk(
            [key for key in one.contest.seat_keys if key not in taken]
        )
        _seat(one, [seats[key] for key in one.contest.seat_keys if key in seats], from_on, by)
    if not any(one.seat for one in waiting):
        whys = ". ".join(f"{one.name}: {one.why_not}" for one in waiting)
        raise Invalid(from_on=f"{whys}. Choose another day, or say on the election’s page who does not take their seat up")
    audit.record("elections.seat", row=election.pk, partnership=election.partnership_id, by=by)
    return waiting


def _seat(one: Candidate, free: Sequence[Seat], from_on: date, by: Standing) -> None:
    """The first of those seats that somebody elected can hold from that day; where there is none, why."""
    declared = one.contest.election.declared_at
    rests_on = f"Elected{f', declared {short_date(day_of(declared))}' if declared else ''}"
    one.why_not = NO_SEAT
    for seat in free:
        until = rests_of_terms([seat], from_on)[seat.pk]
        try:
            appoint(seat=seat, person=one.person, from_on=from_on, until_on=until, rests_on=rests_on, key=one.pk, by=by)
        except (Conflict, Invalid) as refused:
            one.why_not = str(refused).removeprefix(f"{one.name}: ")[:300]
            continue
        one.seat, one.why_not = seat.pk, ""
        break
    Candidate.objects.filter(pk=one.pk, state=CandidateState.STANDS).update(seat=one.seat, why_not=one.why_not)


@transaction.atomic
def free_seat(*, candidate: Candidate, why_not: str, by: Standing) -> Candidate:
    """Say that somebody elected does not take their seat up, with the reason: the next election fills it.

    Raises Conflict where they were not elected, sit there already, or it is said already.
    """
    require_run(candidate.contest.election, by)
    why = " ".join(why_not.split())
    rows = Candidate.objects.filter(pk=candidate.pk, state=CandidateState.STANDS, place__isnull=False, seat="")
    declared = rows.filter(contest__election__state=ElectionState.DECLARED)
    if not declared.update(state=CandidateState.UNSEATED, why_not=why):
        raise Conflict("Only who was elected and has no seat yet can leave it to the next election. Load the page again.")
    candidate.state, candidate.why_not = CandidateState.UNSEATED, why
    audit.record("elections.free_seat", row=candidate.pk, partnership=candidate.partnership_id, reason=why, by=by)
    return candidate
