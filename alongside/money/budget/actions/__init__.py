"""Deeds about the budget: planning and promising; spending."""
