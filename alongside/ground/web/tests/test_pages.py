"""What is said after a deed."""

import re
from typing import Any

import pytest

from alongside.ground.web.pages import on_its_way
from tests.environment import ROOT


@pytest.mark.parametrize(
    ("demo", "said"),
    [
        (False, ["on its way", "on its way to Ash School", "on the way"]),
        (True, [f"written{to}, and not sent: this is a demonstration" for to in ("", " to Ash School", "")]),
    ],
)
def test_mail_is_on_its_way_only_where_mail_leaves(demo: bool, said: list[str], settings: Any) -> None:
    settings.DEMO = demo
    assert [on_its_way(), on_its_way("Ash School"), on_its_way(among="the")] == said


def test_no_page_says_so_on_its_own() -> None:
    views = [path for path in (ROOT / "alongside").rglob("*.py") if "views" in str(path.relative_to(ROOT))]
    said = re.compile(r"\b(is|are|invitations?'?\)?\}) on (its|the|their) way\b|\b(is|are|and|have been|has been) sent to \{")
    assert len(views) > 30 and [str(path) for path in views if said.search(path.read_text(encoding="utf-8"))] == []
    assert said.search("Your answer is on its way") and said.search("Answered and sent to {to}"), "planted"
