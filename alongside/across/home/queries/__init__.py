"""What the pages across apps show: `needs_and_dates` (of every app), `overview`, `ways`, `calendars`, `finding`, `me`, `maps`,
`exports`."""
