"""What every test stands on is there: no outside world, a clock that obeys, warnings that fail, real databases."""

import socket
import subprocess
import sys
import warnings
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from alongside.ground.core import clock
from tests import run
from tests.environment import ROOT


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as line, pytest.raises(AssertionError, match="tried to reach"):
        line.connect(("192.0.2.1", 80))
    with pytest.raises(AssertionError, match="tried to look up"):
        socket.getaddrinfo("elsewhere.example", 80)


@pytest.mark.on(2022, 3, 8)
def test_a_test_lives_on_the_day_of_its_mark() -> None:
    assert clock.today() == date(2022, 3, 8)


def test_a_test_moves_the_clock(time_is: Callable[[date], None]) -> None:
    time_is(date(2027, 10, 31))
    assert clock.today() == date(2027, 10, 31)


def test_a_warning_fails() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_the_database_is_the_one_that_was_asked_for(db: None) -> None:
    assert connection.vendor in {"sqlite", "postgresql"}
    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_failed_step_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    one = run.Run("test")
    one.step("well", [sys.executable, "-c", "print('5 passed')"])
    one.step("not well", [sys.executable, "-c", "raise SystemExit(3)"])
    assert one.close() == 1
    assert "FAILED: not well" in capsys.readouterr().out


def test_without_a_browser_it_says_so_and_fails_only_where_journeys_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "chromium", lambda: None)
    monkeypatch.delenv("ALONGSIDE_JOURNEYS", raising=False)
    one = run.Run("test")
    run.journeys(one, "journeys")
    assert one.close() == 0
    monkeypatch.setenv("ALONGSIDE_JOURNEYS", "required")
    run.journeys(one, "journeys")
    assert one.close() == 1


def test_the_three_speeds_are_commands() -> None:
    answer = subprocess.run([sys.executable, "-m", "tests.run", "slowly"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "test`, `check` or `nightly`" in answer.stdout
