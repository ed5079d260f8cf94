"""What pages and other parts ask about days."""
