"""Deciding: the bodies of a partnership, who sits on them, and how they are chosen."""
