"""What pages ask about the yearly fee, by noun."""
