"""Text that can still be copied out of a PDF and does not show: a redaction that only looks like one, a layer that is off.

Follows each page's drawing in its order: where letters stand, and which opaque areas are painted over them later, or
lay under them in their own colour; and what is not drawn at all. Not seen: letters inside a picture, and boxes of odd shapes.
"""

import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf

from alongside.ground.files.cleaning.pdfs import off_layers

PROGRAM = Path(__file__).with_name("drawing.py")
SECONDS = 20


def hidden_text(data: bytes) -> list[str]:
    """The pieces of text that do not show, page by page; as far as a PDF can be followed in its time.

    PDFium reads it in a process of its own, without our surroundings: what breaks there breaks nothing here.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            off = off_layers(pdf)
    except pikepdf.PdfError:
        return []
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
    return [json.loads(line) for line in said.rpartition(b"\n")[0].splitlines()]
