"""Promise 19: uploads are safe to hold and to give back."""

import io
import random
from collections import Counter
from collections.abc import Callable

import openpyxl
import pytest
from pypdf import PdfReader

from alongside.ground.files.cleaning.drawing import read
from alongside.ground.files.cleaning.hidden import hidden_text
from alongside.ground.files.cleaning.kinds import Cleaned, cleaned
from alongside.ground.files.cleaning.unsafe import Lost, Unsafe
from alongside.ground.files.rules import clean_name, format_named
from alongside.ground.files.tests import honest, hostile, redacted
from alongside.ground.files.tests.hostile import PAYLOAD, Hostile
from alongside.ground.files.tests.seen import everything_in
from tests.figures import Figure

Check = Callable[[str, bytes], Cleaned]


def let_through(check: Check, files: list[Hostile]) -> list[Hostile]:
    """Which hostile files a check takes without having taken the harm out."""
    found = []
    for one in files:
        try:
            kept = check(one.name, one.data)
        except Unsafe:
            continue
        named_well = kept.name.isprintable() and not set(kept.name) & set('/\\:<>"|?*;%') and len(kept.name) < 100
        if one.must_be_refused or PAYLOAD in everything_in(kept.data) or not named_well:
            found.append(one)
    return found


def by_its_name(name: str, data: bytes) -> Cleaned:
    """The planted fault: a check that believes a file's name."""
    of = format_named(name.strip())
    if of is None:
        raise Unsafe("Choose another")
    return Cleaned(clean_name(name, of), of, data, Lost())


@pytest.mark.slow
def test_no_hostile_file_is_kept_with_what_makes_it_so(figure: Figure) -> None:
    files = hostile.files()
    families = Counter(one.family for one in files)
    taken, naive = let_through(cleaned, files), let_through(by_its_name, files)
    figure(
        "promise 19",
        f"{len(files)} hostile files of {len(families)} families, {len(taken)} wrongly accepted; "
        f"a check that believes names accepts {len(naive)}",
    )
    assert len(files) >= 300
    assert not taken, [(one.family, one.name) for one in taken]
    assert len(naive) > 300


@pytest.mark.slow
def test_honest_files_are_taken_and_tell_nothing_of_their_maker(figure: Figure) -> None:
    refused, telling, untouched = [], [], []
    files = list(honest.files())
    for name, data in files:
        try:
            kept = cleaned(name, data)
        except Unsafe as refusal:
            refused.append((name, str(refusal)))
            continue
        words = honest.AUTHOR.encode(), honest.PLACE.encode(), honest.AUTHOR.replace(" ", "%20").encode()
        telling += [name for word in words if word in everything_in(kept.data)]
        untouched += [name for word in words if word in everything_in(data)]
    figure(
        "promise 19",
        f"{len(files)} honest files, {len(files) - len(refused)} accepted; metadata left in {len(telling)}, "
        f"without cleaning in {len(set(untouched))}",
    )
    assert len(refused) <= len(files) // 100, refused
    assert not telling
    assert len(set(untouched)) > 100


@pytest.mark.parametrize(
    ("name", "data", "remedy"),
    [
        ("letter.docm", b"PK\x03\x04", "Choose a PDF"),
        ("letter.pdf", honest.package(honest.docx_parts()), "Rename it to .docx"),
        ("letter.docx", honest.package(honest.docx_parts(**{"word/vbaProject.bin": b"x"})), "Save it without them"),
        ("photo.png", b"\x89PNG\r\n\x1a\n", "save it again"),
        ("table.csv", b"a,=cmd|' /c x'!A0", "Keep only the values"),
        ("table.csv", "a,b".encode("utf-16-le"), "CSV UTF-8"),
        ("fee\u202efdp.pdf", b"%PDF-1.7", "Rename it"),
        ("fee.pdf", b"MZ" + bytes(200), "whatever its name says"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_refusal_says_what_to_do(name: str, data: bytes, remedy: str) -> None:
    with pytest.raises(Unsafe, match=remedy):
        cleaned(name, data)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Agreement 2022.pdf", "Agreement 2022.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\jo\\St Bride’s fee.PDF", "St Bride’s fee.pdf"),
        ("  ...   .pdf", "file.pdf"),
        ("con.pdf", "file con.pdf"),
        ("a<b>|c?.pdf", "a-b--c.pdf"),
        ("x" * 200 + ".pdf", "x" * 80 + ".pdf"),
        ("École été.pdf", "École été.pdf"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    of = format_named("x.pdf")
    assert of is not None and clean_name(given, of) == kept


def test_what_people_see_stays() -> None:
    kept = cleaned("a.pdf", honest.typeset("Agreement")).data
    assert "The fee is £1,500 a year." in PdfReader(io.BytesIO(kept)).pages[0].extract_text()
    book = openpyxl.load_workbook(io.BytesIO(cleaned("a.xlsx", honest.workbook(random.Random(1))).data))
    assert book.active["C1"].value == "=SUM(B1:B9)" and book.properties.creator != honest.AUTHOR
    text = cleaned("a.csv", "St Bride’s,1".encode("cp1252")).data
    assert text == b"\xef\xbb\xbf" + "St Bride’s,1".encode()


@pytest.mark.slow
def test_text_under_boxes_is_found(figure: Figure) -> None:
    fakes = list(redacted.fakes())
    missed = [(way, words, found) for way, data, words in fakes if not same_words(words, found := " ".join(read(data)))]
    alarms = [found for data in redacted.honest_pages() if (found := list(read(data)))]
    recall = 100 * (len(fakes) - len(missed)) / len(fakes)
    figure(
        "promise 19",
        f"{len(fakes)} fake redactions of 10 kinds: recall {recall:.1f} %; {len(alarms)} false alarms in 200 honest PDFs",
    )
    assert recall >= 98, missed[:5]
    assert len(alarms) <= 2, alarms[:5]


@pytest.mark.slow
def test_a_drawing_that_never_ends_is_left_and_one_under_a_box_is_found() -> None:
    [(_, data, words), *_] = redacted.fakes(1)
    assert same_words(words, " ".join(hidden_text(data)))
    assert hidden_text(redacted.without_end()) == hidden_text(b"%PDF-1.4 no more") == []


def same_words(words: str, found: str) -> bool:
    """Whether the hidden words were found whole, however they are spaced."""
    return "".join(words.split()) in "".join(found.split())
