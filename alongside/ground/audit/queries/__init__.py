"""What happened, for pages; and whether the log still says so."""
