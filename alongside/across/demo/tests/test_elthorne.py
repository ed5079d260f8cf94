"""The invented borough is invented, and what happens in it is the same every time."""

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from alongside.across.demo import diary, elthorne, year
from alongside.across.demo.diary import DiaryWhat
from alongside.ground.core import words
from alongside.members.membership.rules.answers import is_academy

REGISTER = sorted((Path(settings.REGISTER_DATA) / "register").glob("*.csv*"))


def plain(name: str) -> str:
    """A name without what differs between two spellings of it."""
    return " ".join(word for word in words.slug_of(name).split("-") if word not in {"the", "school"})


def real_names() -> set[str]:
    """Every name of a school or a trust in the extracts that come with the repository, in plain form."""
    names: set[str] = set()
    for path in REGISTER:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for row in csv.DictReader(io.StringIO(raw.decode("cp1252", errors="replace"))):
            names |= {plain(row[key]) for key in ("EstablishmentName", "Group Name", "Trusts (name)") if row.get(key)}
    return names


def test_the_borough_has_the_mix_of_a_real_one():
    phases = Counter(one.phase for one in elthorne.schools())
    assert phases == {"Primary": 69, "Secondary": 19, "Not applicable": 6, "All-through": 2, "Nursery": 1}
    assert sum(phases.values()) == 97
    assert sum(is_academy(one.type) for one in elthorne.schools()) in range(35, 56)


def test_urns_names_places_and_numbers_are_its_own():
    schools = elthorne.schools()
    assert [one.urn for one in schools] == list(range(900_001, 900_098))
    assert min(elthorne.trusts().values()) >= 900_001
    for fact in ("name", "postcode", "email", "phone"):
        assert len({getattr(one, fact) for one in schools}) == 97, fact
    assert all(one.postcode.startswith("QX") and one.email.endswith(".elthorne.example") for one in schools)
    assert all("020 7946 0000" <= one.phone <= "020 7946 0999" for one in schools)


def test_every_school_lies_inside_the_borough_and_far_from_land():
    west, east = min(e for e, _ in elthorne.STORY["outline"]), max(e for e, _ in elthorne.STORY["outline"])
    south, north = min(n for _, n in elthorne.STORY["outline"]), max(n for _, n in elthorne.STORY["outline"])
    assert west > 660_000  # east of the easternmost school of England
    assert all(west < one.easting < east and south < one.northing < north for one in elthorne.schools())


@pytest.mark.slow
def test_no_register_holds_a_name_of_elthorne():
    real = real_names()
    assert len(real) > 20_000
    invented = {plain(name) for name in [*(one.name for one in elthorne.schools()), *elthorne.trusts()]}
    assert not invented & real
    assert plain("The Aldgate School") in real  # the comparison finds what is there


def test_the_same_diary_is_written_every_time_and_another_seed_writes_another():
    assert diary.diary() == diary.diary()
    assert diary.diary(1) != diary.diary(2)


@pytest.mark.parametrize("seed", range(5))
def test_on_8_march_sixty_one_have_signed_ten_wait_six_ask_and_twenty_are_silent(seed):
    known = diary.fates(seed)
    signed = [one for _, group in known.signed + known.by_trust for one in group]
    subject = [one for _, group in known.subject for one in group]
    everybody = [*signed, *subject, *(one for one, _, _ in known.asking), *known.silent]
    assert (len(signed), len(subject), len(known.asking), len(known.silent)) == (61, 10, 6, 20)
    assert len({one.urn for one in everybody}) == 97


def test_reminders_are_only_written_on_school_days_and_questions_have_answers():
    for entry in diary.diary():
        if entry.what is DiaryWhat.CHASE:
            assert entry.at.weekday() < 5
        if entry.what is DiaryWhat.ANSWER:
            assert entry.answer.strip()


def test_the_prospectus_says_nothing_of_a_real_place():
    said = " ".join(elthorne.STORY["prospectus"].values())
    assert "Elthorne" in said and "Hillingdon" not in said


def test_what_the_board_decided_about_money_it_decided_when_it_met():
    assert {year.WAIVED_ON, year.BOARD_ON} <= set(elthorne.STORY["meeting"]["days"])
