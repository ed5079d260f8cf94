"""What people type: `answering` (schools), `office` (the manager), `texts` (the prospectus)."""
