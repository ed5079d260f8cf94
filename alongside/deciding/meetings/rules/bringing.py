"""Open actions as another list has them: which line is whose, and what to do about the others."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.ground.core.columns import LookedAt, Meaning, ReadSheet, Remark, said_by
from alongside.ground.core.days import day_in
from alongside.ground.core.words import plural
from alongside.ground.search.rules.writing import fold

MEANINGS = (
    Meaning(
        "words", "What is to be done",
        ("action", "action point", "action required", "actions", "agreed action", "task", "what", "description", "action agreed",
         "to do"), needed=True,
    ),
    Meaning(
        "owner", "Who",
        ("owner", "action owner", "responsible", "person responsible", "responsibility", "assigned to", "action by", "by whom",
         "who", "lead", "name"), needed=True,
    ),
    Meaning(
        "due_on", "By when",
        ("due date", "due", "by when", "deadline", "target date", "date due", "due by", "completion date", "when", "by",
         "timescale", "date"), needed=True,
    ),
    Meaning("state", "How it stands", ("status", "state", "progress", "completed", "complete", "done", "closed")),
    Meaning("restricted", "Confidential", ("confidential", "restricted", "part b", "part 2", "part two")),
)  # fmt: skip
MOST_WORDS, MOST_OWNER = 500, 120
CLOSED = frozenset(
    "done complete completed closed yes y true resolved finished cancelled dropped superseded withdrawn 100".split()
)
OPEN = frozenset(
    (
        "",
        *"open opened no n false 0 not new active outstanding overdue ongoing on in pending started to due partly "
        "carried continuing continued waiting delayed late progress progressing".split(),
    )
)
WORDS_OF_YES = frozenset(("yes", "y", "true", "x", "1", "confidential", "restricted"))
WORDS_OF_NO = frozenset(("", "no", "n", "false", "0", "none", "n a"))


@dataclass(frozen=True)
class ActionsKnown:
    """What the lines are held against: who sits on the body today, by key, and the actions that it has."""

    members: Mapping[str, str]  # the name by the key
    there: frozenset[tuple[str, str, date]]  # (what, whose, by when), folded


@dataclass(frozen=True)
class ActionLine:
    """A line that is right: what is to be done by when, by somebody who sits there (`member`) or by a name."""

    number: int
    words: str
    owner: str
    member: str
    due_on: date
    is_restricted: bool


def look_at_actions(sheet: ReadSheet, known: ActionsKnown) -> LookedAt[ActionLine]:
    """Every line of a list is an action to do, changes nothing, or is named with its remedy; one that cannot be stops all.

    Source: issue 9, brought along; reliability.md section 2 (half-finished import).
    """
    looked, seen = LookedAt[ActionLine](wrong=list(sheet.wrong)), dict[tuple[str, str, date], int]()
    keys = defaultdict[str, list[str]](list)
    for key, name in known.members.items():
        keys[fold(name)].append(key)
    for number, cells in sheet.lines:
        stands = is_closed(cells.get("state", ""))
        if stands is None:
            why = f"How it stands: “{cells['state'][:40]}” says neither that it is open nor that it is done. Write one of them"
            looked.wrong.append(Remark(number, said_by(cells), why))
            continue
        if stands:
            looked.needless.append(Remark(number, said_by(cells), "It is done already: only what is open is brought"))
            continue
        line = look_at_action(number, cells, keys, known.members)
        if isinstance(line, str):
            looked.wrong.append(Remark(number, said_by(cells), line))
            continue
        same = (fold(line.words), fold(line.owner), line.due_on)
        if (first := seen.setdefault(same, number)) != number:
            looked.wrong.append(Remark(number, said_by(cells), f"The same as line {first}: take one of them out"))
        elif same in known.there:
            looked.needless.append(Remark(number, said_by(cells), "This action is here already"))
        else:
            looked.ready.append(line)
    looked.wrong.sort(key=lambda one: one.number)
    return looked


def is_closed(state: str) -> bool | None:
    """What stands as done, closed or dropped elsewhere, or with a day in that column, is not brought; nothing where the words
    tell neither: then it is asked about.

    Source: issue 9, brought along (open actions); nothing is taken in wrongly without a word.
    """
    first = (fold(state).split() or ["?" if state.strip() else ""])[0]
    if first in OPEN or (first.isdigit() and state.strip().endswith("%") and int(first) < 100):
        return False
    if first in CLOSED or not isinstance(day_in(state.strip(), ""), str):
        return True
    return None


def look_at_action(
    number: int, cells: Mapping[str, str], keys: Mapping[str, Sequence[str]], members: Mapping[str, str]
) -> ActionLine | str:
    """One line: the action that it asks for, or what to do about it. Whoever is called as somebody who sits there is that person;
    any other name is kept as a name.

    Source: issue 9, brought along.
    """
    words, owner, secret = " ".join(cells["words"].split()), " ".join(cells["owner"].split()), fold(cells.get("restricted", ""))
    if not words or len(words) > MOST_WORDS:
        return f"Enter what is to be done, in at most {MOST_WORDS} letters" + (f": these are {len(words):,}" if words else "")
    if not owner or len(owner) > MOST_OWNER:
        return f"Enter who does it, in at most {MOST_OWNER} letters"
    found = keys.get(fold(owner), ())
    if len(found) > 1:
        return f"{plural(len(found), 'person', 'people')} who sit here are called {owner}: write a second name, here and there"
    if not cells["due_on"]:
        return "By when: it is missing. Enter a day, such as that of the next meeting"
    due_on = day_in(cells["due_on"], "By when")
    if isinstance(due_on, str):
        return due_on
    if secret not in WORDS_OF_YES | WORDS_OF_NO:
        return f"Confidential: “{cells['restricted'][:40]}” is neither yes nor no. Write one of them"
    member = found[0] if found else ""
    return ActionLine(number, words, members.get(member, owner), member, due_on, secret in WORDS_OF_YES)


def words_of_actions(looked: LookedAt[ActionLine]) -> str:
    """What the page says above its button.

    Source: issue 9, brought along.
    """
    return f"{plural(len(looked.ready), 'open action')} would be written down"
