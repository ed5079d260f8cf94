"""`alongside demo`: everything from an empty folder to a page in the browser."""

import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.core.management import call_command

from alongside.across.demo.actions import borough, days, doors
from alongside.across.demo.queries import state
from alongside.ground.core.standing import Standing
from alongside.ground.web.later import at_once
from alongside.ground.web.server import serve as run_server

HERE = Path(__file__).parent
ORDER = ("edubase", "gias", "allgroups", "academies", "links", "alllinks")


@contextmanager
def step(words: str) -> Iterator[None]:
    """One line of progress: what is done, and how long it took."""
    began = perf_counter()
    print(f"  {words} ".ljust(58, "."), end=" ", flush=True)
    yield
    print(f"{perf_counter() - began:5.1f} s", flush=True)


def is_free(port: int) -> bool:
    """Whether nobody listens on that port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start(port: int, serve: bool = True, beside: Callable[[], None] | None = None) -> int:
    """Prepare what is missing, then serve on this machine only, with what runs beside it; gives the exit code."""
    if settings.MODE == "production":
        print("alongside: a demonstration never runs on a production installation.", file=sys.stderr)
        return 2
    settings.VAR.mkdir(parents=True, exist_ok=True)
    if state.is_somebodys_own():
        print(
            "alongside: this database holds partnerships that are no demonstration's, and is left alone. "
            "Take DATABASE_URL and ALONGSIDE_VAR away, or name an empty folder with ALONGSIDE_VAR.",
            file=sys.stderr,
        )
        return 2
    if not 1 <= port <= 65_535 or (serve and not is_free(port)):
        other = port + 1 if 1023 < port < 65_535 else 8001
        print(f"alongside: port {port} is taken or not allowed. Choose another: make demo PORT={other}", file=sys.stderr)
        return 2
    began = perf_counter()
    with at_once():
        prepare()
    if not serve:
        return 0
    print(
        f"\n  Ready in {perf_counter() - began:.0f} s. Open http://127.0.0.1:{port} in a browser. Ctrl+C stops it.\n", flush=True
    )
    if beside:
        beside()
    return run_server(f"127.0.0.1:{port}")


def prepare() -> None:
    """Tables, register and Elthorne, each only when it is missing or was made from something else."""
    by = Standing.system()
    with step("Tables"):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    if state.register_is_missing():
        with step("The national register of schools"):
            doors.load_register(files=register_files(), by=by)
    made_from = fingerprint()
    if state.built_from() != made_from:
        with step("Elthorne: 97 invented schools and their story"):
            borough.build_elthorne(built_from=made_from, by=by)
    else:
        days.continue_day(by=by)


def fingerprint() -> str:
    """A hash over what the borough is made from."""
    digest = sha256()
    for path in made_from():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def made_from() -> list[Path]:
    """The borough's data, its story, the code that plays it, and the columns of the tables in which it is kept."""
    own = [*HERE.glob("*.py"), *HERE.glob("actions/*.py"), HERE / "elthorne.csv", HERE / "elthorne.toml"]
    return sorted([*own, *HERE.parents[1].glob("*/*/migrations/0*.py")])


def register_files() -> list[Path]:
    """The extracts of the national register that come with the repository: schools, groups, who is in them, successions."""
    files = (settings.REGISTER_DATA / "register").glob("*.csv*")
    return sorted(
        files, key=lambda path: (next((n for n, start in enumerate(ORDER) if path.name.startswith(start)), len(ORDER)), path.name)
    )
