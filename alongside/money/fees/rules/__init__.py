"""The rules of the yearly fee, by noun."""
