"""Rows that are wider or narrower than their headings: kept only where no known column can have moved."""

import re
from collections.abc import Iterator

from alongside.members.schools.register import cells, words
from alongside.members.schools.register.headings import Columns

MOST_ODD = 20  # cells too many or too few; of more nobody could tell
NUMBERS = re.compile(r"[\d,]{1,12}(?:\.\d+)?|[a-z]{1,6}", re.IGNORECASE)
SHAPES = {
    "urn": re.compile(r"\d{4,7}(?:\.0+)?"), "link_urn": re.compile(r"\d{4,7}(?:\.0+)?"), "uid": re.compile(r"\d{1,6}(?:\.0+)?"),
    "la_code": re.compile(r"\d{1,3}(?:\.0+)?"), "number": re.compile(r"\d{1,4}(?:\.0+)?"), "ukprn": re.compile(r"\d{8}(?:\.0+)?"),
    "phone": re.compile(r"[\d +()/.-]{6,}(?:\s*(?:ext|x)\.?\s*\d+)?", re.IGNORECASE), "company_number": re.compile(r"\w{6,8}"),
    "website": re.compile(r"[^\s,]+\.[^\s,]+"), "group_id": re.compile(r"[A-Z]{2,4}\d+"),
    "trust_uid": re.compile(r"\d{1,6}(?:\.0+)?"), "federation_uid": re.compile(r"\d{1,6}(?:\.0+)?"),
    **dict.fromkeys(("capacity", "pupils", "fsm_percent"), NUMBERS),
}  # fmt: skip
FIGURES = {cells.day, cells.number, cells.metres, cells.age, cells.percent}  # these raise for what is none
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
STRICT = {"status", "phase", "type", "gender"}
TYPED = {*STRICT, *SHAPES, "postcode", "opened_on", "closed_on", "joined_on", "on", "easting", "northing", "low_age", "high_age"}
NO_NAMES = frozenset(
    word for column in ("status", "phase", "type", "gender", "sixth_form", "nursery") for word in words.KNOWN[column]
)
DATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def fits(column: str, reader: cells.Reader, cell: str) -> bool:
    """Whether a cell can be what stands in a column."""
    text = cell.strip()
    if text.casefold() in cells.NOTHING:
        return column not in {"urn", "link_urn", "uid"}
    try:
        value = reader(text)
    except cells.Doubtful as doubt:
        value = doubt.kept
    except ValueError:
        return False
    if column in SHAPES:
        return bool(SHAPES[column].fullmatch(text))
    if column in STRICT:
        return words.fold(text) in words.KNOWN[column]
    if column == "postcode":
        return bool(POSTCODE.fullmatch(text))
    if reader in FIGURES or not isinstance(value, str):
        return reader in FIGURES
    if column in {"head_title", "head_first_name", "head_last_name"} and "," in text:
        return False
    is_word = any(letter.isalpha() for letter in text) and not (
        cells.LINK.search(text) or POSTCODE.fullmatch(text) or DATED.fullmatch(text)
    )
    return is_word and (column in words.KNOWN or words.fold(text) not in NO_NAMES)


def _is_typed(cell: str) -> bool:
    """Whether a cell says by itself which column it is of: a word of a list, a postcode, a date."""
    text = cell.strip()
    is_word = not cells.whole(text).isdigit() and words.fold(text) in NO_NAMES
    return is_word or bool(POSTCODE.fullmatch(text) or DATED.fullmatch(text))


def _sort(piece: str) -> str:
    """What sort of thing a piece is: nobody writes two sorts in one cell."""
    return "link" if cells.LINK.search(piece) else "words" if any(letter.isalpha() for letter in piece) else "figures"


class Places:
    """Where each known column stands, and whether a row's cells still stand there."""

    def __init__(self, found: Columns, names: list[str]) -> None:
        self.names, self.width = names, len(names)
        self.known: dict[int, list[tuple[str, cells.Reader]]] = {}
        for column, (place, reader) in found.items():
            self.known.setdefault(place, []).append((column, reader))

    def problem(self, row: list[str]) -> str:
        """Why a row is left out: it cannot be told which cell belongs where; nothing when it can."""
        while len(row) > self.width + 1 and not row[-1].strip() and not row[-2].strip():
            row = row[:-1]
        odd = len(row) - self.width
        if not odd:
            wrong = [place for place in self._misfits(row) if _is_typed(row[place])]
            if len(wrong) < 2:
                return ""
            said = f"“{row[wrong[0]].strip()[:40]}” under “{self.names[wrong[0]]}”"
            return f"its cells stand under the wrong headings ({said}): a cell with a comma needs quotation marks round it"
        if abs(odd) <= MOST_ODD and not any(self._misfits(row)) and True not in (self._wide if odd > 0 else self._narrow)(row):
            return ""
        if odd > 0:
            return (
                f"{len(row)} cells under {self.width} headings, and it cannot be told which is too many: "
                "a cell with a comma needs quotation marks round it"
            )
        return (
            f"only {len(row)} cells under {self.width} headings, and it cannot be told which is missing: "
            "look for a quotation mark that is not closed"
        )

    def _misfits(self, row: list[str]) -> Iterator[int]:
        """The places of the known columns in which something stands that cannot be theirs."""
        for place, columns in self.known.items():
            if place < len(row) and not all(fits(*column, row[place]) for column in columns):
                yield place

    def _fits(self, place: int, pieces: list[str]) -> bool:
        """Whether cells, which one comma or several have parted, can be one cell of a column."""
        if place not in self.known:
            return len({_sort(piece) for piece in pieces if piece.strip()}) < 2
        return all(fits(*column, ",".join(pieces)) for column in self.known[place])

    def _is_surely(self, place: int, cell: str) -> bool:
        """Whether a cell's shape says that it belongs to a column: a number, a date, a postcode, a word of a list."""
        columns = self.known.get(place, [])
        typed = any(name in TYPED for name, _ in columns)
        return typed and bool(cell.strip()) and self._fits(place, [cell])

    def _wide(self, row: list[str]) -> set[bool]:
        """For every way in which cells may have been parted: whether a known column would have moved."""
        most, ways = len(row) - self.width, {(0, False)}
        for place in range(self.width):
            known, last, after = place in self.known, place == self.width - 1, set()
            for shift, moved in ways:
                for more in [most - shift] if last else range(most - shift + 1):
                    pieces = row[place + shift : place + shift + more + 1]
                    if shift and not pieces[0].strip() and self._is_surely(place, row[place]):
                        continue
                    if self._fits(place, pieces[:1] if last else pieces):
                        other = pieces[0] != row[place] or (more > 0 and not last)
                        after.add((shift + more, moved or (known and other)))
            ways = after
        return {moved for _, moved in ways}

    def _narrow(self, row: list[str]) -> set[bool]:
        """For every way in which cells may be missing: whether a known column would have moved."""
        most, ways = self.width - len(row), {(0, False)}
        for place in range(self.width):
            own, known, after = row[place] if place < len(row) else "", place in self.known, set()
            for shift, moved in ways:
                cell = row[place - shift] if place - shift < len(row) else None
                is_lost = bool(shift) and not (cell or "").strip() and self._is_surely(place, own)
                if cell is not None and not is_lost and self._fits(place, [cell]):
                    after.add((shift, moved or (known and cell != own)))
                if shift < most and not self._is_surely(place, own):
                    after.add((shift + 1, moved))
            ways = after
        return {moved for shift, moved in ways if shift == most}
