"""What is counted and how, who stands, who votes, when, and what is sealed."""
