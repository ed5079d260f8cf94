"""Holding, erasing, keeping no longer than needed, backing up and bringing back."""
