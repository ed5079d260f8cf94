"""What a vacancy says, and how applications are scored."""
