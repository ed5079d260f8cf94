"""What people type about themselves, their colleagues, and to sign in."""
