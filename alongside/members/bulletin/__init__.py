"""The week's bulletin: what anybody sends in, the office lets through, and each reader finds of it only what is for them.

A request has a day by which it is wanted and the minutes that it takes: it stands in the school's "Needs you" until it is
done, the office sees who has not answered, and the minutes are counted by school and year.
"""
