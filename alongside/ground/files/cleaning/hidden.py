"""Text that can still be copied out of a PDF and does not show: a redaction that only looks like one, a layer that is off.

Follows each page's drawing in its order: where letters stand, and which opaque areas, thick lines and shadings are painted over
them later, or lay under them in their own colour; and what is not drawn at all. Not seen: letters inside a picture, and boxes of
odd shapes. Pages that could not be followed to their end are told.
"""

import io
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pikepdf

from alongside.ground.files.cleaning.pdfs import off_layers

PROGRAM = Path(__file__).with_name("drawing.py")
SECONDS = 20


class Hidden(list[str]):
    """The pieces of text that do not show, page by page; `left` are the pages that were not looked through."""

    def __init__(self, pieces: Iterable[str] = (), left: Iterable[int] = ()) -> None:
        super().__init__(pieces)
        self.left = list(left)


def hidden_text(data: bytes) -> Hidden:
    """What of a PDF does not show, as far as it can be followed in its time.

    PDFium reads it in a process of its own, without our surroundings: what breaks there breaks nothing here.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            off, pages = off_layers(pdf), range(1, len(pdf.pages) + 1)
    except pikepdf.PdfError:
        return Hidden()
    try:
        run = subprocess.run(
            [sys.executable, "-I", PROGRAM, json.dumps(off[:500])],
            input=data,
            capture_output=True,
            env={},
            timeout=SECONDS,
            check=False,
        )
        said = run.stdout
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
    told = [json.loads(line) for line in said.rpartition(b"\n")[0].splitlines()]
    read = {one for one in told if isinstance(one, int)}
    return Hidden((one for one in told if isinstance(one, str)), (one for one in pages if one not in read))
