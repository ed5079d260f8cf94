"""Pages of the school year, of schools' own days, and of statutory dates."""
