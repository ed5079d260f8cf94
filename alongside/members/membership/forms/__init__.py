"""What people type: `answers` (schools), `office` (the manager)."""
