"""What R4 says, as plain functions: `answers` (states), `dates`, `chase`, `outlook`, `roll`, `text` (the prospectus)."""
