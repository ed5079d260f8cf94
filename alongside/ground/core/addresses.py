"""E-mail addresses: one rule for all that people type, paste or send as a sheet."""

import re
import unicodedata

AROUND = re.compile(r"^\W*(?:mailto:|e-?mail(?: address)?:)\s*|\?\w+=.*$|\s*\([^@()]*\)\s*$")
IN_BRACKETS = re.compile(r"[<(\[]\s*(?:mailto:)?([^\s<>()\[\]?]+@[^\s<>()\[\]?]+)[^<>()\[\]]*[>)\]]")
SCHOOLS, ANYBODYS = "name@school.sch.uk", "name@example.org"
SEVERAL = re.compile(r"@[^@]*[,;\s/]+[^@]*@")


def tidy_address(text: str) -> str:
    """An address as it was meant: without what stands around it ("Ada <mailto:ada@oak.example>.") and in small letters.

    Source: R2; RFC 5322, section 3.4 (a name, and the address in angle brackets).
    """
    bare = AROUND.sub("", unicodedata.normalize("NFKC", text).strip().lower())
    inside, outside = set(IN_BRACKETS.findall(bare)), IN_BRACKETS.sub("", bare)
    if len(inside) == 1 and ("@" not in outside or outside.strip() in inside):
        bare = inside.pop()
    return bare.strip("<>'\"‘’“” ").rstrip(".,;>").strip()


def wrong_with_address(text: str, like: str = SCHOOLS) -> str:
    """What is wrong with something that should be one e-mail address, or nothing; the mail server knows the rest.
    Whoever may be of no school is shown an address `like` anybody's.

    Source: R2; RFC 5321 (64 and 254 letters; an apostrophe may stand before the @).
    """
    if SEVERAL.search(text):
        return "There are two addresses here: keep one, and give the other a line of its own"
    local, at, domain = text.rpartition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(' ,;:<>()[]\\"=') and "'" not in domain
    parts = domain.split(".")
    whole = all(parts) and len(parts) > 1 and not any(part.startswith("-") or part.endswith("-") for part in parts)
    dots = not (local.startswith(".") or local.endswith(".") or ".." in local)
    if at and local and plain and whole and dots and "@" not in local and len(local) <= 64 and len(text) <= 254:
        return ""
    return f"Enter an e-mail address like {like}"
