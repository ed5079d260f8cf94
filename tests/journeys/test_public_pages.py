"""What anybody may open."""

import pytest

from tests.browser import Walk


@pytest.mark.parametrize(
    "path", ["/accessibility/", "/cookies/", "/components/", "/components/?show_errors", "/schools/", "/login/", "/letter/"]
)
def test_a_public_page_is_open_to_everybody(walk: Walk, path: str) -> None:
    walk.go(path)


def test_a_page_that_is_not_there_says_what_to_do(walk: Walk) -> None:
    walk.expected = ("404",)
    page = walk.go("/no/such/page/")
    assert page.get_by_role("heading", level=1).inner_text() == "We could not find that page"
