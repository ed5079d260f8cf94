"""What is asked about bodies."""
