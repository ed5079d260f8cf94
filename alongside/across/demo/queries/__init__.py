"""What the demonstration's pages ask: `state` (where Elthorne stands), `own_schools` (a visitor's own)."""
