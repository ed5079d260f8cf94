"""One cell to one clean value. Each reader gives None for what says nothing, and raises ValueError for nonsense."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape

from alongside.ground.core.words import without_marks

Value = str | int | date | Decimal | None
Reader = Callable[[str], Value]

NOTHING = frozenset(
    {"", "na", "n/a", "not applicable", "not recorded", "null", "none recorded", "nan", "not yet obtained", "select", "-", "."}
)
CODES = frozenset({"supp", "ne", "np", "lowcov", "sp", "new", "re", "c", "z", "x", "low"})
STARTS_NOTHING = frozenset("nNsS-.")
CLOSE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")
WRITTEN = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}")
SPACES = re.compile(r"\s+")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
BRITISH = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?")
RUN = re.compile(r"(\d{4})(\d\d)(\d\d)")
BEFORE_RECORDS = date(1900, 1, 1)
LARGEST = 2_000_000_000
POINT_NOUGHT = re.compile(r"(?<=\d)\.0+$")  # what a spreadsheet or a program that counts in fractions puts behind a number
LOOK_LIKE_FIGURES = str.maketrans("OIL", "011")
ROUNDED = re.compile(r"[\d.,]+E\+?\d+", re.IGNORECASE)  # as a spreadsheet shows what is too long for its cell
ADDRESS = re.compile(r"(https?://)?[\w-]+(?:\.[\w-]+)*\.[a-z][\w-]+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
TYPED = re.compile(  # however http:// is typed; the name of the server; the rest
    r"[\W_]*(?:h*t{1,3}p{1,2}(s?)(?:[:;.]?\s*[/\\]+|[:;])\s*)*([^/?#\\]*)(.*)", re.IGNORECASE
)
LINK = re.compile(r"https?:|www\.|@", re.IGNORECASE)
TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|sir|dame|lady|lord|rev|reverend|prof|professor|fr|father|sister|canon)\.?", re.IGNORECASE
)
AGES = re.compile(r"(\d{1,2})\s*(?:-|–|to)\s*(\d{1,3})", re.IGNORECASE)
LAESTAB = re.compile(r"(\d{3})\s*[/-]?\s*(\d{4})")


class Doubtful(ValueError):
    """A cell that is kept though it is not what it should be."""

    def __init__(self, words: str, kept: str) -> None:
        super().__init__(words)
        self.kept = kept


def whole(cell: str) -> str:
    """A number's figures, without the nought behind a point: 159910.0 is 159910."""
    found = cell.strip()
    return POINT_NOUGHT.sub("", found) if "." in found else found


def text(cell: str) -> str | None:
    """A text with its spaces in order, and nothing in it that is not seen, nor written for a web page: St Mary&amp;s."""
    if ";" in cell and "&" in cell:
        cell = unescape(unescape(cell))  # some come twice
    return (cell if cell.isprintable() and "  " not in cell else SPACES.sub(" ", without_marks(cell))).strip() or None


def something(cell: str) -> str | None:
    """A text: 'NA', 'Not applicable' and the like are none."""
    found = text(cell)
    return None if found is None or (found[0] in STARTS_NOTHING and found.casefold() in NOTHING) else found


def name(cell: str) -> str | None:
    """A name. Raises Doubtful for one of which a letter is lost."""
    found = something(cell)
    if found and "\ufffd" in found:
        raise Doubtful("has lost a letter: where it was known before without that loss, that stays", found)
    return found


def number(cell: str) -> int | None:
    """A whole number. Raises ValueError for anything else, and codes such as NP are nothing, never 0."""
    if cell.isdigit() and len(cell) < 9 and cell.isascii():
        return int(cell)
    found = whole(cell).replace(",", "")
    if found.isascii() and found.isdigit():
        value = int(found) if len(found) < 11 else LARGEST + 1
        if value > LARGEST:
            raise ValueError("is too large")
        return value
    if found.casefold() in NOTHING or found.casefold() in CODES:
        return None
    raise ValueError("is not a whole number")


def metres(cell: str) -> int | None:
    """A grid coordinate; 0 is none."""
    value = int(cell) if len(cell) == 6 and cell.isdecimal() else number(cell.partition(".")[0])
    if value and value > 1_300_000:
        raise ValueError("is not on the national grid")
    return value or None


def age(cell: str) -> int | None:
    """An age in years."""
    value = number(cell)
    if value is not None and value > 120:
        raise ValueError("is not an age")
    return value


