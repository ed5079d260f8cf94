"""What is held, and what the retention rules would take."""
