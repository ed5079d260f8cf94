"""Deciding: who sits on the boards of a partnership, and how they are chosen."""
