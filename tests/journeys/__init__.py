"""Journeys of people through the product, in a real browser, one for every mission row."""
