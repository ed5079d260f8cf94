import pytest

from alongside.ground.search.rules.spelling import alike


@pytest.mark.parametrize(
    ("word", "meant", "is_forgiven"),
    [
        ("abcde", "abxde", True),
        ("abcde", "abxye", False),
        ("abcdef", "abxyef", True),
        ("abcdefghij", "xycdefghij", True),
        ("abcdefghij", "xyzdefghij", False),
        ("abcdefghijk", "xyzdefghijk", True),
        ("abcdefghijk", "xyzwefghijk", False),
        ("abcde", "abcdef", True),
        ("abcde", "abcdefg", False),
    ],
)
def test_as_many_slips_are_forgiven_as_a_word_is_long(word: str, meant: str, is_forgiven: bool) -> None:
    assert alike(word, [meant]) == ((meant,) if is_forgiven else ())


@pytest.mark.parametrize(
    ("one", "other", "is_one_slip"),
    [("oak", "oak", True), ("oak", "oka", True), ("oak", "ok", True), ("oak", "oaks", True), ("oak", "ask", False),
     ("abcd", "badc", False)],
)  # fmt: skip
def test_a_slip_is_a_letter_more_less_or_other_or_two_exchanged(one: str, other: str, is_one_slip: bool) -> None:
    assert bool(alike(one, [other])) is bool(alike(other, [one])) is is_one_slip


def test_of_many_the_likeliest_come_first() -> None:
    assert alike("oakfield", ["oakfeild", "oakfield", "oakfald", "ashfield"], most=2) == ("oakfield", "oakfeild")
