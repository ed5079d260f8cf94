"""An invented borough, Elthorne, for the first five minutes and for tests. Real schools are never touched by it."""
