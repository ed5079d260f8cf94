"""Deeds: `prospectus`, `asking` (inviting, reminding), `answering` (questions too), `signing` (the roll too), `office`."""
