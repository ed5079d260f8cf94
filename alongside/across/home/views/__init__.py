"""Pages across apps: `pages` (front, a partnership's, one's own, a school's, search), `feeds`, `exports`."""