def percent(cell: str) -> Decimal | None:
    """A percentage, with or without its sign."""
    found = cell.strip().rstrip("%").strip()
    if found.casefold() in NOTHING or found.casefold() in CODES:
        return None
    if not re.fullmatch(r"\d{1,3}(\.\d{1,12})?", found) or Decimal(found) > 100:
        raise ValueError("is not a percentage")
    return Decimal(found).quantize(Decimal("0.1"))


def day(cell: str) -> date | None:
    """A date as 16-11-2023, 16/11/2023, 20231116 or 2023-11-16; 1900 stands for 'before records began'."""
    found = cell.strip()
    if found.casefold() in NOTHING:
        return None
    try:
        if match := BRITISH.fullmatch(found):
            value = date(int(match[3]), int(match[2]), int(match[1]))
        elif match := ISO.fullmatch(found) or RUN.fullmatch(found):
            value = date(int(match[1]), int(match[2]), int(match[3]))
        else:
            raise ValueError(found)
    except ValueError:
        raise ValueError("is not a date") from None
    return value if value > BEFORE_RECORDS else None


def unsure_day(cell: str) -> date | None:
    """The same in a file of which other days have their month first. Raises ValueError for one that may have."""
    match = BRITISH.fullmatch(cell.strip())
    if match and int(match[1]) <= 12 and int(match[2]) <= 12 and int(match[1]) != int(match[2]):
        raise ValueError("may have its month first, as other dates of this file have: write it with the year first")
    return day(cell)


def authority(cell: str) -> str | None:
    """The three figures of a local authority, with the zeros that spreadsheets lose."""
    found = whole(cell)
    return found.zfill(3) if found.isascii() and found.isdigit() and len(found) <= 3 else None


def figures(cell: str) -> str | None:
    """A number that is a name, such as the establishment's within its authority."""
    found = something(cell)
    return found and whole(found)


def postcode(cell: str) -> str | None:
    """A postcode in capitals with one space; the figure that begins its second half is often typed as a letter."""
    if WRITTEN.fullmatch(cell):
        return cell
    found = something(cell)
    if found is None:
        return None
    close = re.sub(r"[\W_]", "", found.upper())
    close = close[:-3] + close[-3:-2].translate(LOOK_LIKE_FIGURES) + close[-2:]
    return f"{close[:-3]} {close[-3:]}" if CLOSE.fullmatch(close) else found.upper()


def phone(cell: str) -> str | None:
    """A telephone number, with the first zero that spreadsheets lose. Raises ValueError for what nobody can ring."""
    if len(cell) == 11 and cell.isascii() and cell.isdigit():
        return cell
    found = something(whole(cell.strip("='\" ")))
    if found and found.isascii() and found.isdigit() and len(found) == 10 and found[0] in "1237":
        return f"0{found}"
    if found and (ROUNDED.fullmatch(found) or sum(map(str.isdigit, found)) < 6):
        raise ValueError("is not a telephone number")
    return found


def website(cell: str) -> str | None:
    """An http address; the e-mail addresses that some cells hold are none. Raises ValueError for one that leads nowhere."""
    found = something(cell)
    if found is None:
        return None
    if plain := ADDRESS.fullmatch(found):
        return found if plain[1] else f"http://{found}"
    secure, host, path = TYPED.findall(found.rstrip("<>()'\".,; "))[0]
    if "@" in host:
        return None
    mended = re.sub(r"\s*\.\s*", ".", host.strip()) + path.replace("\\", "/").replace(" ", "%20")
    if ADDRESS.fullmatch(mended):
        return f"http{secure.lower()}://{mended}"
    if LINK.search(found):
        raise ValueError("is not a web address")
    return None


def part(pattern: re.Pattern[str], number: int, read: Reader) -> Reader:
    """The reader of a cell that says several facts: one of them."""

    def reader(cell: str) -> Value:
        match = pattern.fullmatch(whole(cell))
        return read(match[number]) if match else None

    return reader


def person(cell: str) -> tuple[str, str, str]:
    """A whole name as title, first and last name: 'Mrs Noor Bell', 'Bell, Noor'."""
    last, comma, rest = (something(cell) or "").partition(",")
    words = [*rest.split(), *last.split()]
    title = words.pop(0) if len(words) > 1 and TITLE.fullmatch(words[0]) else ""
    cut = len(rest.split()) - bool(title) if comma else len(words) - 1
    return title, " ".join(words[:cut]) if cut > 0 else "", " ".join(words[max(cut, 0) :])


def part_of_name(number: int) -> Reader:
    """The reader of a whole name: its title, its first or its last name."""
    return lambda cell: person(cell)[number] or None
