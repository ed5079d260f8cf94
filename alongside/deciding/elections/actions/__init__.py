"""Calling an election, nominating, watching, voting, counting."""
