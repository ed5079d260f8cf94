"""Pages: `schools` (choosing and inviting them), `reminding` (whom to ring, whom to remind)."""
