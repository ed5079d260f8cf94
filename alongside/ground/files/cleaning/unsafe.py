"""A file that is not taken, and what to do instead; and what a file that is taken has lost."""

from dataclasses import dataclass, field


@dataclass
class Lost:
    """What the cleaning takes away: what the uploader is asked about before it is kept, and what is said afterwards."""

    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


class Unsafe(Exception):
    """This file is not taken; its words say why, and what to do."""


WITHOUT_OBJECTS = "The document holds an object of another program. Replace it by a picture of it and save again"
LOOKS_DAMAGED = "The file is damaged or was cut short. Open it where you made it, save it again and choose the new one"
EICAR = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"  # in two halves: nobody's scanner is to stop at our own source


def refuse_known_bad(data: bytes) -> None:
    """Refuse the test virus that every scanner knows, which also is how an office tries whether anything looks."""
    if EICAR in data:
        raise Unsafe("A virus check would stop this file. Do not open it, and tell whoever sent it to you")
