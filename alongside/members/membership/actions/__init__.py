"""Deeds of R4, by noun: `prospectus`, `asking`, `answering`, `signing`, `questions`, `chasing`, `office`, `roll`."""
