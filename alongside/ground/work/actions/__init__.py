"""Deeds of the machine: its queue, its workers, and long work that people follow."""
