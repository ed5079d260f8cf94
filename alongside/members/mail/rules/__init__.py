"""What a message that came in says, what it answers, and what becomes of it."""
