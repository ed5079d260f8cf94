"""The indexes themselves: FTS5 on SQLite, tsvector and arrays of trigrams with GIN on PostgreSQL; no extension."""

from typing import Any

from django.db import migrations

MADE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_entry_text USING fts5(text, content='search_entry', content_rowid='id', "
        "detail='none', columnsize=0)",
        "CREATE VIRTUAL TABLE search_word_parts USING fts5(word, content='search_word', content_rowid='id', "
        "tokenize='trigram', detail='none')",
        "CREATE TRIGGER search_entry_goes AFTER DELETE ON search_entry BEGIN INSERT INTO search_entry_text "
        "(search_entry_text, rowid, text) VALUES ('delete', old.id, old.text); END",
        "CREATE TRIGGER search_word_goes AFTER DELETE ON search_word BEGIN INSERT INTO search_word_parts "
        "(search_word_parts, rowid, word) VALUES ('delete', old.id, old.word); END",
    ],
    "postgresql": [
        "CREATE FUNCTION search_trigrams(word text) RETURNS text[] IMMUTABLE PARALLEL SAFE LANGUAGE sql AS "
        "'SELECT array_agg(DISTINCT substr(word, at, 3)) FROM generate_series(1, greatest(length(word) - 2, 1)) AS at'",
        "ALTER TABLE search_entry ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED",
        "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
        "ALTER TABLE search_word ADD COLUMN parts text[] GENERATED ALWAYS AS (search_trigrams(word)) STORED",
        "CREATE INDEX search_word_parts ON search_word USING gin (parts)",
    ],
}
UNMADE = {
    "sqlite": [
        "DROP TRIGGER search_entry_goes",
        "DROP TRIGGER search_word_goes",
        "DROP TABLE search_entry_text",
        "DROP TABLE search_word_parts",
    ],
    "postgresql": [
        "ALTER TABLE search_entry DROP COLUMN words",
        "ALTER TABLE search_word DROP COLUMN parts",
        "DROP FUNCTION search_trigrams(text)",
    ],
}


def make(apps: Any, schema_editor: Any) -> None:
    """Make the indexes.

    On SQLite `search.actions` writes new and changed rows, many at once: triggers take six times as long. What goes, goes by
    trigger, whoever deletes it: a text without its row would make every later search fail.
    """
    for statement in MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps: Any, schema_editor: Any) -> None:
    """Take the indexes away."""
    for statement in UNMADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
