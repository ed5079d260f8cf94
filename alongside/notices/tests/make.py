"""Rows of notices for tests."""

from datetime import UTC, datetime

from alongside.notices.models import Notice
from alongside.partnerships.models import Partnership

AT = datetime(2022, 3, 8, 9, 30, tzinfo=UTC)


def notice(partnership: Partnership, **facts: object) -> Notice:
    """A message that has gone out."""
    return Notice.objects.create(
        **{
            "kind": "people.invitation", "to": "head@oak.example", "subject": "You are invited", "body": "Dear head,\n\nWelcome.",
            "partnership": partnership, "written_at": AT, "sent_at": AT, **facts,
        }
    )  # fmt: skip
