"""What R4 says, as plain functions: `answers` (states), `dates`, `chase`, `outlook`, `text` (the prospectus, the roll)."""
