"""Deeds about the yearly fee, by noun."""
