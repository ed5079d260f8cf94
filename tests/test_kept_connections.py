import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from alongside.ground.web.apps import leave_a_file_that_is_gone
from alongside.settings import database


@pytest.mark.django_db
def test_a_connection_is_kept_until_another_file_stands_in_the_place_of_its_own(tmp_path: Path) -> None:
    """Whoever copies a database over ours must not have pages go on in the file that is gone."""
    for name in ("ours", "theirs"):
        with closing(sqlite3.connect(tmp_path / name)) as made:
            made.execute(f"CREATE TABLE {name} (one)")
    connection = ConnectionHandler({"default": database(f"sqlite:///{tmp_path / 'ours'}")})["default"]

    def seen_by_next_request() -> tuple[list[str], object]:
        leave_a_file_that_is_gone(connection)
        with connection.cursor() as cursor:
            found = [name for (name,) in cursor.execute("SELECT name FROM sqlite_master").fetchall()]
        connection.close_if_unusable_or_obsolete()
        return found, connection.connection

    with closing(connection):
        seen, opened = seen_by_next_request()
        assert seen_by_next_request() == (["ours"], opened), "opened anew for each request"
        (tmp_path / "theirs").replace(tmp_path / "ours")
        assert (seen, seen_by_next_request()[0]) == (["ours"], ["theirs"])
