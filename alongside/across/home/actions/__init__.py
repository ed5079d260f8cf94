"""Deeds of the pages across apps: `feeds` (a person's calendar link), `exports` (what was taken out, by whom)."""
