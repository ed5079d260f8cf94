"""Deeds on calendars and kept dates."""
