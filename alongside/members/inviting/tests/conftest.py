"""These tests begin where those of membership do."""

from alongside.members.membership.tests.conftest import client, place, tuesday

__all__ = ["client", "place", "tuesday"]
