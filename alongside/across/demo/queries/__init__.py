"""What the demonstration's pages ask: `front` (the three doors), `found` (a visitor's own schools), `state`."""
