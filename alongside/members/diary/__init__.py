"""Dates that land in a person's own diary: invitations by mail, their changes and cancellations, and the answers that come back.

What was sent to whom is kept by the name that calendar links use too; the words of a date are not, they are read where they
stand. A person gets what they may see, worked out as themselves, and answers with the key of what was sent to them.
"""
