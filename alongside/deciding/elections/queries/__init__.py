"""Elections as members, the office and scrutineers see them."""
