"""Ballot files: read whole or refused with the first bad line, written and read again; the command that counts them."""

import argparse
import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from alongside.deciding.elections import commands
from alongside.deciding.elections.rules.blt import Malformed, read, written
from alongside.deciding.elections.rules.counting import BallotPaper

GOOD = '3 1\n4 1 2 0\n3 2 0\n2 3 2 0\n0\n"Ann A"\n"Bo B"\n"Cy C"\n"Board"\n'


def test_a_file_is_read() -> None:
    told = read(GOOD)
    assert told.names == ("Ann A", "Bo B", "Cy C") and told.seats == 1 and told.title == "Board"
    assert told.papers == (BallotPaper((0, 1), 4), BallotPaper((1,), 3), BallotPaper((2, 1), 2))


@pytest.mark.parametrize(
    "same",
    [
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\n\n") + "\n \n",
        "# a board\n" + GOOD.replace("4 1 2 0", "  4   1\t2 0  # four"),
        GOOD.replace('"', ""),
    ],
)
def test_what_does_not_matter_does_not_matter(same: str) -> None:
    assert read(same) == read(GOOD)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('"Bo B" # stood in 2022', "Bo B"),
        ('"Bo B"#again', "Bo B"),
        ('"Bo B" # called "Bo"', "Bo B"),
        ('"Bo "B" Low" # of three', 'Bo "B" Low'),
        ('"Bo #2" # second of that name', "Bo #2"),
        ('"Bo # B"', "Bo # B"),
        ("Bo #2", "Bo #2"),
    ],
)
def test_a_comment_after_a_name_is_no_part_of_it(line: str, name: str) -> None:
    assert read(GOOD.replace('"Bo B"', line)).names == ("Ann A", name, "Cy C")
    assert read(GOOD.replace('"Board"', line)).title == name


@pytest.mark.parametrize("line", ['"Bo B" B', '"Bo B" B # Low', '"" # nobody', '"Bo B # Low'])
def test_what_stands_after_a_name_and_is_no_comment_is_refused(line: str) -> None:
    with pytest.raises(Malformed, match="line 7: a name begins and ends"):
        read(GOOD.replace('"Bo B"', line))


def test_who_withdrew_is_not_counted() -> None:
    told = read(GOOD.replace("3 1\n", "3 1\n-2 # moved away\n"))
    assert told.names == ("Ann A", "Cy C") and told.papers == (BallotPaper((0,), 4), BallotPaper((1,), 2))
    assert read(GOOD.replace("3 1\n", "3 2\n-2\n")).seats == 2  # as many are left as there are seats


def test_a_name_without_quotation_marks_around_it_may_end_with_some() -> None:
    assert read(GOOD.replace('"Bo B"', 'Bo "B"')).names == ("Ann A", 'Bo "B"', "Cy C")


@pytest.mark.parametrize(("letters", "shown"), [(40, "x" * 40), (41, "x" * 40 + "…")])
def test_of_a_bad_line_forty_letters_are_shown(letters: int, shown: str) -> None:
    with pytest.raises(Malformed) as refused:
        read(GOOD.replace("3 2 0", "x" * letters))
    assert str(refused.value).endswith(f"It says: {shown}")


