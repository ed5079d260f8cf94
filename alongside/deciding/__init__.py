"""Deciding: the bodies of a partnership and who sits on them."""
