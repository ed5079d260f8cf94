"""Settings hold from a day on."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

import pytest

from alongside.members.partnerships.rules import Template, changed, in_force, mark_of, read, said, write


@dataclass(frozen=True)
class Sample:
    app: ClassVar[str] = "sample"
    fee: int = 150_000
    sign_by: date = date(2022, 3, 18)
    nations: tuple[str, ...] = ("england",)

    @classmethod
    def for_template(cls, template: Template) -> Self:
        return cls()


CHANGES = [
    (date(2022, 4, 1), {"fee": 100_000}),
    (date(2022, 1, 1), {"fee": 120_000, "sign_by": {"date": "2022-03-25"}, "gone": 1}),
]


@pytest.mark.parametrize(
    ("on", "fee", "sign_by"),
    [
        (date(2021, 12, 31), 150_000, date(2022, 3, 18)),
        (date(2022, 1, 1), 120_000, date(2022, 3, 25)),
        (date(2022, 3, 31), 120_000, date(2022, 3, 25)),
        (date(2022, 4, 1), 100_000, date(2022, 3, 25)),
    ],
)
def test_the_settings_of_a_day_are_those_in_force_on_it(on, fee, sign_by):
    assert in_force(Sample(), CHANGES, on) == Sample(fee, sign_by)


def test_only_what_differs_is_stored_and_it_reads_back():
    new = Sample(fee=1, sign_by=date(2030, 1, 2), nations=("england", "wales"))
    stored = changed(Sample(), new)
    assert stored == {"fee": 1, "sign_by": {"date": "2030-01-02"}, "nations": ["england", "wales"]}
    assert in_force(Sample(), [(date(2022, 1, 1), stored)], date(2022, 1, 1)) == new
    assert changed(new, new) == {}
    assert read(write(date(2022, 3, 1))) == date(2022, 3, 1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"date": "2022-03-18"}, "18 March 2022"), (True, "yes"), (False, "no"), (2, "2"), ("", "nothing"),
        ("Elthorne Council\nCivic Centre", "Elthorne Council Civic Centre"), ("word " * 30, "word " * 10 + "word…"),
        ("a" * 60, "a" * 60), (f"word {'a' * 56}", "word…"),
    ],
)  # fmt: skip
def test_a_setting_is_said_as_people_read_it(value, words):
    assert said(value) == words


@pytest.mark.parametrize("value", [{"day": "2022-03-18"}, {"date": "2022-03-18", "at": "noon"}, [{"day": 1}], "date", 3])
def test_what_is_no_date_is_read_as_it_stands(value):
    assert read(value) == (tuple(value) if isinstance(value, list) else value)


def test_a_page_of_settings_carries_the_mark_of_what_it_shows():
    one, other = Sample(), Sample(fee=1)
    assert mark_of(one) == mark_of(Sample()) != mark_of(other)
    assert mark_of(one, ["sign_by"]) == mark_of(other, ["sign_by"]) != mark_of(one, ["fee"])
