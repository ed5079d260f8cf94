"""What every test of the product lives by: no network but this machine, a clock that can be set, few examples for speed."""

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from alongside.ground.core import clock
from tests import costs, databases, figures, one_handler, share
from tests.reading import room_of

if TYPE_CHECKING:
    from tests.world import World

LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0", None, ""}
EXAMPLES = {"test": 50, "check": 100, "nightly": 2_000}
OF_DATABASES = {"audit", "keeping", "search", "work"}  # rooms whose promises are kept by what a database does
DEEDS = ("test_actions", "test_gathering")  # what writes, and the largest questions
SPEED = os.environ.get("ALONGSIDE_SPEED", "test")

for name, examples in EXAMPLES.items():
    hypothesis.settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        derandomize=name != "nightly",
        database=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
    )
hypothesis.settings.load_profile(SPEED)


class OutsideWorld(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """Lets sockets reach this machine and no other."""
    connect, find = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise OutsideWorld(f"a test tried to reach {address[0]}")
        connect(self, address)

    def guarded_find(host: object, *args: object, **kwargs: object) -> object:
        if host not in LOOPBACK and host != socket.gethostname():
            raise OutsideWorld(f"a test tried to look up {host}")
        return find(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_find)
        yield


@pytest.fixture(autouse=True, scope="session")
def middleware_loaded_once() -> Iterator[None]:
    """All clients of a process share their middleware."""
    with one_handler.shared():
        yield


@pytest.fixture(scope="session")
def test_databases(
    django_test_environment: None, django_db_blocker: Any, pytestconfig: pytest.Config
) -> Iterator[databases.Databases]:
    """The databases of this process."""
    with django_db_blocker.unblock():
        made = databases.Databases()
    yield made
    with django_db_blocker.unblock():
        made.close()


@pytest.fixture
def django_db_setup(
    request: pytest.FixtureRequest, test_databases: databases.Databases, django_db_blocker: Any
) -> Iterator[None]:
    """Each test meets an empty database, or the furnished one that it asks for."""
    furnished = next((name for name in databases.FURNISHED if name in request.fixturenames), "")
    with django_db_blocker.unblock(), costs.SHARED.made(True):
        test_databases.use(furnished)
    yield
    if furnished and stays(request.node):
        with django_db_blocker.unblock():
            test_databases.forget()


@pytest.fixture
def world(db: None, test_databases: databases.Databases) -> "Iterator[World]":
    """Alder and Birch on 8 March 2022."""
    given = test_databases.given("world")
    with clock.at(clock.start_of(date(2022, 3, 8), 12)):
        yield given


@pytest.fixture
def elthorne(db: None) -> None:
    """The invented borough on 8 March 2022."""


@pytest.fixture
def time_is() -> Iterator[Callable[[date | datetime], None]]:
    """Sets the product's clock for the rest of the test: `time_is(date(2022, 3, 8))` is noon of that day in London."""
    with ExitStack() as stack:

        def move(moment: date | datetime) -> None:
            when = moment if isinstance(moment, datetime) else clock.start_of(moment, 12)
            stack.enter_context(clock.at(when))

        yield move


@pytest.fixture(autouse=True)
def clock_of_the_mark(request: pytest.FixtureRequest) -> Iterator[None]:
    """`@pytest.mark.on(2022, 3, 8)` lets a test live at noon of that day in London."""
    mark = request.node.get_closest_marker("on")
    with ExitStack() as stack:
        if mark:
            stack.enter_context(clock.at(clock.start_of(date(*mark.args), 12)))
        yield


@pytest.fixture
def figure() -> figures.Figure:
    """Keeps a figure for the end of the run: `figure("promise 1", "9,000 cells, 0 wrong")`."""
    return figures.keep


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was measured."""
    if measured := figures.lines():
        terminalreporter.section("figures")
        for line in measured:
            terminalreporter.write_line(line)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test that uses the database is marked so, and what belongs to other parts of a run is left to them."""
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("stored")
        if stays(item) or room_of(item.nodeid.split("::")[0]) in OF_DATABASES or item.path.stem.startswith(DEEDS):
            item.add_marker("both")
    items[:], left = share.of_this_run(items)
    if left:
        config.hook.pytest_deselected(items=left)


def stays(item: pytest.Item) -> bool:
    """Whether the test keeps what it writes, so that other processes and threads see it: locks, kills, many at once."""
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in getattr(item, "fixturenames", ()) or bool(mark and mark.kwargs.get("transaction"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Keep what each fast test cost."""
    with costs.measured("" if item.get_closest_marker("slow") else item.nodeid):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """The world and its database are made once, for all."""
    with costs.SHARED.made(fixturedef.scope == "session"):
        return (yield)


def pytest_sessionstart(session: pytest.Session) -> None:
    """What pages refuse is no news beside a failure (a sweep asks for all of them); whoever reads the log itself has it."""
    shown = session.config.pluginmanager.getplugin("logging-plugin").report_handler
    shown.addFilter(lambda record: record.name != "django.request" or record.levelno > logging.WARNING)


def pytest_configure(config: pytest.Config) -> None:
    """Marks need no explanation beyond this list; unknown ones fail."""
    for line in (
        "on(year, month, day): the test lives at noon of that day in London",
        "slow: takes more than two seconds; runs in `make check`",
        "stored: uses the database (set by itself)",
        "both: about what databases do differently; `make check` runs it on both (most are set so by themselves)",
        "browser: a journey in Chromium",
        "smoke: one of the six journeys that `make test` walks, and that PostgreSQL and the phone see as well",
        "nightly: full numbers, kills and fuzz",
    ):
        config.addinivalue_line("markers", line)
