"""What was sent, for the office, and for each person their own."""
