"""What a file is told of: its name, its size, the pages of it."""

import pytest

from alongside.ground.files.rules import (
    MEGABYTE,
    Format,
    clean_name,
    format_and_size,
    name_problem,
    quoted,
    size_problem,
    unread_problem,
)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("minutes.pdf", ""),
        ("minutes\u202efdp.pdf", "invisible characters"),
        ("minutes\a.pdf", "invisible characters"),
        ("minutes\ue000.pdf", "invisible characters"),
        ("minutes.exe", "Choose a PDF"),
        ("minutes", "Choose a PDF"),
    ],
)
def test_a_name_hides_nothing_and_ends_in_a_format_that_is_taken(name: str, remedy: str) -> None:
    assert remedy in name_problem(name) and bool(name_problem(name)) is bool(remedy)


def test_a_character_that_does_not_show_leaves_nothing_in_a_name() -> None:
    assert clean_name("mi\u202enu\u200btes*.pdf", Format.PDF) == "minutes.pdf"


@pytest.mark.parametrize(("size", "remedy"), [(0, "is empty"), (1, ""), (MEGABYTE, ""), (MEGABYTE + 1, "the most is 1 MB")])
def test_a_file_is_not_empty_and_not_over_the_limit(size: int, remedy: str) -> None:
    assert remedy in size_problem(size, MEGABYTE) and bool(size_problem(size, MEGABYTE)) is bool(remedy)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "PDF, 1 KB"),
        (340_000, "PDF, 340 KB"),
        (MEGABYTE - 501, "PDF, 999 KB"),
        (MEGABYTE, "PDF, 1 MB"),
        (2_400_000, "PDF, 2.4 MB"),
    ],
)
def test_a_size_is_told_as_people_know_it(size: int, words: str) -> None:
    assert format_and_size("pdf", size) == words


@pytest.mark.parametrize(
    ("pages", "which"),
    [
        ([3], "Page 3 could"),
        ([1, 2, 3, 7], "Pages 1 to 3 and 7 could"),
        ([1, 3, 5, 7, 9], "Pages 1, 3, 5, 7 and 9 could"),
        ([1, 3, 5, 7, 9, 11], "Pages 1, 3, 5, 7, 9 and others could"),
    ],
)
def test_pages_that_could_not_be_looked_through_are_named_up_to_five(pages: list[int], which: str) -> None:
    assert unread_problem(pages).startswith(which)


def test_as_many_pieces_are_told_as_may_be_and_that_there_are_more() -> None:
    assert (quoted(["a", "b"], 2), quoted(["a", "b", "c"], 2)) == ("“a”, “b”", "“a”, “b” and more")
