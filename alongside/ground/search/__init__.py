"""The index behind every search box: one interface on SQLite (FTS5) and PostgreSQL (tsvector, trigrams)."""
