from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core.signals import request_started
from django.db import connections
from django.db.backends.signals import connection_created

from alongside.ground.core import clock

# Pages ask questions of many parts that give few rows, many people at once: to compile them or to share one out over several
# processors takes longer than to answer it, and one plan of a question that is kept prepared serves everybody.
HOW_TO_PLAN = {"jit": "off", "max_parallel_workers_per_gather": "0", "plan_cache_mode": "force_generic_plan"}


def greet_the_database(connection: Any, **_: Any) -> None:
    """Remember SQLite's file. On PostgreSQL say how to plan, and live by the database's time, so that machines agree."""
    if connection.vendor == "sqlite":
        connection.opened_file = file_of(connection)
        return
    with connection.cursor() as cursor:
        before = datetime.now(UTC)
        settings = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in HOW_TO_PLAN.items())
        cursor.execute(f"SELECT clock_timestamp(), {settings}")
        theirs = cursor.fetchone()[0]
        after = datetime.now(UTC)
    clock.skew = theirs - (before + (after - before) / 2)


def file_of(connection: Any) -> tuple[int, int] | None:
    """Which file of the disk SQLite's database is now; None for one in memory, and where there is none."""
    try:
        found = Path(connection.settings_dict["NAME"]).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def leave_a_file_that_is_gone(connection: Any) -> None:
    """A connection is kept from request to request, and would go on in a file that somebody has put another in the place of."""
    if connection.vendor == "sqlite" and connection.connection and file_of(connection) != connection.opened_file:
        connection.close()


def before_a_request(**_: Any) -> None:
    """See that what is kept open is still what it was."""
    for connection in connections.all(initialized_only=True):
        leave_a_file_that_is_gone(connection)


class WebConfig(AppConfig):
    name = "alongside.ground.web"
    label = "web"

    def ready(self) -> None:
        connection_created.connect(greet_the_database, dispatch_uid="greeting")
        request_started.connect(before_a_request, dispatch_uid="the same file")
