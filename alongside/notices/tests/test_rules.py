from datetime import UTC, datetime

import pytest

from alongside.core.standing import Held, Post, Standing
from alongside.notices.permissions import may_read_notices
from alongside.notices.rules import NoticeState, name_of_kind, state_of

AT = datetime(2022, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent_at", "problem", "state"),
    [
        (AT, "", NoticeState.SENT),
        (AT, "an earlier one", NoticeState.SENT),
        (None, "", NoticeState.WAITING),
        (None, "refused", NoticeState.PROBLEM),
    ],
)
def test_a_message_counts_as_sent_only_when_it_was_taken(sent_at: datetime | None, problem: str, state: NoticeState) -> None:
    assert state_of(sent_at, problem) is state
    assert state.label


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("people.passed_on", "Passed on"),
        ("membership.question_asked", "Question asked"),
        ("fees.issued", "Invoice"),
        ("other", "Other"),
        ("", ""),
    ],
)
def test_kinds_have_names(kind: str, name: str) -> None:
    assert name_of_kind(kind) == name


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Held(Post.MANAGER, partnership="p"), True),
        (Held(Post.FINANCE, partnership="p"), True),
        (Held(Post.MANAGER, partnership="q"), False),
        (Held(Post.HEAD, school="s"), False),
    ],
)
def test_what_was_sent_is_read_by_the_office(role: Held, may: bool) -> None:
    verdict = may_read_notices(Standing("me", "Me", frozenset({role}), frozenset({("p", "s")})), "p")
    assert verdict.allowed is may and bool(verdict.reason) is not may
