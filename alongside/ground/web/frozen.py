"""Columns that the database itself refuses to change: for migrations of what is issued, sealed or kept."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations


def freeze(table: str, columns: Sequence[str]) -> migrations.RunPython:
    """A migration's operation: from now on an UPDATE of those columns is refused, on SQLite and on PostgreSQL.

    Rows can be added, and deleted by the retention task; what a row says cannot change.
    """
    name, words = f"{table}_is_frozen", f"{table} is frozen: what it says never changes"

    def build(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            differs = " OR ".join(f'OLD."{one}" IS DISTINCT FROM NEW."{one}"' for one in columns)
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$frozen$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $frozen$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({differs}) EXECUTE FUNCTION {name}()",
                params=None,
            )
            return
        differs = " OR ".join(f'OLD."{one}" IS NOT NEW."{one}"' for one in columns)
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN {differs} "
            f"BEGIN SELECT RAISE(ABORT, '{words}'); END",
            params=None,
        )

    def take_away(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}", params=None)
            schema_editor.execute(f"DROP FUNCTION {name}()", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER {name}", params=None)

    return migrations.RunPython(build, take_away)


def keep(table: str) -> migrations.RunPython:
    """A migration's operation: from now on no row of the table can be deleted, on SQLite and on PostgreSQL."""
    return migrations.RunPython(
        lambda apps, schema_editor: refuse_deletes(schema_editor, table),
        lambda apps, schema_editor: allow_deletes(schema_editor, table),
    )


def refuse_deletes(schema_editor: Any, table: str) -> None:
    """The triggers of `keep`."""
    name, words = f"{table}_is_kept", f"{table} is kept: no row of it is ever deleted"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$kept$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END $kept$",
            params=None,
        )
        for verb, each in (("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            schema_editor.execute(
                f"CREATE TRIGGER {name}_{verb.lower()} BEFORE {verb} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()",
                params=None,
            )
        return
    schema_editor.execute(
        f"CREATE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW BEGIN SELECT RAISE(ABORT, '{words}'); END", params=None
    )


def allow_deletes(schema_editor: Any, table: str) -> None:
    """Without the triggers of `keep`."""
    name = f"{table}_is_kept"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION {name}() CASCADE", params=None)
    else:
        schema_editor.execute(f"DROP TRIGGER {name}", params=None)
