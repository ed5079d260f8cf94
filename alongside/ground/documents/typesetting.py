"""Data and a packaged template in, the bytes of a tagged PDF out."""

import json
import re
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from alongside.ground.documents import letters

PACKAGE = Path(__file__).resolve().parents[2]
FONTS = settings.BUILD / "fonts"
REGULAR = FONTS / "Inter_400Regular.ttf"
STANDARDS: Any = ["ua-1", "a-2a"]


class FontsMissing(Exception):
    """The typeface has not been put in place by the build."""


def template_at(name: str) -> Path:
    """The packaged template of that name: 'invoices/invoice' is money/invoices/typst/invoice.typ; LookupError for any other."""
    match = re.fullmatch(r"([a-z]+)/([a-z_]+)", name)
    path = next(PACKAGE.glob(f"*/{match[1]}/typst/{match[2]}.typ"), None) if match else None
    if path is None:
        raise LookupError(f"There is no packaged template {name!r}")
    return path


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    if not REGULAR.is_file():
        raise FontsMissing(f"No typeface in {FONTS}: run `make build/static/.ready`")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def typeset(template_name: str, data: dict[str, Any], *, dated: date) -> bytes:
    """A tagged PDF (PDF/UA-1 and PDF/A-2a) of the template with the data; the same bytes for the same input.

    The data go in as JSON and are never read as Typst: nothing that a person types can become code. `dated` is
    the document's own date, not the day on which it is typeset. Raises LookupError for an unknown template.
    """
    import typst  # only where used: a web process that typesets nothing does not carry it

    path, moment = template_at(template_name), datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
    words = json.dumps(letters.plain({**data, "dated": [dated.year, dated.month, dated.day]}, REGULAR), ensure_ascii=True)
    pdf = typst.compile(
        str(path),
        root=str(PACKAGE),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": words},
        pdf_standards=STANDARDS,
        timestamp=int(moment.timestamp()),
    )
    return bytes(pdf)
