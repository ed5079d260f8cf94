"""Deeds on meetings."""
