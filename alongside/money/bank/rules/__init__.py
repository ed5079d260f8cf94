"""The rules of the bank's lines: how a statement is read, what a line is probably about."""
