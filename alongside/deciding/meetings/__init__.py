"""Meetings that lead to action: their rhythm, agenda and papers, who was there, minutes, decisions, actions and what came of
them.

A meeting is of a body (`bodies`), and everything about it is for those who sit there and for the office. What is restricted, and
what somebody has an interest in, is left out for whom it is not meant by `visible_to` alone: no page asks again.
"""
