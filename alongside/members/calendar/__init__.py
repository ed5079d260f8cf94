"""School days: weekends, bank holidays and the holidays that a partnership has typed in.

`rules` counts days and knows nothing of a database; `queries.days.school_days_of` gives one partnership's days.
Bank holidays come from GOV.UK's own file in `data/`, by nation. Terms, half-terms, closures by school and
the statutory clocks grow here; days are counted nowhere else.
"""
