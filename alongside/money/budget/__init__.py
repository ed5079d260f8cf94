"""What a partnership plans to spend, has promised, and has spent, by heading and year.

A year's working goes from what was brought in, over its fees, to what is carried over; a later year's reduction (`fees`)
rests on it. Nothing is deleted: a spending is taken back by a second row, a promise is kept or released with the reason.
More may be promised than planned: that is said kindly, and nothing is blocked.
"""
