"""Alongside: the open platform on which schools that chose to work together run that work."""

__version__ = "0.1.0"
