"""The words of who wrote a message, apart from what they quote, what stands under their name, and what they hand on.

Strangers write what is read here, so each line is looked at once, with the few beside it. What cannot be told apart keeps its
marks, and `holds_more` says so: it is for a person to read.

Source: R29, e-mail in and out; what Outlook, Gmail, Apple Mail and Thunderbird write in the languages of schools.
"""

import re
from collections.abc import Iterable
from html import unescape
from typing import NamedTuple

from alongside.ground.core.words import without_marks
from alongside.members.notices.rules.bounces import ADDRESS

MOST, MOST_OF_PAGE, MOST_OF_LINE = 80_000, 250_000, 500  # letters that are looked at: of a text, of a page, of a heading
FROM = frozenset("from|de|von|od|oddi wrth|da|van".split("|"))
BESIDE = frozenset(
    "sent|date|to|cc|subject|reply-to|envoyé|à|objet|gesendet|an|datum|betreff|wysłano|data|do|temat|anfonwyd|dyddiad|at|pwnc".split(
        "|"
    )
)
WROTE = re.compile(r"\b(wrote|a écrit|schrieb|pisze|napisał\b|ysgrifennodd|escribió|ha scritto|schreef|skrev)", re.IGNORECASE)
OPENS = re.compile(r"(on|le|am|w dniu|dnia|ar|el|il|op|den)\b", re.IGNORECASE)  # what a heading of one sentence begins with
WHEN = re.compile(r"\b\d{4}\b|\b\d{1,2}[:.]\d\d\b")
DIVIDES = re.compile(r"-{2,} ?[^\W\d_][^-]{2,60}-{2,}$|begin forwarded message:$", re.IGNORECASE)
SIGNED = re.compile(
    r"(--|_{2,})$|sent (from|via) |get outlook for |envoyé (de|depuis) |gesendet (von|mit) |wysłano z |anfonwyd o |enviado desde "
    r"|\W{0,3}(disclaimer|confidentiality notice)\b"
    r"|this (e-?mail|message|communication)\b.{0,200}(confidential|intended|privileged)"
    r"|the (information|contents?) (in|of|contained in) this (e-?mail|message)",
    re.IGNORECASE,
)
CLOSES = re.compile(
    r"((with )?(kind|best|warm)?(est)? ?regards|best wishes|yours (sincerely|faithfully)|cofion( \w+)?|cordialement|pozdrawiam"
    r"|mit freundlichen grüßen)[,.!]?$",
    re.IGNORECASE,
)
TITLES = frozenset("mr mrs ms miss dr prof revd".split())
BREAKS = frozenset("p div tr li ul ol table hr blockquote h1 h2 h3 h4 h5 h6 pre".split())
UNSEEN = frozenset("style script title head".split())
QUOTES = re.compile("gmail_quote|gmail_attr|divRplyFwdMsg|appendonsend|moz-cite-prefix|yahoo_quoted")


class HandedOn(NamedTuple):
    """What somebody hands on in the words of a message: their own note, who wrote it, and what."""

    note: str
    name: str
    sender: str
    words: str


def divided(text: str) -> tuple[str, str]:
    """The words of who wrote, and what is folded away: the answers before, the heading of each, what stands under the name.

    They stand above what they quote, or below it where nothing stands above. Where they stand between, all of it is given back.
    """
    lines = _lines(text)
    end = next((at for at in range(len(lines)) if _all_is_quoted_from(lines, at)), len(lines))
    own, rest = lines[:end], lines[end:]
    marked = [at for at, line in enumerate(own) if _is_quoted(line)]
    if not marked:
        words, signature = _signed(own)
        return _joined(words), _joined([*signature, *rest])
    block, (above, heading) = own[marked[0] : marked[-1] + 1], _without_heading(own[: marked[0]])
    (above, signature), (below, under) = _signed(above), _signed(own[marked[-1] + 1 :])
    if any(line and not _is_quoted(line) for line in block) or (_joined(above) and _joined(below)):
        return _joined(own), _joined(rest)
    return _joined(above) or _joined(below), _joined([*signature, *heading, *block, *under, *rest])


def without_name(words: str, name: str) -> str:
    """Words without a last line that is nothing but the name of who wrote them: all of it, a part of it, or its letters."""
    told, comma, last = words.rstrip().rpartition("\n")
    called = [one for one in re.findall(r"\w+", name.casefold()) if one not in TITLES]
    said = [one for one in re.findall(r"\w+", last.casefold()) if one not in TITLES]
    letters = "".join(one[0] for one in called)
    is_name = "".join(said) == letters or (any(one in called for one in said) and all(one in {*called, *letters} for one in said))
    return told.rstrip() if comma and told.strip() and said and is_name else words


def holds_more(words: str, ours: Iterable[str]) -> bool:
    """Whether more stands in words than somebody's own: what they quote, or an address that only a message of ours tells."""
    return any(map(_is_quoted, words.split("\n"))) or any(one in words.lower() for one in ours)


