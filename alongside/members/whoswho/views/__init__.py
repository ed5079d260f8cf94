"""Pages of who is who: looking up, saved lists, clusters, and what is written to everybody on a list."""
