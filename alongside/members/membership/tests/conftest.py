"""Where most of these tests begin: a Tuesday in March, a partnership, its manager's browser."""

from alongside.members.membership.tests.make import client, place, tuesday

__all__ = ["client", "place", "tuesday"]
