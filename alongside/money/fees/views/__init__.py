"""The fees' pages: the office's, the second year's, liabilities."""
