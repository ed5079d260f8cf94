from datetime import UTC, datetime
from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from alongside.ground.core import clock

# Pages ask questions of many parts that give few rows, many people at once: to compile them or to share one out over several
# processors takes longer than to answer it, and one plan of a question that is kept prepared serves everybody.
HOW_TO_PLAN = {"jit": "off", "max_parallel_workers_per_gather": "0", "plan_cache_mode": "force_generic_plan"}


def greet_the_database(connection: Any, **_: Any) -> None:
    """On PostgreSQL say how to plan, and live by the database's time, measured at each new connection, so that machines agree."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        before = datetime.now(UTC)
        settings = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in HOW_TO_PLAN.items())
        cursor.execute(f"SELECT clock_timestamp(), {settings}")
        theirs = cursor.fetchone()[0]
        after = datetime.now(UTC)
    clock.skew = theirs - (before + (after - before) / 2)


class WebConfig(AppConfig):
    name = "alongside.ground.web"
    label = "web"

    def ready(self) -> None:
        connection_created.connect(greet_the_database, dispatch_uid="greeting")
