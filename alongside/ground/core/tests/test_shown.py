import pytest

from alongside.ground.core.money import pounds
from alongside.ground.core.shown import OnPage
from alongside.ground.core.standing import Post
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict


def of(each: int = 150_000, supplier: object = "Elthorne") -> OnPage:
    return OnPage(f"3 invoices, {pounds(3 * each)} in all", {"the sums": [each] * 3, "the supplier": supplier})


def test_a_press_agrees_to_what_was_shown() -> None:
    of().agree(str(of()), "Nothing was issued.")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (
            of(120_000),
            "You saw 3 invoices, £4,500.00 in all; by now it is 3 invoices, £3,600.00 in all. This changed meanwhile: the sums. "
            "Nothing was issued.",
        ),
        (
            of(supplier="Somebody Else Ltd"),
            "You saw 3 invoices, £4,500.00 in all. This changed meanwhile: the supplier. Nothing was issued.",
        ),
        (
            of(120_000, usual(Post.HEAD, school="s1")),
            "You saw 3 invoices, £4,500.00 in all; by now it is 3 invoices, £3,600.00 in all. This changed meanwhile: the sums "
            "and the supplier. Nothing was issued.",
        ),
    ],
)
def test_whatever_of_it_is_otherwise_is_named(now: OnPage, said: str) -> None:
    with pytest.raises(Conflict) as refused:
        now.agree(str(of()), "Nothing was issued.")
    assert refused.value.reason == said


@pytest.mark.parametrize("seen", ["", "3", "x.y.z 3 invoices", str(OnPage("3 invoices", {"the sums": 1}))])
def test_a_mark_that_was_lost_agrees_to_nothing(seen: str) -> None:
    with pytest.raises(Conflict, match="lost on its way"):
        of().agree(seen, "Nothing was issued.")


def test_spaces_around_it_and_marks_in_its_words_do_not_matter() -> None:
    of().agree(f" {of()} ".strip().replace("invoices", "\u202einvoices"), "Nothing was issued.")
