"""Deeds of what is sent: write, deliver, gather, choose, read, and take in what comes back."""
