"""The databases of the tests. Migrations run once for a state of the code; what many tests start from is built once a process.

A test meets an empty database, or a furnished one where it asks for `world` or `elthorne`; what it does there is rolled
back with it. Both are copies of one template, which is kept under `build/` (on PostgreSQL: in the server) by a
fingerprint of everything that makes it.
"""

import ast
import fcntl
import hashlib
import os
import pickle
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.environment import ROOT, VAR

KEPT = ROOT / "build" / "databases"
FURNISHED = {"world": "tests.world.build_on_its_day", "elthorne": "alongside.across.demo.tests.make.elthorne"}
Build = Callable[[], object]


def fingerprint() -> str:
    """Of all that makes empty tables: migrations, apps, settings, what these import of ours, and the packages."""
    package = ROOT / "alongside"
    roots = [*package.rglob("migrations/*.py"), *package.rglob("apps.py"), package / "settings.py"]
    named = {file for root in roots for file in _imported(root)}
    files = {
        *roots,
        *named,
        ROOT / "requirements.lock",
        ROOT / "tests" / "settings.py",
        *(ROOT / "data").rglob("bank-holidays.json"),
    }
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:20]


def _imported(file: Path) -> Iterator[Path]:
    """The files of ours that this one imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.startswith("alongside"):
                path = ROOT.joinpath(*name.split("."))
                yield from (one for one in (path.with_suffix(".py"), path / "__init__.py") if one.is_file())


@contextmanager
def alone() -> Iterator[None]:
    """No other process makes or copies what is kept."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_file() -> bool:
    from django.db import connection

    return connection.vendor == "sqlite"


def _ask(sql: str) -> list[tuple[Any, ...]]:
    """Ask the server beside any database of ours."""
    from django.db import connection

    beside = connection.copy()
    beside.settings_dict["NAME"] = "postgres"
    try:
        with beside.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        beside.close()


def switch(name: str) -> None:
    """Let the product work on the database of that name."""
    from django.conf import settings
    from django.db import connection

    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def copy(source: str, target: str) -> None:
    """Make the target a copy of the source, which nobody uses."""
    if _is_file():
        drop(target)
        shutil.copyfile(source, target)
    else:
        drop(target)
        _ask(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop(name: str) -> None:
    """Throw a database away."""
    if _is_file():
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)
    else:
        _ask(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def template() -> str:
    """The template of this state of the code; where there is none yet, all migrations run from nothing."""
    from django.core.management import call_command

    name = str(KEPT / f"{fingerprint()}.sqlite3") if _is_file() else f"alongside_{fingerprint()}"
    if Path(name).exists() if _is_file() else _ask(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
        return name
    growing = f"{name}-growing"
    drop(growing)
    if not _is_file():
        _ask(f'CREATE DATABASE "{growing}"')
    switch(growing)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    switch("")
    if _is_file():
        Path(growing).rename(name)
    else:
        _ask(f'ALTER DATABASE "{growing}" RENAME TO "{name}"')
    return name


def empty_copy(path: Path) -> None:
    """All tables and no rows, where a test starts a product of its own; without a template it makes them itself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with alone():
        if (kept := KEPT / f"{fingerprint()}.sqlite3").exists():
            shutil.copyfile(kept, path)


class Databases:
    """This process's own databases: "" is empty, the others are furnished."""

    def __init__(self) -> None:
        self.run = f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{secrets.token_hex(4)}"
        self.built: dict[str, bytes] = {}
        self.now: str | None = None
        with alone():
            self.template = template()

    def name(self, which: str) -> str:
        """What the database is called."""
        own = f"test_{self.run}_{which}"
        return f"{VAR}/{own}.sqlite3" if _is_file() else own

    def use(self, which: str) -> None:
        """Work on that one, which is made when it is first asked for."""
        if which not in self.built:
            with alone():
                copy(self.template, self.name(which))
        if which != self.now:
            switch(self.name(which))
            self.now = which
        if which not in self.built:
            self.built[which] = built(FURNISHED[which]) if which else b""

    def forget(self) -> None:
        """What stands in the one in use is no longer what was built."""
        del self.built[self.now or ""]
        self.now = None
        switch("")

    def given(self, which: str) -> Any:
        """What building gave, new for each test."""
        return pickle.loads(self.built[which])

    def in_fork(self) -> None:
        """From now on copies of those that the process had from which this one was forked."""
        before = {which: self.name(which) for which in self.built}
        self.run, self.now = f"{self.run}_{os.getpid()}", None
        for which, name in before.items():
            copy(name, self.name(which))

    def close(self) -> None:
        """Throw all of them away."""
        switch("")
        for which in self.built:
            drop(self.name(which))


def files() -> Path:
    """Where the files of what was built lie."""
    return Path(VAR) / "files"


def built(dotted: str) -> bytes:
    """Build once, as a test would have: nothing happens that waits for the end of the transaction."""
    from django.db import connection, transaction

    module, _, function = dotted.rpartition(".")
    with transaction.atomic():
        made = pickle.dumps(getattr(import_module(module), function)())
        connection.run_on_commit.clear()
    return made
