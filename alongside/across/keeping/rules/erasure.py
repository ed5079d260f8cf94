"""What is left of somebody who is erased.

Their account is emptied and closed: the ways to sign in, the list of browsers, the calendar link, and what else is theirs alone
go. Rows of others stay, without the name, the address and the number; a name that somebody else here has too stays in texts.
Deeds stay in the log by an id that leads to nobody. What a law wants kept stays as it was, and is listed below.

Source: promise 30; UK GDPR article 17; R2 (a leaver's own page ends with the posts).
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

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

    @property
    def in_texts(self) -> "Identity":
        """Who is looked for in texts: a name that somebody else here has too may mean the other."""
        return replace(self, names=frozenset()) if self.shares_name else self

    @property
    def told(self) -> list[str]:
        """What is looked for in texts: addresses, numbers of seven figures or more, and names of two words or more.

        A name of one word would be found in words that mean something else.
        """
        full = [name for name in self.names if len(name.split()) > 1]
        long = [number for number in self.numbers if len(re.sub(r"\D", "", number)) >= SHORTEST_NUMBER]
        return sorted({*self.addresses, *long, *full}, key=lambda one: (-len(one), one))


def emptied(table: str, column: str, *, takes_nothing: bool, takes_empty: bool, on: date) -> str | None:
    """What stands in a column once its words are gone: nothing, or words that tell of nobody where something must stand."""
    if table == "notices.Notice" and column == "to":
        return address_removed(on)
    if takes_nothing:
        return None
    return LEFT if column == "name" and not takes_empty else ""


def without(text: str, who: Identity) -> str:
    """A text says 'somebody who has left' where it named the person, and nothing where it gave their address or number."""
    if text.strip() and text.strip().lower() in {name.lower() for name in who.names}:
        return LEFT
    for told in who.told:
        place = LEFT.lower() if told in who.names else ""
        spaced = r"\s+".join(re.escape(word) for word in told.split())
        text = re.sub(rf"(?<![\w@.+-]){spaced}(?![\w@])", place, text, flags=re.IGNORECASE)
    return text


def changed_anywhere(value: Any, who: Identity) -> Any:
    """The same is done to every text inside a list or a dictionary."""
    if isinstance(value, str):
        return without(value, who)
    if isinstance(value, dict):
        return {key: changed_anywhere(one, who) for key, one in value.items()}
    return [changed_anywhere(one, who) for one in value] if isinstance(value, list) else value
