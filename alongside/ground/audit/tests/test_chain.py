"""Promise 23: the log cannot be quietly changed."""

import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
import rfc8785
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.ground.audit.actions import recording, sealing
from alongside.ground.audit.models import Event, Reason, Seal
from alongside.ground.audit.queries import chain
from alongside.ground.audit.rules import START, Break, Sealed, can_be_sealed, first_break, hash_of
from alongside.ground.audit.tests.make import deeds
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Refused
from alongside.ground.web.frozen import allow_deletes, refuse_deletes
from tests.figures import Figure

SYSTEM = Standing.system()
FULL = os.environ.get("ALONGSIDE_SPEED") == "nightly"
CHANGES = 10_000 if FULL else 1_000
LINKS = 120


def deed(number: int) -> dict:
    at = datetime(2022, 3, 8, 9, number % 60, tzinfo=UTC).isoformat()
    return {
        "id": number, "at": at, "person": f"p{number % 5}", "by_system": False, "act": "fees.pay", "row": f"r{number}",
        "partnership": "elm", "school": "", "facts": {"amount": number * 100}, "reason": "",
    }  # fmt: skip


def chained(deeds: list[dict], hashed: Callable[[int, str, dict], str] = hash_of) -> list[Sealed]:
    links, before = [], START
    for position, one in enumerate(deeds, 1):
        links.append(Sealed(position, one["id"], before, hashed(position, before, one), one))
        before = links[-1].hash
    return links


def changed(links: list[Sealed], chance: random.Random) -> tuple[str, list[Sealed]]:
    """One change of a kind that somebody with the database in hand could make, and its kind."""
    links, at = list(links), chance.randrange(len(links))
    one, kind = (
        links[at],
        chance.choice(["edit", "edit", "delete", "delete with its seal", "reorder", "swap", "insert", "cut", "anew"]),
    )
    match kind:
        case "edit":
            field = chance.choice([name for name in one.deed if name != "id"])
            value = {"facts": {"amount": 1}, "by_system": True}.get(field, "other")
            links[at] = replace(one, deed={**one.deed, field: value})
        case "delete":
            links[at] = replace(one, deed=None)
        case "delete with its seal":
            del links[at]
        case "reorder":
            other = (at + 1 + chance.randrange(len(links) - 1)) % len(links)
            links[at], links[other] = links[other], links[at]
        case "swap":  # two deeds change places under their seals
            other = (at + 1 + chance.randrange(len(links) - 1)) % len(links)
            links[at], links[other] = replace(one, deed=links[other].deed), replace(links[other], deed=one.deed)
        case "insert":
            links.insert(at, replace(one, deed=deed(900 + at), event=900 + at))
        case "cut":
            links = links[:at]
        case "anew":  # all is sealed again after a change, by somebody who has the program too
            told = [link.deed for link in links]
            told[at] = {**told[at], "row": "other"}
            links = chained(told)
    return kind, links


def changes_missed(links: list[Sealed], count: int, broken: Callable[[list[Sealed]], Break | None]) -> Counter[str]:
    chance, missed = random.Random(23), Counter[str]()
    for _ in range(count):
        kind, after = changed(links, chance)
        if broken(after) is None:
            missed[kind] += 1
    return missed


def test_no_change_goes_unseen(figure: Figure) -> None:
    links = chained([deed(number) for number in range(1, LINKS + 1)])
    head = links[-1].hash
    assert first_break(links, head) == (LINKS, head, None)
    missed = changes_missed(links, CHANGES, lambda after: first_break(after, head)[2])

    def without_chain(position: int, before: str, told: dict) -> str:
        return sha256(rfc8785.dumps(told)).hexdigest()

    alone = chained([deed(number) for number in range(1, LINKS + 1)], without_chain)

    def by_each_hash_alone(after: list[Sealed]) -> Break | None:
        bad = [link for link in after if link.deed is None or without_chain(0, "", dict(link.deed)) != link.hash]
        return Break(0, 0, "changed") if bad else None

    planted = changes_missed(alone, CHANGES, by_each_hash_alone)
    figure(
        "promise 23",
        f"{CHANGES} edits, deletes and reorders of {LINKS} links, {sum(missed.values())} missed; "
        f"with hashes that do not chain {sum(planted.values())} missed ({', '.join(sorted(planted))})",
    )
    assert not missed
    assert planted["delete with its seal"] and planted["reorder"] and planted["cut"]


@pytest.mark.parametrize("facts", [{"n": 2**60}, {"n": float("inf")}, {"x": datetime(2022, 3, 8)}])
def test_facts_that_readers_read_differently_are_refused(facts: dict) -> None:
    assert not can_be_sealed(facts)
    with pytest.raises(ValueError, match="plain JSON"):
        recording.record("tests.deed", facts=facts, by=SYSTEM)


@pytest.mark.django_db
def test_the_chain_of_the_database_holds_and_goes_on() -> None:
    deeds(7)
    assert sealing.seal_events(by=SYSTEM) == 7 and sealing.seal_events(by=SYSTEM) == 0
    deeds(3)
    assert sealing.seal_events(by=SYSTEM) == 3
    found, head, count, waiting = chain.state_of_chain(viewer=SYSTEM)
    assert (found, count, waiting) == ([], 10, 0) and (10, head) == chain.head(viewer=SYSTEM)
    assert len({one.before for one in Seal.objects.all()}) == 10
    assert chain.state_of_chain(head=head, viewer=SYSTEM)[0] == []
    assert "head that was noted" in chain.state_of_chain(head="0" * 63 + "1", viewer=SYSTEM)[0][0]