def handed_on(text: str) -> HandedOn | None:
    """What somebody or a rule handed on, whose writer stands in a heading inside; nothing where no address of one does."""
    lines = _lines(text)
    at, size = next(((at, size) for at in range(len(lines)) if (size := _heading(lines, at))), (0, 0))
    _, who = _label(lines[at]) if size else ("", "")
    found = ADDRESS.search(who)
    if not found:
        return None
    name, inside = re.split(r"[<\[(]", who)[0].strip(" \"'*"), lines[at + size :]
    if all(_is_quoted(line) for line in inside if line):  # as Apple Mail hands on
        inside = [line.lstrip().removeprefix(">").removeprefix(" ") for line in inside]
    return HandedOn(_joined(lines[:at]), "" if "@" in name else name, found[0].lower(), "\n".join(inside))


def text_of(page: str) -> str:
    """The words of a message that is a page, as a mail program writes them in a text: what it quotes behind a mark."""
    lines, line = list[str](), list[str]()
    until, depth, quotes = "", 0, False

    def end(tag: str) -> None:
        said = " ".join("".join(line).split())
        if said or tag == "br":
            lines.append(f"> {said}" if depth or quotes else said)
        line.clear()

    first, *pieces = page[:MOST_OF_PAGE].split("<")
    line.append(unescape(first))
    for piece in pieces:
        if piece and not until and not re.match(r"[a-z/!?]", piece, re.IGNORECASE):  # a sign that begins no tag
            line.append(unescape(f"<{piece}"))
            continue
        is_remark = until == "-->" or (not until and piece.startswith("!--"))
        inside, closed, behind = piece.partition("-->" if is_remark else ">")
        tag = "" if is_remark else re.split(r"[\s/]", inside[:20].lower().lstrip("/"), maxsplit=1)[0]
        closes = inside.startswith("/")
        if is_remark:
            until = "" if closed else "-->"
        elif until:
            until = "" if tag == "body" or (closes and tag == until) else until
        elif tag in UNSEEN and not closes:
            until = tag
        if until:
            continue
        if tag == "br" or tag in BREAKS:
            end(tag)
        if tag == "blockquote":
            depth = max(0, depth + (-1 if closes else 1))
            quotes = quotes and not (closes and depth == 0)
        quotes = quotes or (tag == "div" and bool(QUOTES.search(inside[:MOST_OF_LINE])))
        line.append(unescape(behind))
    end("")
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    """The lines of a text, of blank ones that follow each other one."""
    clean = without_marks(text[:MOST].replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
    lines = [line.rstrip() for line in clean.split("\n")]
    return [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip()


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


def _label(line: str) -> tuple[str, str]:
    """What a line of a heading calls itself, and what it says."""
    name, colon, said = line[:MOST_OF_LINE].lstrip("> \t*").partition(":")
    return (name.strip(" *").lower(), said.strip(" *")) if colon else ("", "")


def _heading(lines: list[str], at: int) -> int:
    """How many lines the heading has that begins here, as Outlook writes it above what it quotes; 0 where none does."""
    if _label(lines[at])[0] not in FROM:
        return 0
    end, told = at + 1, 0
    while end < len(lines):
        beside = [_label(line)[0] in BESIDE for line in lines[end : end + 2]]
        goes_on = told and lines[end][:1].isspace()
        if not (beside[0] or goes_on or (not lines[end] and beside[-1])):
            break
        told += beside[0]
        end += 1
    return end - at if told else 0


def _all_is_quoted_from(lines: list[str], at: int) -> bool:
    """Whether all is quoted from this line on, without a mark on each line."""
    if _is_quoted(lines[at]):
        return False
    if DIVIDES.match(lines[at][:MOST_OF_LINE]) or _heading(lines, at):
        return True
    if not (WHEN.search(lines[at]) or "@" in lines[at]):
        return False
    for last in range(at, min(at + 3, len(lines))):
        begins_itself = last > at and WHEN.search(lines[last]) and not OPENS.match(lines[at])
        if not lines[last] or begins_itself:
            return False
        if lines[last].endswith(":") and any(map(WROTE.search, lines[at : last + 1])):
            return not any(map(_is_quoted, lines[last + 1 : last + 3]))
    return False


def _without_heading(lines: list[str]) -> tuple[list[str], list[str]]:
    """What stands above marked lines, and their heading: 'On Monday, 7 March 2022, Ann wrote:', on three lines at most."""
    end = len(lines) - (bool(lines) and not lines[-1])
    if not (end and lines[end - 1].endswith(":")):
        return lines, []
    near = [at for at in range(end - 1, max(end - 4, -1), -1) if all(lines[at:end])]
    dated = [at for at in near if any(map(WHEN.search, lines[at:end]))]
    told = [at for at in near[:1] if WROTE.search(lines[at]) or "@" in lines[at]]
    first = next((at for at in dated if OPENS.match(lines[at])), next(iter([*dated, *told]), end))
    return lines[:first], lines[first:]


def _signed(lines: list[str]) -> tuple[list[str], list[str]]:
    """The words, and what stands under the name: from where a program, a server or a closing begins it."""
    for at, line in enumerate(lines):
        said = line.strip()[:MOST_OF_LINE]
        if SIGNED.match(said) or (CLOSES.match(said) and _joined(lines[:at])):
            return lines[:at], lines[at:]
    return lines, []
