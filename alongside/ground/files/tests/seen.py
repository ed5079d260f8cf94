"""Everything that is in a file, unpacked: what a search for words that must not be there has to look through."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pikepdf
from PIL import Image

from alongside.ground.files.cleaning.kinds import Cleaned, cleaned

BROKEN: tuple[type[BaseException], ...] = (
    OSError,
    ValueError,
    zipfile.BadZipFile,
    pikepdf.PdfError,
    RuntimeError,
    Image.DecompressionBombError,
    Warning,
)


def case_file(number: int) -> Path:
    """A file that came in from outside, by its number."""
    (path,) = Path(__file__).with_name("cases").glob(f"{number}-*")
    return path


def case(number: int) -> Cleaned:
    """That file, cleaned."""
    return cleaned(case_file(number).name, case_file(number).read_bytes())


def everything_in(data: bytes) -> bytes:
    """The file itself and whatever is packed in it, in all its layers; of what cannot be opened, its bytes."""
    found = [data, data.replace(b"\x00", b"")]
    with suppress(*BROKEN):
        found += layers(data)
    return b"\n".join(found)


def layers(data: bytes) -> list[bytes]:
    """What is packed in a file. Raises whatever its format's reader raises."""
    found: list[bytes] = []
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for info in package.infolist():
                with package.open(info) as part:
                    found.append(everything_in(part.read(5_000_000)) + info.filename.encode())
    elif data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for thing in pdf.objects:
                found.append(repr(thing).encode())
                if isinstance(thing, pikepdf.Stream):
                    found += [thing.read_raw_bytes(), unpacked(thing)]
    elif data[:4] in {b"\x89PNG", b"RIFF"} or data.startswith(b"\xff\xd8"):
        with Image.open(io.BytesIO(data)) as picture:
            found.append(repr((picture.info, dict(picture.getexif()))).encode())
    return found


def unpacked(stream: pikepdf.Stream) -> bytes:
    """A stream's content where it can be unpacked."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return b""
