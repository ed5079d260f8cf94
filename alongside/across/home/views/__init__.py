"""Pages across apps: `pages` (front, overview, year, school, search), `mine` (one's own pages), `feeds`, `exports`."""
