"""How a message stands, when it is tried again, and what may wait for a digest."""