@pytest.mark.django_db
def test_more_than_one_batch_is_sealed_in_order() -> None:
    recording.record_many("tests.many", [{"row": f"r{number}"} for number in range(1_200)], by=SYSTEM)
    assert sealing.seal_events(by=SYSTEM) == 1_200
    assert chain.state_of_chain(viewer=SYSTEM)[0] == []


@pytest.mark.django_db
def test_the_database_itself_refuses_to_change_what_happened() -> None:
    deeds(1)
    sealing.seal_events(by=SYSTEM)
    for rows, change in (
        (Event, {"act": "x"}),
        (Event, {"facts": {"amount": 9}}),
        (Seal, {"hash": "x"}),
        (Reason, {"words": "x"}),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            rows.objects.update(**change)


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["audit_event", "audit_seal"])
def test_in_production_it_refuses_to_delete_as_well(table: str) -> None:
    deeds(1)
    sealing.seal_events(by=SYSTEM)
    with connection.schema_editor(atomic=False) as editor:
        refuse_deletes(editor, table)
        for verb in ["DELETE FROM", *(["TRUNCATE"] if connection.vendor == "postgresql" else [])]:
            with pytest.raises(DatabaseError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{verb} {table}")
        allow_deletes(editor, table)


def behind_its_back(sql: str) -> None:
    """What somebody does who has the database in hand and takes the triggers away."""
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_seal", "audit_reason"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_is_frozen")
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE audit_event SET act = 'other' WHERE row = 'row000000003'", "changed after it was sealed"),
        ("UPDATE audit_event SET facts = '{\"amount\": 1}' WHERE row = 'row000000003'", "changed after it was sealed"),
        ("DELETE FROM audit_event WHERE row = 'row000000003'", "gone"),
        ("DELETE FROM audit_seal WHERE position = 4", "Link 4 is missing"),
        ("UPDATE audit_reason SET words = 'another reason'", "reason of event"),
    ],
)
def test_a_change_behind_its_back_is_named(sql: str, says: str) -> None:
    deeds(9)
    sealing.seal_events(by=SYSTEM)
    behind_its_back(sql)
    found = chain.state_of_chain(viewer=SYSTEM)[0]
    assert found and says in found[0]


@pytest.mark.django_db
def test_a_reason_can_be_erased_and_the_chain_holds() -> None:
    deeds(4)
    sealing.seal_events(by=SYSTEM)
    event = Event.objects.exclude(reason="").first()
    assert Reason.objects.get(event=event.pk).words == "because of 0" and "because" not in event.reason
    assert recording.erase_reason(event=event.pk, by=SYSTEM) and not recording.erase_reason(event=event.pk, by=SYSTEM)
    assert chain.state_of_chain(viewer=SYSTEM)[0] == []


@pytest.mark.django_db
def test_a_reason_is_read_by_whoever_sees_the_deed() -> None:
    deeds(4)
    office = Standing("a", "A", frozenset({usual(Post.MANAGER, partnership="elm000000000")}))
    other = Standing("b", "B", frozenset({usual(Post.MANAGER, partnership="ash000000000")}))
    assert Reason.objects.visible_to(office).count() == 2 and not Reason.objects.visible_to(other).exists()


@pytest.mark.django_db
def test_only_a_demonstration_starts_its_log_again(settings) -> None:
    deeds(2)
    sealing.seal_events(by=SYSTEM)
    settings.TESTING = settings.DEMO = False
    with pytest.raises(Refused):
        sealing.start_chain_again(by=SYSTEM)
    settings.DEMO = True
    sealing.start_chain_again(by=SYSTEM)
    assert sealing.seal_events(by=SYSTEM) == 2 and chain.state_of_chain(viewer=SYSTEM)[0] == []


WRITERS, EACH, SEALERS = 20, 12, 3


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_twenty_writers_and_three_sealers_make_no_fork(figure: Figure) -> None:
    done, troubles = threading.Event(), []

    def write(number: int) -> None:
        try:
            for turn in range(EACH):
                with transaction.atomic():
                    recording.record("tests.deed", row=f"{number}.{turn}", by=SYSTEM)
        except DatabaseError as error:
            troubles.append(error)
        finally:
            connection.close()

    def seal() -> None:
        while not done.wait(0.01):
            sealing.seal_events(by=SYSTEM)
        connection.close()

    sealers = [threading.Thread(target=seal) for _ in range(SEALERS)]
    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for one in [*sealers, *writers]:
        one.start()
    for one in writers:
        one.join()
    done.set()
    for one in sealers:
        one.join()
    sealing.seal_events(by=SYSTEM)
    found, _, count, waiting = chain.state_of_chain(viewer=SYSTEM)
    forks = count - len(set(Seal.objects.values_list("before", flat=True)))
    figure("promise 23", f"{connection.vendor}: {WRITERS} writers, {SEALERS} sealers, {count} links, {forks} forks")
    assert not troubles and not found and not waiting and count == WRITERS * EACH and not forks


@pytest.mark.django_db
def test_a_second_link_after_the_same_hash_is_refused_by_the_database() -> None:
    deeds(2)
    sealing.seal_events(by=SYSTEM)
    first = Seal.objects.get(position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seal.objects.create(event=99, position=99, before=first.hash, hash="x")
