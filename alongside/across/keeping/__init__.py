"""What is kept, for how long, and how it comes back: backup and restore, retention, holds, erasure.

It stands above every part because it has to know all their tables: `rules.columns` says of every column of text whose
words it may hold, and a test fails for a column that is not in it. It never decides what others' rows mean: it writes
them only to bring a backup back, or to take a person's words out of them.
"""
