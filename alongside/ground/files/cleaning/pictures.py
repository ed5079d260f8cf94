"""Pictures: drawn anew, so that only what can be seen is kept."""

import io
import struct
import warnings

from PIL import ExifTags, Image, ImageCms

from alongside.ground.files.cleaning.unsafe import LOOKS_DAMAGED, Lost, Unsafe
from alongside.ground.files.rules import Format

MOST_PIXELS = 50_000_000
Image.MAX_IMAGE_PIXELS = None  # how many dots a picture has is looked at here, and told in words
TEXTS, TELLING = frozenset({b"tEXt", b"zTXt", b"iTXt"}), frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
UPRIGHT = Image.Transpose
TURNED = {  # what EXIF's orientation asks for
    2: UPRIGHT.FLIP_LEFT_RIGHT, 3: UPRIGHT.ROTATE_180, 4: UPRIGHT.FLIP_TOP_BOTTOM, 5: UPRIGHT.TRANSPOSE,
    6: UPRIGHT.ROTATE_270, 7: UPRIGHT.TRANSVERSE, 8: UPRIGHT.ROTATE_90,
}  # fmt: skip
END = b"\xff\xd9"  # of a JPEG
OTHER_DOTS = b"".join(b"\x55\xaa" * 64 + bytes([0xFF, 0xD0 + turn % 8]) for turn in range(16))
MODES = {  # the colours in which each is kept, and those that all others are turned into
    Format.PNG: ({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}, "RGBA"),
    Format.JPEG: ({"L", "RGB"}, "RGB"),
    Format.WEBP: ({"RGB", "RGBA"}, "RGBA"),
}


def clean(data: bytes, _: Lost, of: Format) -> bytes:
    """The picture drawn anew: no place, no camera, no comment, nothing behind its end. Raises Unsafe."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it says of itself may be odd: it is left out; its size is looked at below
            try:
                return _drawn_anew(data, of)
            except OSError:
                if of is not Format.JPEG:
                    raise
                return _drawn_anew(_ended(data), of)
    except Unsafe:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError, OverflowError):
        raise Unsafe(LOOKS_DAMAGED) from None


def _ended(data: bytes) -> bytes:
    """A JPEG with its end mark put back, which every reader does by itself. Raises OSError when more is missing.

    Where dots are missing, others in their place make another picture.
    """
    bare = data.removesuffix(END[:1])
    if _dots(bare + END) != _dots(bare + OTHER_DOTS + END):
        raise OSError(LOOKS_DAMAGED)
    return bare + END


def _dots(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data), formats=["JPEG"]) as picture:
        return picture.tobytes()


def _drawn_anew(data: bytes, of: Format) -> bytes:
    with Image.open(io.BytesIO(without_chunks(data, TEXTS)), formats=[of.name]) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise Unsafe(
                f"The picture is {width:,} by {height:,} dots, more than any page can show. Make it smaller and choose it again"
            )
        if getattr(picture, "n_frames", 1) > 1 and of is not Format.JPEG:
            raise Unsafe("The picture moves. Choose one that stands still")
        picture.load()
        shown = _in_plain_colours(_upright(picture), of)
    bare = Image.new(shown.mode, shown.size)  # a fresh picture has nothing to tell but its dots
    if shown.mode == "P" and (colours := shown.getpalette()):
        bare.putpalette(colours)
    bare.paste(shown, (0, 0))
    how = {name: shown.info[name] for name in ("transparency",) if name in shown.info} if of is Format.PNG else {"quality": 90}
    out = io.BytesIO()
    bare.save(out, of.name, **how)
    return out.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as the camera was held, where its EXIF says so in a way that can be read."""
    try:
        turned = TURNED.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, AttributeError, struct.error):
        return picture
    return picture if turned is None else picture.transpose(turned)


def _in_plain_colours(picture: Image.Image, of: Format) -> Image.Image:
    """The picture in the colours of every screen: what a profile says is worked into the dots, and the profile is left out."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            found = ImageCms.profileToProfile(picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
            picture = found or picture
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile says nothing
    kept, otherwise = MODES[of]
    return picture if picture.mode in kept else picture.convert(otherwise)


def without_segments(data: bytes) -> bytes:
    """A JPEG within a document, its dots untouched: without the parts that tell of camera, place and maker.

    Kept are the colour profile's (2) and Adobe's colour flag (14), without which it would look different.
    """
    if not data.startswith(b"\xff\xd8"):
        return data
    out, at = bytearray(b"\xff\xd8"), 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xDA:
            end = data.rfind(b"\xff\xd9")
            return bytes(out + (data[at : end + 2] if end > at else data[at:]))
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        tells = (0xE0 < marker <= 0xEF and marker not in {0xE2, 0xEE}) or marker == 0xFE
        profile = marker == 0xE2 and not data[at + 4 : at + 16].startswith(b"ICC_PROFILE")
        if not (tells or profile):
            out += data[at : at + 2 + length]
        at += 2 + length
    return data


def without_chunks(data: bytes, telling: frozenset[bytes] = TELLING) -> bytes:
    """A PNG within a document, its dots untouched: without texts, times and EXIF, and nothing behind its end."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return data
    out, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if kind not in telling:
            out += data[at : at + 12 + length]
        at += 12 + length
        if kind == b"IEND":
            return bytes(out)
    return data
