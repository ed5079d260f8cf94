import pytest

from alongside.ground.search.rules.spelling import alike, distance


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
    ("one", "other", "slips"),
    [
        ("oak", "oak", 0),
        ("oak", "oka", 1),
        ("oak", "ok", 1),
        ("oak", "oaks", 1),
        ("oak", "ash", 3),
        ("", "oak", 3),
        ("abcd", "badc", 2),
    ],
)
def test_a_slip_is_a_letter_more_less_or_other_or_two_exchanged(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == distance(other, one) == slips


def test_of_many_the_likeliest_come_first() -> None:
    assert alike("oakfield", ["oakfeild", "oakfield", "oakfald", "ashfield"], most=2) == ("oakfield", "oakfeild")
