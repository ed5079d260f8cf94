"""Deeds on bodies: making them and their seats, filling seats, what their people state."""
