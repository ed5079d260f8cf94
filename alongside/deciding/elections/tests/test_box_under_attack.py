"""One vote a school though those who vote are killed; what is stored does not tell who voted how; what is published cannot be
changed without that being seen."""

import json
import os
import random
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from alongside.deciding.elections import recount
from alongside.deciding.elections.actions import voting
from alongside.deciding.elections.models import Contest, Election, KeyEnvelope, PublishedList, SchoolVote, SealedBallot
from alongside.deciding.elections.rules.counting import BallotPaper, transferable
from alongside.deciding.elections.rules.published import listed_ballots
from alongside.deciding.elections.rules.sealing import new_box, public_of
from alongside.deciding.elections.rules.standing import Method
from alongside.deciding.elections.tests.make import OPENS, Poll, at
from alongside.ground.core import clock, keys
from alongside.members.people.models import Person
from tests.figures import Figure
from tests.kills import database_killed, killed
from tests.signing_in import enter

FULL = os.environ.get("ALONGSIDE_FULL") == "1" or os.environ.get("ALONGSIDE_SPEED") == "nightly"
SCHOOLS, KILLS = (500, 100) if FULL else (30, 6)
POLLS, VOTERS = (20, 100) if FULL else (3, 40)
CHANGES = 10_000 if FULL else 400
CONTESTED = ("Oak", "Elm", "Primary 0", "Primary 1")


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_one_vote_a_school_though_those_who_vote_are_killed(tmp_path: Path, figure: Figure) -> None:
    with clock.at(clock.start_of(OPENS, 7)):
        poll = Poll(primaries=SCHOOLS - 3)
        codes = poll.running(*CONTESTED)
    answered = tmp_path / "answered"
    answered.touch()
    with database_killed() as ended:
        kills = killed("alongside.deciding.elections.tests.voter", KILLS, poll.election.pk, str(answered), processes=2)
    assert sum(ended) > 0 or connection.vendor == "sqlite"
    said = answered.read_text(encoding="utf-8").split()
    voted = set(SchoolVote.objects.filter(election=poll.election, voted=True).values_list("pk", flat=True))
    ballots = SealedBallot.objects.filter(election=poll.election).count()
    assert len(voted) == SCHOOLS == ballots and set(said) <= voted and len(said) == len(set(said))
    with clock.at(clock.start_of(OPENS, 12)):
        poll.boxed()
        poll.unboxed(codes)
    assert sum(len(json.loads(one.text)["ballots"]) for one in PublishedList.objects.all()) == SCHOOLS
    cut = f", {sum(ended)} connections ended by the database" if ended else ""
    words = f"{SCHOOLS} schools, each pressed by two, {kills} kills{cut}: 0 lost, 0 double, ballots = marks"
    figure("promise 6", f"{connection.vendor}: {words}")


def rows_of(table: str) -> list[tuple[Any, ...]]:
    """The rows of a table in the order in which they lie there, as a copy of the database has them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return list(cursor.fetchall())


def dumped() -> dict[str, list[tuple[Any, ...]]]:
    """Every table."""
    return {table: rows_of(table) for table in connection.introspection.table_names()}


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.on(2022, 3, 21)
def test_a_vote_on_the_page_changes_the_roll_and_the_box_and_nothing_else() -> None:
    poll = Poll()
    poll.running(*CONTESTED)
    client = Client()
    enter(client, Person.objects.get(pk=poll.heads["Ash"].person))
    vote = poll.vote_of("Ash")
    with at(OPENS):
        client.get(reverse("elections:vote", args=[poll.partnership.slug, vote.pk]))
        before = dumped()
        typed = {"contest_0": ["0", "2"], "tracker": keys.new_key()}
        client.post(reverse("elections:vote", args=[poll.partnership.slug, vote.pk]), typed)
        assert dumped() == before  # looking once more stores nothing
        assert client.post(reverse("elections:cast", args=[poll.partnership.slug, vote.pk]), typed).status_code == 302
    after = dumped()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"elections_schoolvote", "elections_sealedballot"}
    (row,) = after["elections_sealedballot"]
    assert typed["tracker"] not in str(after) and poll.heads["Ash"].person not in str(row) and vote.pk not in str(row)


Stored = list[str]  # one row for each vote, in the order in which they lie
Ballot = tuple[str, tuple[int, ...]]


def planted(stored: Stored) -> Stored:
    """The same rows in a table of their own, read as they lie there."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted_ballots (stored text)")
        for one in stored:
            cursor.execute("INSERT INTO planted_ballots VALUES (%s)", [one])
        found = [row for (row,) in rows_of("planted_ballots")]
        cursor.execute("DROP TABLE planted_ballots")
    return found


