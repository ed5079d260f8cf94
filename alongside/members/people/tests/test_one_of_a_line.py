"""Whether two lines tell of one person, and a name of the school with the number beside it."""

import pytest

from alongside.members.people.rules.bulk import KnownPeople, is_same_school, may_be_one, read_lines


@pytest.mark.parametrize(
    ("name", "other", "may_be"),
    [
        ("Jo Smith", "Jo Smith", True),
        ("Jo Smith", "J. Smith", True),
        ("Jo Smith", "Mrs Smith", True),
        ("Jo Smith", "Jim Smith", False),
        ("J. Smith", "M. Smith", False),
    ],
)
def test_two_lines_of_one_address_may_be_of_one_person(name: str, other: str, may_be: bool) -> None:
    assert may_be_one(name, other) is may_be_one(other, name) is may_be


@pytest.mark.parametrize(
    ("name", "theirs", "is_same"),
    [
        ("Ash", "Ash Primary School", True),
        ("Elm", "Ash Primary School", False),
        ("School", "Ash Primary School", True),
        ("Elm", "Primary School", True),
    ],
)
def test_one_telling_word_is_enough_and_where_there_is_none_nothing_is_wrong(name: str, theirs: str, is_same: bool) -> None:
    assert is_same_school(name, "900032", ("s", theirs), KnownPeople({}, {}, {}, frozenset(), frozenset())) is is_same


def test_columns_of_no_meaning_may_be_called_the_same() -> None:
    known = KnownPeople({"head": "Headteacher"}, {900_032: ("s", "Ash")}, {}, frozenset(), frozenset())
    row = ["Bo Lee", "bo@elm.example", "Head", "900032", "", ""]
    assert read_lines([["Name", "E-mail", "Post", "URN", "Remark", "Remark"], row], known).ready
