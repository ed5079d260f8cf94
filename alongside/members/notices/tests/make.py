"""Rows of notices for tests."""

from datetime import UTC, datetime

from alongside.ground.core.standing import Standing
from alongside.members.notices.actions import returning
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.bounces import Came, Return
from alongside.members.notices.rules.messages import NoticeState
from alongside.members.partnerships.models import Partnership

AT = datetime(2022, 3, 8, 9, 30, tzinfo=UTC)


def notice(partnership: Partnership | None, **facts: object) -> Notice:
    """A message that has gone out."""
    return Notice.objects.create(
        **{
            "kind": "people.invitation", "to": "head@oak.example", "subject": "You are invited", "body": "Dear head,\n\nWelcome.",
            "partnership": partnership, "written_at": AT, "sent_at": AT, "state": NoticeState.SENT, **facts,
        }
    )  # fmt: skip


def unsent(partnership: Partnership, **facts: object) -> Notice:
    """A message that the mail server would not take."""
    problem = {"sent_at": None, "state": NoticeState.PROBLEM, "problem": "The mail server did not take it", **facts}
    return notice(partnership, **problem)


def returned(partnership: Partnership, came: Came = Came.PERMANENT, **facts: object) -> Notice:
    """A message that came back."""
    one = notice(partnership, **facts)
    back = Return(came, one.pk, "5.1.1", "550 5.1.1 User unknown", is_final=True, about=frozenset({one.to.lower()}))
    returning.take_return(came=back, by=Standing.system())
    one.refresh_from_db()
    return one
