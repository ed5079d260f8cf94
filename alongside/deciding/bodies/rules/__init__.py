"""What bodies are, who may hold a seat, how many make a quorum."""
