"""The box opens with two codes and never with one; a sealed ballot tells nothing, not even by its length."""

from itertools import combinations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, strategies as st

from alongside.deciding.elections.rules import sealing
from alongside.deciding.elections.rules.sealing import OpenedBallot, WrongCode

CODES = [sealing.new_code() for _ in range(3)]
PUBLICS = [sealing.public_of(code, "elm") for code in CODES]
PUBLIC, ENVELOPES = sealing.new_box(PUBLICS, "elm")
BALLOT = OpenedBallot("k3" * 6, ((2, 0), ()))


def test_any_two_codes_open_a_ballot() -> None:
    sealed = sealing.sealed_ballot(BALLOT, [3, 2], PUBLIC, "elm")
    for pair in combinations(CODES, 2):
        assert sealing.opened_ballot(sealed, sealing.key_from(pair[::-1], ENVELOPES, "elm"), "elm") == BALLOT
    assert len(ENVELOPES) == 3


@pytest.mark.parametrize(
    ("codes", "election"),
    [
        (CODES[:1], "elm"),
        ([CODES[0], CODES[0]], "elm"),
        ([CODES[0], sealing.new_code()], "elm"),
        (CODES, "elm"),
        (CODES[:2], "oak"),
        ([CODES[0], "a word"], "elm"),
    ],
)
def test_no_other_codes_open_it(codes: list[str], election: str) -> None:
    with pytest.raises(WrongCode):
        sealing.key_from(codes, ENVELOPES, election)


def test_one_code_with_all_that_is_stored_reads_nothing() -> None:
    half = sealing.half_of(CODES[0], "elm")
    for envelope in ENVELOPES.values():
        with pytest.raises(WrongCode):
            sealing.read_with(half, sealing._text(_once(half, envelope)), "elm")


def _once(half: X25519PrivateKey, envelope: str) -> bytes:
    """What one code makes of an envelope: another sealed thing, or nothing."""
    try:
        return sealing.read_with(half, envelope, "elm")
    except WrongCode:
        return b""


def test_a_code_is_known_however_it_is_typed() -> None:
    typed = CODES[0].upper().replace("-", " ")
    assert sealing.public_of(f" {typed} ", "elm") == PUBLICS[0] != sealing.public_of(CODES[0], "oak")


def test_a_code_opens_its_own_test_envelope_and_no_other() -> None:
    envelope = sealing.rehearsal(PUBLICS[0], "elm")
    assert [sealing.opens_rehearsal(code, envelope, "elm") for code in (*CODES, "x")] == [True, False, False, False]
    assert not sealing.opens_rehearsal(CODES[0], envelope, "oak")


def test_a_ballot_of_another_election_or_a_changed_one_is_refused() -> None:
    key = sealing.key_from(CODES[:2], ENVELOPES, "elm")
    for wrong in (
        sealing.sealed_ballot(BALLOT, [3, 2], PUBLIC, "oak"),
        sealing.sealed_ballot(BALLOT, [3, 2], PUBLIC, "elm")[:-8] + "AAAAAAA=",
        "AAAA",
    ):
        with pytest.raises(WrongCode):
            sealing.opened_ballot(wrong, key, "elm")


choices = st.lists(st.permutations(range(9)).flatmap(lambda one: st.integers(0, 9).map(lambda k: tuple(one[:k]))), max_size=3)


@given(choices)
def test_what_is_sealed_is_opened_and_as_long_as_any_other(chosen: list[tuple[int, ...]]) -> None:
    ballot = OpenedBallot("0" * 12, tuple(chosen))
    many = [9] * len(chosen)
    sealed = sealing.sealed_ballot(ballot, many, PUBLIC, "elm")
    assert sealing.opened_ballot(sealed, sealing.key_from(CODES[1:], ENVELOPES, "elm"), "elm") == ballot
    assert len(sealed) == len(sealing.sealed_ballot(OpenedBallot("0" * 12, ((),) * len(chosen)), many, PUBLIC, "elm"))


def test_the_hash_of_a_box_does_not_depend_on_order() -> None:
    assert sealing.box_hash(["b", "a"]) == sealing.box_hash(["a", "b"]) != sealing.box_hash(["a", "b", "b"])
