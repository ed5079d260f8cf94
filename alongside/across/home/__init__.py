"""Pages across apps: the front page, a partnership's overview, a person's own page, a school's page."""
