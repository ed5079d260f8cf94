"""What pages of competitions show."""
