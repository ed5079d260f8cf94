"""Pages: `prospectus`, `answers` (a school's own), `office` (the manager's)."""
