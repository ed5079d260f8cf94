from datetime import UTC, datetime
from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from alongside.core import clock


def follow_the_databases_clock(connection: Any, **_: Any) -> None:
    """On PostgreSQL live by the database's time, measured at each new connection, so that machines agree."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        before = datetime.now(UTC)
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
        after = datetime.now(UTC)
    clock.skew = theirs - (before + (after - before) / 2)


class WebConfig(AppConfig):
    name = "alongside.web"
    label = "web"

    def ready(self) -> None:
        connection_created.connect(follow_the_databases_clock, dispatch_uid="clock")
