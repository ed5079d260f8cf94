"""When bodies meet, what an agenda needs, how bodies decide, what minutes say."""
