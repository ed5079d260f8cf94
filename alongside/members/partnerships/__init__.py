"""The partnership, its template and dated settings, and the plain fact of membership.

How a school comes to sign is `membership`'s; what it pays is `fees`'s. This app only knows which
partnerships there are, which schools belong to them from when to when, and which settings held on a day.
"""
