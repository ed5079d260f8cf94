"""Schools and people: the register, partnerships, the school year, who holds which post, membership, give and receive."""
