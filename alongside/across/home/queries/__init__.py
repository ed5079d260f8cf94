"""What the pages across apps show: `gathering` (needs and dates of every app), `overview`, `calendars`, `finding`, `me`,
`school`, `exports`."""
