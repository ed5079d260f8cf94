from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from alongside.ground.core import keys
from alongside.ground.documents import actions
from alongside.ground.documents.rules import CODE_LASTS, hash_of_code, is_good

MADE = datetime(2022, 4, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("replaced_at", "now", "good"),
    [
        (None, MADE, True),
        (None, MADE + CODE_LASTS - timedelta(seconds=1), True),
        (None, MADE + CODE_LASTS, False),
        (MADE, MADE, False),
    ],
)
def test_a_code_opens_its_paper_for_its_time_unless_it_was_replaced(
    replaced_at: datetime | None, now: datetime, good: bool
) -> None:
    assert is_good(MADE, replaced_at, now) is good


@pytest.mark.django_db
def test_a_code_that_opened_once_is_told_from_one_that_never_did() -> None:
    paper: Any = SimpleNamespace(kind="invoices.Invoice", pk=keys.new_key())
    code = actions.new_codes([paper])[paper.pk]
    assert (actions.try_code(paper, code), actions.try_code(paper, "wrong")) == (hash_of_code(code), "")
    actions.replace_codes(paper)
    with pytest.raises(actions.Ended):
        actions.try_code(paper, code)
