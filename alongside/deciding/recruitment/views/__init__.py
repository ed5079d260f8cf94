"""Pages of adverts, for applicants; of competitions, for who runs them; for the panel."""
