"""What goes by itself goes at the hour that every page and guide says."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from alongside.across.monday.rules import is_time
from alongside.deciding.bodies import tasks as bodies
from alongside.ground.core import clock
from alongside.members.bulletin.forms import WhenForm
from alongside.members.calendar.rules.days import MORNING, MORNING_IN_WORDS, has_morning_come
from alongside.members.diary.rules import is_time as goes_to_diaries
from alongside.members.notices.rules.waiting import READY_BY, News, Waits
from alongside.members.whoswho.rules import Goes
from alongside.money.invoices import tasks as invoices

GUIDES = {"users/notices.md": ("Monday, {} o’clock", "together at {} on"), "users/bulletin.md": ("from {} in the morning",)}
MONDAY = date(2022, 3, 7)


def test_one_hour_is_said_everywhere() -> None:
    said = f"at {MORNING_IN_WORDS} on"
    assert all(said in one.label for one in (Waits.DAY, News.USUAL, News.DAY, Goes.WAITS))
    assert f"From {MORNING_IN_WORDS} in" in str(WhenForm.base_fields["weekday"].help_text)
    for guide, lines in GUIDES.items():
        text = (Path(__file__).parent.parent / "docs" / guide).read_text().lower()
        assert all(line.format(MORNING_IN_WORDS).lower() in text for line in lines), guide


@pytest.mark.parametrize(("minutes", "goes"), [(-1, False), (0, True)])
def test_and_kept_by_what_goes(minutes: int, goes: bool) -> None:
    now = clock.start_of(MONDAY, MORNING.hour) + timedelta(minutes=minutes)
    assert has_morning_come(now) is goes_to_diaries(now) is goes
    assert is_time(now) is True and is_time(now - READY_BY) is goes  # the week's mail is written before, and goes then
    assert {one.at for one in (*invoices.PERIODIC, *bodies.PERIODIC)} == {MORNING} == {time(7)}
