"""The three scrutineers, and opening the ballot."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from alongside.deciding.elections.actions.calling import require_run
from alongside.deciding.elections.actions.telling import write
from alongside.deciding.elections.models import Election, KeyEnvelope, SchoolVote, Scrutineer
from alongside.deciding.elections.permissions import may_watch_box
from alongside.deciding.elections.queries.internal import electorate, facts_of, hash_of, people_in, still_watching
from alongside.deciding.elections.rules.sealing import new_box, new_code, opens_rehearsal, public_of, rehearsal
from alongside.deciding.elections.rules.standing import SCRUTINEERS, ElectionState, scrutineer_problem
from alongside.deciding.elections.rules.timetable import ballot_problem
from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, require
from alongside.ground.core.words import listed
from alongside.ground.web.later import later
from alongside.ground.web.models import lock, move
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.people.models import Role
from alongside.members.whoswho.queries import colleagues_in

WRONG = "This is not the code that was shown to you last. Type it as it stands in what you kept, or make a new one"
FROZEN = "The ballot is open: who watches it is settled."


@transaction.atomic
def ask_scrutineers(*, election: Election, people: Collection[str], by: Standing) -> list[Scrutineer]:
    """Ask three people to watch the box; whoever was not asked before gets a message with one link. Gives those newly asked.

    Raises Invalid where one of them stands, runs the election, or is of no school of the partnership, or two are of one school.
    """
    require_run(election, by)
    lock(election)
    if election.state != ElectionState.STANDING:
        raise Conflict(FROZEN)
    candidates, known = people_in(election)
    roles = colleagues_in([election.partnership_id]).filter(person__in=list(people)).exclude(school=None)
    of_person: dict[str, dict[str, Role]] = {person: {} for person in people}
    for role in roles.select_related("person", "school__current").order_by("school__current__name", "pk"):
        of_person[role.person_id].setdefault(role.school_id or "", role)
    officers = {election.officer, by.person or ""} - {""}
    if why := scrutineer_problem(of_person, candidates, officers, len(electorate(election.partnership))):
        raise Invalid(people=why)
    election.scrutineers.exclude(person__in=list(people)).delete()
    new = [
        Scrutineer.objects.create(
            partnership=election.partnership, election=election, person=person, name=role.person.name,
            place=str(role.school),
        )
        for person, of_schools in of_person.items()
        if person not in known and (role := next(iter(of_schools.values())))
    ]  # fmt: skip
    for one in new:
        words = {"body": election.body.name, "officer": by.name}
        write("elections/scrutineer.txt", one.person, one.partnership, "scrutineer", one.pk, by, **words)
    facts = {"people": sorted(people)}
    audit.record("elections.ask_scrutineers", row=election.pk, partnership=election.partnership_id, facts=facts, by=by)
    return new


@transaction.atomic
def make_code(*, scrutineer: Scrutineer, by: Standing) -> str:
    """Make a scrutineer's code. It is given here once and kept nowhere; pressed again, the new one takes the place of the old."""
    require(may_watch_box(by, scrutineer.partnership_id, scrutineer.person))
    _still_asked(scrutineer)
    code = new_code()
    public = public_of(code, scrutineer.election_id)
    envelope = rehearsal(public, scrutineer.election_id)
    Scrutineer.objects.filter(pk=scrutineer.pk).update(public=public, envelope=envelope, rehearsed_at=None)
    audit.record("elections.make_code", row=scrutineer.pk, partnership=scrutineer.partnership_id, by=by)
    return code


def _still_asked(scrutineer: Scrutineer) -> None:
    lock(scrutineer.election)
    if scrutineer.election.state != ElectionState.STANDING:
        raise Conflict(FROZEN)


@transaction.atomic
def rehearse(*, scrutineer: Scrutineer, code: str, by: Standing) -> Scrutineer:
    """Open the test envelope with one's code. Raises Invalid where it does not open."""
    require(may_watch_box(by, scrutineer.partnership_id, scrutineer.person))
    _still_asked(scrutineer)
    scrutineer.refresh_from_db()
    if not scrutineer.envelope or not opens_rehearsal(code, scrutineer.envelope, scrutineer.election_id):
        raise Invalid(code=WRONG)
    scrutineer.rehearsed_at = clock.now()
    Scrutineer.objects.filter(pk=scrutineer.pk).update(rehearsed_at=scrutineer.rehearsed_at)
    audit.record("elections.rehearse", row=scrutineer.pk, partnership=scrutineer.partnership_id, by=by)
    return scrutineer


@transaction.atomic
def decline_watch(*, scrutineer: Scrutineer, by: Standing) -> Scrutineer:
    """Say that one cannot watch: the returning officer finds somebody else. Raises Conflict once the ballot is open."""
    require(may_watch_box(by, scrutineer.partnership_id, scrutineer.person))
    _still_asked(scrutineer)
    Scrutineer.objects.filter(pk=scrutineer.pk).delete()
    audit.record("elections.decline_watch", row=scrutineer.election_id, partnership=scrutineer.partnership_id, by=by)
    return scrutineer


@transaction.atomic
def open_ballot(*, election: Election, opens_on: date, closes_on: date, by: Standing) -> Election:
    """Freeze the roll from the signed agreements and everything else that the ballot rests on, make its key, and open it on its
    day. Raises Conflict until three scrutineers who are there still have rehearsed, Invalid for days that may not be."""
    require_run(election, by)
    lock(election)
    if election.state in (ElectionState.BALLOT, ElectionState.BOXED, ElectionState.DECLARED):
        raise Conflict("The ballot was opened already.")
    watching = list(election.scrutineers.exclude(public="").filter(rehearsed_at__isnull=False))
    if len(watching) != SCRUTINEERS:
        raise Conflict("The ballot opens once all three scrutineers have rehearsed.")
    there = still_watching(election)
    if gone := [one.name for one in watching if one.person not in there]:
        raise Conflict(f"{listed(gone)}: of no school of the partnership any more. Ask somebody else to watch in their place.")
    if problems := ballot_problem(opens_on, closes_on, clock.today(), school_days_of(election.partnership)):
        raise Invalid(**problems)
    voters = electorate(election.partnership)
    SchoolVote.objects.bulk_create(
        SchoolVote(
            partnership=election.partnership, election=election, school_id=one.school, urn=one.urn, school_name=one.name,
            person=one.person, person_name=one.person_name,
        )
        for one in voters
    )  # fmt: skip
    public, envelopes = new_box([one.public for one in watching], election.pk)
    KeyEnvelope.objects.bulk_create(
        KeyEnvelope(election=election, outer=outer, inner=inner, sealed=sealed) for (outer, inner), sealed in envelopes.items()
    )
    election.opens_at, election.closes_at = max(clock.now(), clock.start_of(opens_on)), clock.end_of(closes_on)
    election.public_key, election.opens_on, election.closes_on = public, opens_on, closes_on
    said = {name: getattr(election, name) for name in ("opens_at", "closes_at", "public_key", "opens_on", "closes_on")}
    told = facts_of(election)
    move(election, ElectionState.BALLOT, facts=told, facts_hash=hash_of(told), **said)
    facts = {"roll": len(voters), "facts": election.facts_hash, "scrutineers": sorted(one.person for one in watching)}
    audit.record("elections.open_ballot", row=election.pk, partnership=election.partnership_id, facts=facts, by=by)
    later("elections.tell_voters", election.pk)
    return election
