"""Advertising a seat; applying; choosing."""
