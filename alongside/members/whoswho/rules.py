"""What is asked when somebody looks for somebody, which addresses are for work, and whom a circular cannot reach."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from alongside.ground.core.choice import Choice
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import plural
from alongside.ground.search.rules.spelling import alike
from alongside.ground.search.rules.writing import fold
from alongside.members.calendar.rules.days import MORNING_IN_WORDS
from alongside.members.schools.rules import phase_called

MOST_WRITTEN = 5_000  # letters

# what a question has besides what it asks for: "who is the DSL at Oak, and their number?"
BESIDE = frozenset(
    "who whos is are what whats the a an at in of for on and or their his her its our my me to with by find please show i "
    "need number numbers phone telephone tel mobile email mail address contact details s person people someone".split()
)
PRIVATE_MAIL = frozenset(  # providers of mailboxes of one's own, in Britain; each with every ending that it has
    "gmail googlemail hotmail outlook live msn yahoo ymail rocketmail icloud me mac aol btinternet btopenworld virginmedia "
    "virgin blueyonder ntlworld sky talktalk talk21 tiscali plusnet o2 orange wanadoo freeserve lineone supanet tesco "
    "protonmail proton pm gmx mail fastmail zoho tutanota tuta yandex".split()
)
ENDINGS = frozenset("com co.uk uk net org me ie eu fr de es it pl ch".split())  # so that mail.oak.sch.uk is a school's


@dataclass(frozen=True)
class Chosen:
    """What a list is of: words, and a post, a phase, a trust, a cluster of schools where one is chosen."""

    q: str = ""
    post: str = ""
    phase: str = ""
    trust: str = ""
    cluster: str = ""


class Goes(Choice):
    """When a circular goes."""

    AT_ONCE = "at_once", "At once, as an e-mail of its own"
    WAITS = "waits", f"With their other messages: at {MORNING_IN_WORDS} on the next school day, or as each has chosen"


class Missed(Choice):
    """Why somebody on a list gets no circular."""

    NO_ADDRESS = "no_address", "No e-mail address", "amber"
    CAME_BACK = "came_back", "Mail to the address came back", "amber"
    LEFT = "left", "Had left when it went", "grey"
    TAKEN_BACK = "taken_back", "Taken back before it went", "grey"


def missed_because(address: str, has_come_back: bool) -> Missed | None:
    """Nobody is written to who has no address, or whose address mail came back from until the office says that it works again.

    Source: R2 (a list is written to); R29, e-mail in and out.
    """
    if not address:
        return Missed.NO_ADDRESS
    return Missed.CAME_BACK if has_come_back else None


def list_in_words(chosen: Chosen, post: str, cluster: str) -> str:
    """A list is told by what it is of: “SENDCo; primary; River schools”, or everybody.

    `post` and `cluster` are what the chosen ones are called. Source: R2 (lists by post, phase, trust or cluster).
    """
    told = [post, phase_called(chosen.phase), chosen.trust, cluster, f"“{chosen.q}”" if chosen.q else ""]
    return "; ".join(one for one in told if one) or "Everybody"


def words_sought(text: str) -> list[str]:
    """The words of a question that tell whom it is about, as they are compared.

    Source: R2 (who’s who; “who is the DSL at Oak, and their number?”).
    """
    return [word for word in fold(text[:200]).split() if word not in BESIDE][:8]


def forgiving(wanted: Sequence[str], known: Collection[str]) -> list[tuple[str, ...]]:
    """For each word that is asked for what may stand for it: itself; and where nobody has a word that begins so, the words within
    the slips that are forgiven. A word of three letters is meant as it stands.

    Source: R1, search forgives spelling; R2 (who’s who).
    """
    words = sorted(known)
    return [
        (one,) if len(one) < 4 or any(word.startswith(one) for word in words) else (one, *alike(one, words)) for one in wanted
    ]


class Near(NamedTuple):
    """How near somebody is to what was asked, the lower the nearer: how many words only their town or trust has, how well their
    post fits; and by which of those two they were found, where it was by one."""

    elsewhere: int
    post: int
    by: str = ""


def nearness(
    wanted: Sequence[Sequence[str]], called: Sequence[str], named: Sequence[str], around: Mapping[str, str]
) -> Near | None:
    """How near somebody is to what was asked; nothing where a word is in none of what is known of them.

    `called` are the names of their post, `named` those of the person, the school and the office; `around` their trust and town,
    each by what it is called. Whose school has the name comes before whose town has it; who has the post by its very name before
    who has one that begins so. Source: R2 (who’s who; “DSL” means the lead before the deputy; “dsl drayford” a school first).
    """
    posts, own = [fold(one) for one in called], [fold(one) for one in named]
    texts, places = [f" {one}" for one in (*posts, *own)], {what: f" {fold(one)}" for what, one in around.items()}
    elsewhere, by = 0, ""
    for words in wanted:
        if not any(f" {word}" in text for text in texts for word in words):
            found = next((what for what, text in places.items() if any(f" {word}" in text for word in words)), "")
            if not found:
                return None
            elsewhere, by = elsewhere + 1, found
    asked = f" {' '.join(words[0] for words in wanted)} "
    whole = [len(one.split()) for one in posts if f" {one} " in asked]
    part = sum(any(f" {word}" in f" {one}" for one in posts for word in words) for words in wanted)
    return Near(elsewhere, -10 * max(whole, default=0) - part, by)


def is_for_work(address: str) -> bool:
    """An address is shown to other schools where it is one for work: a mailbox of one's own at Gmail or BT is not.

    Source: R2 (who’s who shows what is for work).
    """
    name, _, ending = address.rpartition("@")[2].lower().partition(".")
    return bool(name) and not (name in PRIVATE_MAIL and ending in ENDINGS)


def number_to_dial(text: str) -> str:
    """What a telephone dials: the figures of the first number, with a plus before them where there is one, an extension after a
    pause, and no nought that is dialled at home alone.

    Source: RFC 3966, 'tel:' addresses; "020 7946 0000 ext. 12", "+44 (0)20 7946 0000".
    """
    first = next((one for one in re.split(r"[/;,]| or ", text) if any(letter.isdigit() for letter in one)), "").strip()
    abroad = first.startswith("+")
    number, _, extension = (first.replace("(0)", "") if abroad else first).lower().partition("x")
    figures = "".join(one for one in number if one.isdigit())
    after = "".join(one for one in extension if one.isdigit())
    return ("+" if abroad else "") + figures + (f",{after}" if after and figures else "")


def called(saved: str, words: str) -> str:
    """A list by the name under which it is saved, where it is, and by what it is of.

    Source: R3, a message to a list says whom it is for.
    """
    return f"{saved}: {words}" if saved else words


def shown_waiting(waiting: Collection[str]) -> OnPage:
    """What the page shows before a message to a list is taken back, by the ids of whom it has not reached.

    Source: issue "The week" (undo, looked at first).
    """
    return OnPage(
        f"{plural(len(waiting), 'person', 'people')} whom it has not reached", {"whom it has not reached": sorted(waiting)}
    )
