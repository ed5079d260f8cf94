from typing import Any

from django.db import migrations, models


def at_once(apps: Any, schema_editor: Any) -> None:
    """New rows stand in PostgreSQL's index at once: in its list of what is still to be sorted in, each search looks anew."""
    if schema_editor.connection.vendor == "postgresql":
        for name in ("search_entry_words", "search_word_parts"):
            schema_editor.execute(f"ALTER INDEX {name} SET (fastupdate = off)")
            schema_editor.execute(f"SELECT gin_clean_pending_list('{name}')")


class Migration(migrations.Migration):
    """By hand, because Django makes SQLite's table anew for a column and loses its trigger. The rooms that have rows in the
    index build them anew, each in a migration of its own that depends on this one."""

    dependencies = [("search", "0002_indexes")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE search_entry ADD COLUMN name text DEFAULT '' NOT NULL",
            "ALTER TABLE search_entry DROP COLUMN name",
            [migrations.AddField("entry", "name", models.TextField(default="", db_default=""))],
        ),
        migrations.RunSQL(
            "ALTER TABLE search_entry ADD COLUMN is_past bool DEFAULT false NOT NULL",
            "ALTER TABLE search_entry DROP COLUMN is_past",
            [migrations.AddField("entry", "is_past", models.BooleanField(default=False, db_default=False))],
        ),
        migrations.RunPython(at_once, migrations.RunPython.noop),
    ]
