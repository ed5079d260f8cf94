"""Open competition: a seat is advertised to everybody, people without an account apply, a panel scores blind, one is seated.

What applicants send is read by the panel (but for whom they know) and by the one who runs the competition, after the closing
day; it is erased by itself some months after the decision, and what stays of whoever is chosen is their time on the seat.
"""
