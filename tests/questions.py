"""How often a page asks the database: the parts of one question, which SQLite is asked one by one, count as one."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.ground.web.compiled import PART

NO_QUESTION = ("SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def questions() -> Iterator[list[str]]:
    """What the database is asked inside; read it when the block has ended."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield found
    asked = [str(one["sql"]) for one in queries.captured_queries]
    found += [
        sql
        for before, sql in pairwise(["", *asked])
        if not sql.startswith(NO_QUESTION) and not (sql.startswith(PART) and before.startswith(PART))
    ]
