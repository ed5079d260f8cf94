"""Papers: added by the office, refused when harmful, opened by a school, replaced and taken out."""

import re
from pathlib import Path

from alongside.ground.files.tests import honest, redacted
from tests.browser import Walk

PAPERS = "/p/elthorne-learning-partnership/papers/"


def choose_file(walk: Walk, folder: Path, name: str, data: bytes) -> None:
    """Put a file into the form."""
    path = folder / name
    path.write_bytes(data)
    walk.page.locator("main input[type=file]").set_input_files(path)


def text(walk: Walk) -> str:
    """What the page says."""
    return walk.page.locator("main").inner_text()


def test_the_office_keeps_papers_and_a_school_opens_them(walk: Walk, tmp_path: Path) -> None:
    walk.start_again()
    walk.bar("You are", "Partnership manager")
    walk.go(PAPERS)
    walk.press("Add a paper")
    walk.press("Add the paper")
    assert "Choose the file" in text(walk)

    walk.fill(title="Agreement 2022 to 2024")
    walk.choose("Agreement or constitution")
    walk.choose("Everybody in the partnership")
    choose_file(walk, tmp_path, "agreement.docx", honest.package(honest.docx_parts(**{"word/vbaProject.bin": b"x"})))
    walk.press("Add the paper")
    assert "holds macros" in text(walk)
    choose_file(walk, tmp_path, "agreement.pdf", honest.typeset("Agreement"))
    walk.press("Add the paper")
    assert "Agreement 2022 to 2024" in text(walk)

    walk.press("Add a paper")
    _, fake, words = next(redacted.fakes(1))
    walk.fill(title="Notes of a case")
    walk.choose("Other paper")
    choose_file(walk, tmp_path, "notes.pdf", fake)
    walk.press("Add the paper")
    assert words in text(walk) and "still be copied out" in text(walk)

    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.go(PAPERS)
    assert "Agreement 2022 to 2024" in text(walk) and "Add a paper" not in text(walk)
    assert walk.file("Agreement 2022 to 2024").startswith(b"%PDF")

    walk.bar("You are", "Partnership manager")
    walk.go(PAPERS)
    walk.press("Replace or take out")
    choose_file(walk, tmp_path, "newer.pdf", honest.typeset("Newer agreement"))
    walk.press("Replace", exact=True)
    assert "is replaced" in text(walk)
    walk.press("Replace or take out")
    walk.press("Take out", exact=True)
    assert "is taken out" in text(walk) and "No papers yet" in text(walk)


def test_the_supplier_form_stands_beside_the_invoice(walk: Walk, tmp_path: Path) -> None:
    walk.start_again()
    walk.bar("Today is", "Move to Friday 1 April")
    walk.bar("You are", "Partnership manager")
    walk.go(PAPERS + "add/")
    walk.press("Add it on a page of its own")
    walk.fill(title="Supplier form for your finance system")
    walk.choose("Everybody in the partnership")
    choose_file(walk, tmp_path, "supplier.pdf", honest.typeset("Supplier form"))
    walk.press("Add the paper")
    walk.bar("You are", "Partnership finance officer")
    walk.press("See who would get one")
    walk.press(re.compile("^Issue "))
    walk.press("ELP-0002")
    assert walk.file("Supplier form for your finance system").startswith(b"%PDF")
    walk.bar("You are", "Business manager of Ickenden Primary")
    walk.go("/p/elthorne-learning-partnership/fees/")
    walk.press(re.compile(r"^Open ELP-\d{4}"))
    assert walk.file("Supplier form for your finance system").startswith(b"%PDF")
    walk.go("/invoice/")
    assert "download the supplier form or bank letter" in text(walk)
