"""How a school comes to a partnership: the prospectus, the questions, the answer, the signature, the roll.

`rules` holds the states of an answer and what moves them, the dates, the limits of reminders, the default words
and the roll's hash. One `Answer` a school; one `Signature` a school, also when a trust signs for several.
"""
