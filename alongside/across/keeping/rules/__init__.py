"""What is kept how long, whose words stand where, and what is left of somebody who is erased."""
