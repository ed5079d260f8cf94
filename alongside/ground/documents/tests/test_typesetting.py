import hashlib
import io
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings, strategies as st
from pypdf import PdfReader

from alongside.ground.core.standing import VISITOR, Standing
from alongside.ground.documents import actions, letters, queries
from alongside.ground.documents.models import Altered, Document
from alongside.ground.documents.typesetting import REGULAR, template_at, typeset

DATA: dict[str, Any] = {
    "title": "Invoice ELP-0001, Elm Grove",
    "heading": "Invoice ELP-0001",
    "author": "Elthorne",
    "draft": False,
    "facts": [["Invoice date", "Friday 1 April 2022"]],
    "supplier": {"name": "Elthorne", "contact": "1 High Street"},
    "payer": {"name": "Elm Grove", "address": "Elm Lane\nEL2 3AB"},
    "school": {"name": "Elm Grove", "more": "URN 900001"},
    "lines": [{"words": "Membership", "vat": "Ask finance", "amount": "£1,500.00"}],
    "sums": [["Net", "£1,500.00"]],
    "total": "£1,500.00",
    "total_words": "To pay",
    "pay": {"bank": "Account 1", "never": "Never.", "ring": "Ring us."},
    "notes": ["VAT: exempt."],
    "added": [],
    "foot": "Elthorne",
}
DAY = date(2022, 4, 1)


def made(**changes: Any) -> bytes:
    """An invoice with something else in it."""
    return typeset("invoices/invoice", DATA | changes, dated=DAY)


def words_of(pdf: bytes) -> str:
    """What a reader reads."""
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_document_is_tagged_titled_and_says_its_language() -> None:
    reader = PdfReader(io.BytesIO(made()))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "en-GB" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            kinds.append(str(node.get("/S", "")))
            if "/K" in node:
                walk(node["/K"])

    walk(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/P"} <= set(kinds)
    meta = root["/Metadata"].get_data().decode()
    assert reader.metadata and reader.metadata.title == DATA["title"] and "pdfuaid" in meta and "pdfaid" in meta


def test_the_same_words_give_the_same_bytes() -> None:
    assert made() == made() != made(total="£1.00")


@pytest.mark.parametrize(
    "nasty",
    [
        "#panic()",
        '#read("/settings.py")',
        "$x^2$",
        "\\ \\n \\u{0}",
        "\" ' `",
        "*b* _i_ = h @ref <label> // /* */",
        "[x](y)",
        "#{",
        "]]]",
        "%s {0}",
        "~ ---",
    ],
)
def test_nothing_that_a_person_types_becomes_code(nasty: str) -> None:
    text = words_of(made(payer={"name": nasty, "address": ""}))
    assert "".join(nasty.split()) in "".join(text.split())


@pytest.mark.parametrize(
    "odd",
    [
        "\U0001f600",
        "中文",
        "مدرسة",
        "a\x00b",
        "\u202e123\u202c",
        "\ufffd",
        "\ud800",
        "",
        " ",
        "\n\n\n",
        "é" * 20,
        "e\u0301",
        "x" * 3_000,
    ],
)
def test_no_character_stops_an_invoice(odd: str) -> None:
    assert made(payer={"name": odd, "address": odd}, title=f"x{odd}").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Shefﬁeld", "Sheffield"),
        ("Oﬀice of the Aﬄuent ﬂoor, ﬆ", "Office of the Affluent floor, st"),
        ("Ｏａｋ　Ｓｃｈｏｏｌ", "Oak School"),
        ("𝗢𝗮𝗸 𝘚𝘤𝘩𝘰𝘰𝘭 ㏂", "Oak School a.m."),
        ("Oak\u2009School\u3000№ 5", "Oak School No 5"),
        ("She\U0001f600ﬁ 㐀", "She□fi □"),
    ],
)
def test_another_form_of_letters_is_drawn_as_they_are(text: str, drawn: str) -> None:
    assert letters.plain(text, REGULAR).replace("\u2009", " ").replace("№", "No") == drawn


def test_an_unknown_character_is_a_box_and_an_invisible_one_is_dropped() -> None:
    assert letters.plain({"name": ["St Bride’s \U0001f600", "12\u202e34", "e\u0301", 5, None]}, REGULAR) == {
        "name": ["St Bride’s □", "1234", "é", 5, None]
    }


@settings(max_examples=20)
@given(st.text(max_size=80))
def test_any_text_can_be_typeset(text: str) -> None:
    assert made(payer={"name": text, "address": text}, title=f"x{text}").startswith(b"%PDF")


@pytest.mark.slow
def test_every_character_that_we_say_we_can_draw_can_be_drawn() -> None:
    everything = "".join(map(chr, sorted(letters.drawable(REGULAR))))
    assert made(payer={"name": "x", "address": everything}).startswith(b"%PDF")


def test_a_long_name_runs_on_to_further_lines_and_pages() -> None:
    pdf = made(lines=[{"words": "Membership of a partnership. " * 40, "vat": "Exempt", "amount": "£1.00"}] * 8)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 1 and "Page 1 of" in words_of(pdf)


@pytest.mark.parametrize(
    "name", ["fees/nothing", "../settings", "fees/../../x", "/etc/passwd", "fees/invoice.typ", "Fees/invoice", "fees", ""]
)
def test_only_packaged_templates_are_typeset(name: str) -> None:
    with pytest.raises(LookupError):
        template_at(name)


@pytest.mark.parametrize("heavy", ["typst", "openpyxl"])
def test_a_web_process_does_not_carry_what_few_requests_need(heavy: str) -> None:
    code = f"import django, sys; django.setup(); import alongside.urls; sys.exit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False).returncode == 0


@pytest.mark.django_db
def test_what_is_kept_first_stays() -> None:
    for pdf in (b"%PDF one", b"%PDF two"):
        actions.keep(kind="invoices.invoice", row="0" * 12, pdf=pdf, by=Standing.system())
    assert queries.kept("invoices.invoice", "0" * 12) == b"%PDF one"
    assert Document.objects.get().sha256 == hashlib.sha256(b"%PDF one").hexdigest()
    assert queries.kept("invoices.invoice", "1" * 12) is None
    assert not Document.objects.visible_to(VISITOR).exists()


@pytest.mark.django_db
def test_an_altered_document_is_never_served() -> None:
    Document.objects.create(
        kind="invoices.invoice", row="0" * 12, pdf=b"%PDF forged", sha256="0" * 64, made_at="2022-04-01T09:00:00Z"
    )
    with pytest.raises(Altered):
        queries.kept("invoices.invoice", "0" * 12)
    with pytest.raises(Exception, match="frozen"), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_document SET pdf = %s", [b"x"])
