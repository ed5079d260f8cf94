"""Deeds on the register."""
