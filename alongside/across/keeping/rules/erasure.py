"""What is left of somebody who is erased.

Their account is emptied and closed: the ways to sign in, the list of browsers, the calendar link, and what else is theirs alone
go. Rows of others stay, without the name, the address and the number; a name that somebody else here has too stays in texts.
Deeds stay in the log by an id that leads to nobody. What a law wants kept stays as it was, and is listed below.

Source: promise 30; UK GDPR article 17; R2 (a leaver's own page ends with the posts).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any
from unicodedata import normalize

from alongside.ground.core.words import without_marks
from alongside.members.notices.rules.messages import address_removed

LEFT = "Somebody who has left"
SHORTEST_NUMBER = 7


class Because(StrEnum):
    """Why somebody is erased: one of these, so that the log of it holds no words about them."""

    ASKED = "asked"
    LEFT = "left"
    MISTAKE = "mistake"
    COURT = "court"


@dataclass(frozen=True)
class Identity:
    """What tells who somebody is: their id, names, addresses and numbers."""

    person: str = ""
    names: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    shares_name: bool = False


APOSTROPHES, DASHES = "'’‘´ʼ`′", "‐‑‒–—−"
ACCENTED = {letter: normalize("NFKD", letter)[0] for letter in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))}
PLAIN = str.maketrans(
    {letter: base for letter, base in ACCENTED.items() if base.isascii()}
    | dict(zip("øØłŁđĐıİ", "oOlLdDiI", strict=True))
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(DASHES, "-")
)
TITLES = "mr mrs ms miss mx dr prof professor sir dame rev revd reverend fr father canon".split()
DIVIDED, STARTS, ENDS = r"[\s_.\-]+", r"(?<![^\W_])", r"(?![^\W_]|@)"
IN_A_NUMBER = r"[\s().\-/]{0,4}"  # with a bound: strangers' mail is looked through too
BESIDE = 100  # letters that tell whether a name is part of a longer one


def plain(text: str) -> str:
    """A text letter for letter, without accents, and with one kind of apostrophe and dash: it stays as long as it is."""
    return text.translate(PLAIN)


@dataclass(frozen=True)
class Ways:
    """How texts tell of somebody: where it is all that stands there, surely with what comes in its place, and perhaps."""

    alone: tuple[re.Pattern[str], ...]
    sure: tuple[tuple[re.Pattern[str], str], ...]
    doubtful: tuple[re.Pattern[str], ...]


@cache
def ways(who: Identity) -> Ways:
    """Names, addresses and numbers as people write them; a name of one word means the person only where it stands alone."""
    alone, perhaps, sure = list[str](), list[str](), list[tuple[str, str]]()
    for address in who.addresses:
        local, _, home = address.partition("@")
        sure.append((rf"(?<![\w.+-])(?<!\w'){re.escape(local)}(?:@|%40){re.escape(home)}(?!\.?[\w@-])", ""))
        perhaps.append(rf"(?<![\w.+-]){re.escape(local)}\+[\w.+-]+@{re.escape(home)}(?!\.?[\w@-])")
    sure += [(way, "") for number in who.numbers if (way := _way_of_number(number))]
    for name in who.names:
        words = _words_of(name)
        if not words:
            continue
        first, last = _loosely(words[0]), _loosely(words[-1])
        if len(words) == 1:
            (perhaps if who.shares_name else alone).append(rf"^{first}$")
            perhaps.append(f"{STARTS}(?-i:{_loosely(words[0].capitalize())}){ENDS}")
            continue
        whole, rest = DIVIDED.join(map(_loosely, words)), DIVIDED.join(map(_loosely, words[:-1]))
        both = [whole, rf"(?P<surname>{last}(?:\s*,\s*|{DIVIDED})){rest}"]
        glued = "(?-i:" + "".join(_loosely(word.capitalize()) for word in words) + ")"
        if not who.shares_name:
            alone += both
            sure += [(STARTS + way + ENDS, LEFT.lower()) for way in (*both, glued)]
        perhaps += [STARTS + way + ENDS for way in both]
        perhaps.append(rf"{STARTS}(?:{'|'.join(TITLES)}|{first[0]})\.?\s+{last}{ENDS}")
        perhaps.append(f"{STARTS}{first}{DIVIDED}(?:[^\\W\\d_]+{DIVIDED}){{0,2}}{last}{ENDS}")
        perhaps.append(rf"{STARTS}(?:{first}|{first[0]})[._-]?{last}\d*@[\w.-]+")
    every = [[re.compile(one, re.IGNORECASE) for one in some] for some in (alone, [way for way, _ in sure], perhaps)]
    return Ways(tuple(every[0]), tuple(zip(every[1], [place for _, place in sure], strict=True)), tuple(every[2]))


def _words_of(name: str) -> list[str]:
    """The words of a name, given names first, without 'Mrs'."""
    last, comma, first = plain(normalize("NFC", without_marks(name))).partition(",")
    words = [word for word in re.split(DIVIDED, f"{first} {last}" if comma else last) if word]
    return words[1:] if len(words) > 1 and words[0].lower() in TITLES else words


def _loosely(word: str) -> str:
    return "'?".join(map(re.escape, word.replace("'", "")))


def _way_of_number(number: str) -> str:
    """A number however it is divided, from here or from abroad; nothing for one of less than seven figures."""
    figures = re.sub(r"\D", "", re.split(r"(?i)\s*(?:ext|x|#)", number)[0])
    if len(figures) < SHORTEST_NUMBER:
        return ""
    figures = figures.removeprefix("00") if not number.strip().startswith("+") else figures
    home, abroad = figures[:1] == "0", figures.startswith("44") and len(figures) > 10
    if not home and not abroad:
        return rf"(?<![\d.])(?:\+|00)?{IN_A_NUMBER.join(figures)}(?!\d)"
    rest = IN_A_NUMBER.join((figures[2:] if abroad else figures).lstrip("0"))
    return rf"(?<![\w.+])\(?(?:(?:\+|00)?{IN_A_NUMBER}44{IN_A_NUMBER}0?|0){IN_A_NUMBER}{rest}(?!\d)"


def is_sure(found: re.Match[str]) -> bool:
    """A name with a dash beside it may be part of a longer one, one with the surname first part of a list of names."""
    start, stop = found.span()
    before, behind = found.string[max(0, start - BESIDE) : start], found.string[stop : stop + BESIDE]
    if any(letter.isspace() for letter in found[0]) and (re.search(r"[^\W\d_]-$", before) or re.match(r"-[^\W\d_]", behind)):
        return False
    if not found.groupdict().get("surname") or not any(letter in found[0] for letter in ", \n"):
        return True
    return bool(re.search(r"(?:^|[\n;:(\[|\"“])\s*$", before)) and not re.match(r"\s+[A-Z]", behind)


def emptied(table: str, column: str, *, takes_nothing: bool, takes_empty: bool, on: date) -> str | None:
    """What stands in a column once its words are gone: nothing, or words that tell of nobody where something must stand."""
    if table == "notices.Notice" and column == "to":
        return address_removed(on)
    if takes_nothing:
        return None
    return LEFT if column == "name" and not takes_empty else ""


def without(text: str, who: Identity) -> str:
    """A text says 'somebody who has left' where it named the person, and nothing where it gave their address or number.

    Capitals, accents, apostrophes, and how a name or number is divided do not matter; the surname may come first.
    """
    shown = normalize("NFC", without_marks(text))
    if (alone := plain(shown).strip()) and any(one.fullmatch(alone) for one in ways(who).alone):
        return LEFT
    changed = False
    for way, place in ways(who).sure:
        pieces, at = list[str](), 0
        for start, stop in [one.span() for one in way.finditer(plain(shown)) if is_sure(one)]:
            pieces += [shown[at:start], place]
            at, changed = stop, True
        shown = "".join([*pieces, shown[at:]])
    return shown if changed else text


def doubtful(text: str, who: Identity) -> str:
    """What in a text may mean the person and stays, because it may mean somebody else: whoever erases looks at it.

    'Mrs Smith', 'J. Smith', 'Jo Anne Smith', 'jo.smith@home.example' for Jo Smith; a name that somebody else here has too.
    """
    shown = normalize("NFC", without_marks(text))
    found = next((one for way in ways(who).doubtful if (one := way.search(plain(shown)))), None)
    return shown[found.start() : found.end()] if found else ""


def changed_anywhere(value: Any, who: Identity) -> Any:
    """The same is done to every text inside a list or a dictionary."""
    if isinstance(value, str):
        return without(value, who)
    if isinstance(value, dict):
        return {key: changed_anywhere(one, who) for key, one in value.items()}
    return [changed_anywhere(one, who) for one in value] if isinstance(value, list) else value


def texts_in(value: Any) -> list[str]:
    """Every text that stands in a value, however deep."""
    if isinstance(value, dict | list):
        return [text for one in (value.values() if isinstance(value, dict) else value) for text in texts_in(one)]
    return [value] if isinstance(value, str) else []
