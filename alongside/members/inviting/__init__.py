"""Choosing schools from the register, inviting them, ringing and reminding those that have not answered.

It has no table of its own: how a school stands, and what was sent to it, is kept in `membership`.
"""
