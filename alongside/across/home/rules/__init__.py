"""What stands on the pages across apps: `overview` (setting up, how soon),
`year` (months and weeks), `feeds` (what a calendar is told)."""
