"""Deeds on people: who they are, what they hold, and how they are invited."""