@pytest.mark.parametrize(
    ("found", "put", "why"),
    [
        ("3 1\n", "", "line 1: the first line is two numbers: candidates, seats. It says: 4 1 2 0"),
        ("3 1", "3 x", "line 1: the first line is two numbers"),
        ("3 1", "3 4", "line 1: there are at least as many candidates as seats, and at most 9999"),
        ("3 1", "3 0", "line 1: the first line is two numbers"),
        ("3 1", "10000 1", "line 1: there are at least as many candidates as seats, and at most 9999"),
        ("3 2 0", "3 2", "line 3: a ballot begins with how many there are of it and ends with 0"),
        ("3 2 0", "3 2 0 0", "line 3: on a ballot stand the numbers 1 to 3, of candidates"),
        ("3 2 0", "0 2 0", "line 3: a ballot begins with how many"),
        ("3 2 0", "3 4 0", "line 3: on a ballot stand the numbers 1 to 3, of candidates"),
        ("3 2 0", "3 2 2 0", "line 3: a candidate stands twice on this ballot"),
        ("3 2 0", "3 2=1 0", "line 3: on a ballot stand the numbers 1 to 3, of candidates. It says: 3 2=1 0"),
        ("3 2 0", "1.5 2 0", "line 3: a ballot begins with how many"),
        ("3 2 0", "-2", "line 3: a ballot begins with how many"),
        ("3 1\n", "3 1\n-4\n", "line 2: who withdrew is a candidate from -1 to -3"),
        ("3 1\n", "3 1\n-0\n", "line 2: who withdrew is a candidate from -1 to -3"),
        ("3 1\n", "3 2\n-1 -2\n", "line 1: 2 seats, but only 1 candidate has not withdrawn. It says: 3 2"),
        ("3 1\n", "# a board\n\n3 3\n-2\n", "line 3: 3 seats, but only 2 candidates have not withdrawn. It says: 3 3"),
        ("\n0\n", "\n", "line 5: a ballot begins with how many there are of it and ends with 0. It says: \"Ann A\""),
        ('"Bo B"\n', "", "line 8: the file ends here, and a title after 3 candidates should follow"),
        ('"Bo B"', '"Bo B', "line 7: a name begins and ends with quotation marks, or has none"),
        ('"Bo B"', '""', "line 7: a name begins"),
        ('"Bo B"', '"Ann A"', "line 7: this name stands twice"),
        ('"Board"\n', '"Board"\nmore\n', "line 10: nothing stands after the title. It says: more"),
        (GOOD[4:], "", "line 1: the file ends here, and more ballots, or a line 0 that ends them, should follow"),
        (GOOD, "", "line 1: the file ends here"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_with_its_first_bad_line(found: str, put: str, why: str) -> None:
    assert found in GOOD
    with pytest.raises(Malformed) as refused:
        read(GOOD.replace(found, put, 1))
    assert str(refused.value).startswith(why.replace("3 candidates", "3 names"))


ballot = st.permutations(range(4)).flatmap(lambda one: st.tuples(st.integers(1, 4), st.integers(1, 99)).map(
    lambda told: BallotPaper(tuple(one[: told[0]]), told[1])
))  # fmt: skip


@given(st.lists(ballot, max_size=6), st.integers(1, 4), st.sampled_from(["O’Neill (SNP)", 'Jo "Jo" Low', "#4"]))
def test_what_is_written_is_read_again(papers: list[BallotPaper], seats: int, name: str) -> None:
    told = read(written(["Ann", name, "Cy", "Di"], seats, papers, "Board, 3 seats"))
    assert told == (("Ann", name, "Cy", "Di"), seats, tuple(papers), "Board, 3 seats", (1, 2, 3, 4), 0)


@given(st.text(max_size=200), st.integers(0, len(GOOD)), st.integers(0, 5))
def test_no_file_brings_the_reader_down(noise: str, at: int, taken: int) -> None:
    for text in (noise, GOOD[:at] + noise + GOOD[at + taken :], GOOD[:at]):
        try:
            read(text)
        except Malformed as why:
            assert str(why).startswith("line ")


def count(file: Path, *words: str) -> int:
    return commands.count(argparse.Namespace(file=file, json="--json" in words, lots=words[-1] if "--lots" in words else ""))


def test_the_command_counts(tmp_path: Path, capsys) -> None:
    file = tmp_path / "board.blt"
    file.write_text(GOOD, encoding="utf-8")
    assert count(file, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["quota"], told["elected"], len(told["stages"])) == (5, ["Bo B"], 2)
    assert told["stages"][1] == {
        "stage": 2, "votes": {"Ann A": "4.00000", "Bo B": "5.00000", "Cy C": "0.00000"}, "not_transferable": "0.00000",
        "surplus_of": None, "excluded": "Cy C", "elected": ["Bo B"],
    }  # fmt: skip
    assert count(file) == 0
    assert "Stage 2: Cy C excluded" in capsys.readouterr().out


def test_the_command_refuses_and_says_where(tmp_path: Path, capsys) -> None:
    file = tmp_path / "board.blt"
    file.write_bytes(GOOD.replace("3 2 0", "3 9 0").encode())
    assert count(file) == 2
    assert (
        capsys.readouterr().err
        == f"alongside: {file}, line 3: on a ballot stand the numbers 1 to 3, of candidates. It says: 3 9 0\n"
    )
    file.write_bytes(GOOD.encode())
    assert count(file, "--lots", "1,1,2") == 2 and "--lots: name each of the 3" in capsys.readouterr().err


def test_a_lot_that_nobody_gave_is_said(tmp_path: Path, capsys) -> None:
    file = tmp_path / "board.blt"
    file.write_bytes('2 1\n1 1 0\n1 2 0\n0\n"José"\n"Bo"\n"Board"\n'.encode("cp1252"))
    assert count(file) == 0
    told = capsys.readouterr()
    assert "Lot at stage 2 among José, Bo: Bo" in told.out and "a lot decided, and none is given" in told.err
    assert count(file, "--lots", "2,1") == 0
    told = capsys.readouterr()
    assert "Elected, in order: Bo" in told.out and not told.err


def test_lots_name_candidates_by_the_numbers_of_the_file(tmp_path: Path, capsys) -> None:
    file = tmp_path / "board.blt"
    file.write_text('3 1\n-1\n1 2 0\n1 3 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Board"\n', encoding="utf-8")
    assert count(file, "--lots", "3,2") == 0
    assert "Elected, in order: Cy" in capsys.readouterr().out
    for wrong in ("2,1", "1,2,3", "3", "x,2", "99999999999999999999,2"):
        assert count(file, "--lots", wrong) == 2
        assert "the 2 candidates that stand once, by their number in the file, such as 3,2" in capsys.readouterr().err


def test_ballots_that_prefer_nobody_are_counted_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "board.blt"
    file.write_text('3 1\n4 1 2 0\n3 0\n0\n"Ann"\n"Bo"\n"Cy"\n"Board"\n')
    assert count(file) == 0
    assert "4 ballots (and 3 blank ones, not counted), 1 seat, quota" in capsys.readouterr().out
    assert count(file, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["papers"], said["blank"]) == (4, 3)
