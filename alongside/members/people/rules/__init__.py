"""How people come, what they hold, and when a link or a code still opens something."""
