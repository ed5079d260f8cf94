"""What stands on the pages across apps: `overview` (setting up, how soon), `calendar` (months and weeks), `feeds` (what a
calendar is told), `search` (by which words a page is found)."""