def attack(stored: Stored, log: list[str], published: list[Ballot]) -> dict[str, tuple[int, ...]]:
    """Who voted how, as a thief concludes it: from a copy of the table during the ballot, the web log, and the published list.

    The i-th in the log wrote the i-th row. What is in a row is looked for in the list, as it is and by the hash of each tracker;
    where nothing is found, the row's place is taken for the ballot's.
    """
    plain = {str(list(choices)): at for at, (_, choices) in enumerate(published)}
    hashed = {sha256(tracker.encode()).hexdigest(): at for at, (tracker, _) in enumerate(published)}
    by_bytes = {row: at for at, row in enumerate(sorted(stored))}
    guess = {}
    for voter, row in zip(log, stored, strict=True):
        guess[voter] = published[plain.get(row, hashed.get(row, by_bytes[row]))][1]
    return guess


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db
def test_what_is_stored_during_the_ballot_tells_no_more_than_chance(figure: Figure) -> None:
    chance, linked, naive, by_hash = random.Random(7), 0, 0, 0
    with at(OPENS, 7):
        poll = Poll(primaries=VOTERS - 3, method=Method.TRANSFERABLE, has_proof=True)
        names = [f"Primary {number}" for number in range(8)]
        codes = poll.running(*names)
    for _ in range(POLLS):
        again(poll, codes)
        log = chance.sample(list(poll.heads), VOTERS)
        truth = {name: tuple(chance.sample(range(8), 8)) for name in log}
        trackers = {name: keys.new_key() for name in log}
        for name in log:
            with at(OPENS):
                said = {"tracker": trackers[name], "choices": [truth[name]]}
                voting.cast_ballot(vote=poll.vote_of(name), **said, by=poll.heads[name])
        stored = [next(cell for cell in row if len(str(cell)) > 100) for row in rows_of("elections_sealedballot")]
        assert len({len(row) for row in stored}) == 1
        poll.boxed()
        poll.unboxed(codes)
        told = json.loads(PublishedList.objects.get(contest=poll.contest).text)["ballots"]
        published = [(tracker, tuple(choices)) for tracker, choices in told]

        tables = (
            stored,
            planted([str(list(truth[name])) for name in log]),
            planted([sha256(trackers[name].encode()).hexdigest() for name in log]),
        )
        guesses = [attack(rows, log, published) for rows in tables]
        found = [sum(guess[name] == truth[name] for name in log) for guess in guesses]
        linked, naive, by_hash = linked + found[0], naive + found[1], by_hash + found[2]
    of = POLLS * VOTERS
    assert (naive, by_hash) == (of, of)
    assert linked <= POLLS + 4 * POLLS**0.5 + 2  # by chance one in each poll
    words = (
        f"sealed {linked} of {of} votes linked, chance {POLLS}; naive table {naive} of {of}, column of hashes {by_hash} of {of}"
    )
    figure("promise 7", f"{connection.vendor}: {words}")


def again(poll: Poll, codes: list[str]) -> None:
    """The same ballot once more, with an empty box and a key for the same codes."""
    publics = [public_of(code, poll.election.pk) for code in codes]
    public, envelopes = new_box(publics, poll.election.pk)
    PublishedList.objects.all().delete()
    KeyEnvelope.objects.all().delete()
    KeyEnvelope.objects.bulk_create(
        KeyEnvelope(election=poll.election, outer=outer, inner=inner, sealed=sealed)
        for (outer, inner), sealed in envelopes.items()
    )
    SchoolVote.objects.update(voted=False)
    Contest.objects.update(outcome="contested", count={}, lots="")
    Election.objects.filter(pk=poll.election.pk).update(state="ballot", public_key=public, declared_at=None, box_hash="")
    poll.election.refresh_from_db()


def a_list(chance: random.Random) -> str:
    """A published list of thirty ballots."""
    ballots = [(keys.new_key(), tuple(chance.sample(range(5), chance.randint(1, 5)))) for _ in range(30)]
    done = transferable([BallotPaper(choices) for _, choices in ballots], 5, 2, range(5))
    told = {"title": "Board", "method": "transferable", "seats": 2, "candidates": [*"ABCDE"], "lots": [*range(5)], "schools": 40}
    return listed_ballots(**told, marks=30, ballots=ballots, has_trackers=True, elected=done.elected)


def changed(text: str, chance: random.Random) -> str:
    """One change: a ballot altered, dropped, added, swapped with another's; the roll, the marks, the lots or the result."""
    told = json.loads(text)
    ballots, how = told["ballots"], chance.randrange(8)
    at, other = chance.sample(range(len(ballots)), 2)
    if how == 0:
        ballots[at][1] = ballots[at][1][::-1] if len(ballots[at][1]) > 1 else [(ballots[at][1][0] + 1) % 5]
    elif how == 1:
        del ballots[at]
    elif how == 2:
        ballots.insert(at, [keys.new_key(), [chance.randrange(5)]])
    elif how == 3:
        ballots[at][0], ballots[other][0] = ballots[other][0], ballots[at][0]
    elif how == 4:
        told["schools"] += chance.choice([-1, 1])
    elif how == 5:
        told["marks"] += chance.choice([-1, 1])
    elif how == 6:
        told["lots"] = told["lots"][::-1]
    else:
        told["elected"] = told["elected"][::-1]
    return json.dumps(told)


def test_every_single_change_of_a_published_list_is_seen(figure: Figure) -> None:
    chance, unseen, by_itself = random.Random(9), 0, 0
    for _ in range(CHANGES // 20):
        text = a_list(chance)
        assert recount.faults(text.encode(), sha256(text.encode()).hexdigest()) == []
        for _ in range(20):
            other = changed(text, chance).encode()
            unseen += not recount.faults(other, sha256(text.encode()).hexdigest())
            by_itself += bool(recount.faults(other, sha256(other).hexdigest()))
    assert unseen == 0 and by_itself > 0
    figure("promise 9", f"{CHANGES} changes of published lists: 0 unseen; {by_itself} seen even where the hash was made anew")
