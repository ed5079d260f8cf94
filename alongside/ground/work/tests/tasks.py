"""Tasks of tests: `later("work.tests.leave_a_mark", key)`."""

import random
import time
from collections.abc import Callable

from django.db import connection, transaction

MARKS = "planted_marks"
begun: list[Callable[[], None]] = []


def leave_a_mark(key: str) -> None:
    """Leave a mark once, in two steps with time between them; the table itself does not keep a second one out."""
    for say in begun:
        say()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {MARKS} WHERE name = %s", [key])
        (there,) = cursor.fetchone()
        time.sleep(random.random() / 100)
        if not there:
            cursor.execute(f"INSERT INTO {MARKS} (name) VALUES (%s)", [key])


def fail(key: str) -> None:
    """Fail with words that nobody should read."""
    raise RuntimeError(f"a secret of {key}")
