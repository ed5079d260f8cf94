"""These tests begin where those of membership do."""

from alongside.members.membership.tests.make import client, place, tuesday

__all__ = ["client", "place", "tuesday"]
