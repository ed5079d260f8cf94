"""Deeds of the demonstration: building Elthorne, moving its day, starting again, and a visitor's own schools."""
