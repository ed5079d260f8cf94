"""Addresses of ours that open something to whoever holds them: found in a text, and taken out of it.

Which they are is said where they are declared: `page(…, opened_by="token")`.
"""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

from alongside.ground.web import declared
from alongside.ground.web.addresses import secret_of

TAKEN_OUT = "[link taken out]"
SLASH = r"(?:/|%2f|%252f|-2f)"  # also as the mail servers of schools write it, that lead each link through their own check
COLON = r"(?::|%3a|%253a|-3a)"
BREAK = r"(?:[ \t]{0,9}\r?\n[>\s]{0,9})?"  # where a program broke the line of a long link
PART, SECRET, REST = r"[\w.~-]{1,100}?", r"[\w.~-]{6,}", r"[^\s\"'<>()\[\]]*"
NAMED = re.compile(r"%\((\w+)\)s")


def without_secrets(text: str) -> str:
    """The text with a word in the place of each address of ours that opens something to whoever holds it."""
    return _sought(_host())[0].sub(TAKEN_OUT, text) if text else text


def opens_by_itself(text: str) -> bool:
    """Whether such an address stands in a text."""
    return bool(_sought(_host())[0].search(text))


def confidential_in(text: str) -> bool:
    """Whether such an address of a room stands in a text whose messages are for few to know of."""
    found = _sought(_host())[1]
    return bool(found and found.search(text))


def _host() -> str:
    return urlsplit(settings.ADDRESS).netloc.lower()


@cache
def _sought(host: str) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """What is looked for: every such address, and those of rooms that declare a confidential message."""
    ways = [(pattern, secret) for pattern in _every(get_resolver()) if (secret := secret_of(pattern.callback))]
    rooms = {f"{name}.": room.messages.values() for name, room in declared.rooms().items()}
    of_few = tuple(name for name, messages in rooms.items() if any(one.is_confidential for one in messages))
    few = [one for one in ways if str(one[0].callback.__module__).startswith(of_few)]
    return _of(ways, host), _of(few, host) if few else None


def _every(resolver: URLResolver) -> list[URLPattern]:
    found = list[URLPattern]()
    for one in resolver.url_patterns:
        found += _every(one) if isinstance(one, URLResolver) else [one]
    return found


def _of(ways: list[tuple[URLPattern, str]], host: str) -> re.Pattern[str]:
    """The addresses on our own host, or as a path alone."""
    own = rf"(?:(?:https?{COLON})?{SLASH}{{2}}|(?<![\w.@-])){re.escape(host).replace(':', COLON)}"
    paths = "|".join(sorted({_path(pattern, secret) for pattern, secret in ways}, key=len, reverse=True))
    return re.compile(rf"(?:{own}|(?<![\w.:/%-])){SLASH}{BREAK}(?:{paths}){REST}", re.IGNORECASE)


def _path(pattern: Any, secret: str) -> str:
    """A path up to its secret, as it is looked for."""
    route: str = normalize(pattern.pattern.regex.pattern)[0][0]
    pieces = NAMED.split(route)
    found = list[str]()
    for at, piece in enumerate(pieces):
        if at % 2:
            found.append(SECRET if piece == secret else PART)
            if piece == secret:
                break
        else:
            found.append(re.escape(piece).replace("/", f"{SLASH}{BREAK}"))
    return "".join(found)
