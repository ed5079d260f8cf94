"""Accounts, invitations, and the roles people hold from a day until a day.

Access comes only from roles held today: `middleware` turns them into a Standing once a request.
"""
