"""The prospectus: its sections, the default words of a learning partnership, and how two versions compare."""

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from alongside.core.words import long_date, weekday_date
from alongside.membership.rules.dates import Dates, term_ends_on, timeline

# field: heading. In the order in which a head reads them; `agreement` is what is signed.
SECTIONS = {
    "summary": "In short",
    "why": "Why we need this",
    "principles": "How we will work",
    "priorities": "What we start with",
    "offer": "What your school gets",
    "governance": "Who decides",
    "costs": "What it costs",
    "timeline": "What happens when",
}
AGREEMENT = "agreement"
FIELDS = (*SECTIONS, AGREEMENT)

DEFAULTS = {
    "summary": """Schools in {area} do better when none of them is on its own. {name} is a simple promise between schools: we choose a few things that matter to all of us, the schools that are good at them lead, and everybody can take part.

We ask every school to sign up by {sign_by}.""",
    "why": """- Every school has partners. As the system splits into trusts and single schools, nobody should be left to work alone.
- Good schools get the chance to become great, by learning from each other and by leading what they do well.
- What works here is found and shared. There is more good practice in {area} than any one of us has seen.
- The hardest problems are tackled together, with help from beyond {area} where we need it.""",
    "principles": """- Start small, and build up over time.
- Show that it works on what matters to schools now.
- Do a few things well in the first year.
- Ask the schools with the expertise and the capacity to lead.
- Keep one clear way of working, and share what is learned with everybody.
- Run for {years} years at first, and look honestly at the results after eighteen months.""",
    "priorities": """Heads looked at the published results, at what schools said in the survey and at what they tell each other when they meet. Two priorities came first for year one:

- curriculum and subject leadership
- special educational needs and disabilities

The board may change them in later years, with your advice.""",
    "offer": """A school, or a group of schools, leads each priority, chosen by an open call. Whoever leads reaches out to every school in {area}, asks what is needed, and plans the support around it. You can count on:

- a first event that sets out the priority and hears what schools need
- something to take part in every half-term: training, or a small group that works on a real problem together
- people and ideas from outside {area}
- a closing event that shows what was learned
- materials to keep and use, open to every member school""",
    "governance": """A partnership board oversees the work: an independent chair found by open competition, a representative of each heads’ group, three other primary heads and one other secondary head elected by all schools that sign, two members from the local authority and one head for the special schools. It may add people with skills that it needs.

Each school that signs has one vote, whatever its size or phase.""",
    "costs": """£1,500 a year, the same for every school, whatever its size. The first invoice comes in April. The second comes a year later and is at most £1,500: what is left over from the first year may bring it down, if the board so decides.

The fee covers all support. Nothing that the partnership offers its members costs extra.""",
    "timeline": """After sign-up the board finds the independent chair and the lead schools, so that both are in place by June.""",
    "agreement": """Our school joins {name} for {years} years, from {sign_by} to {term_end}, on the terms of this prospectus.

We will pay the annual fee that it states, by invoice. We understand that signing is one thing and paying another: the invoice follows.

We may change our mind until the roll of members is frozen on {roll_freezes}. After that, leaving before the end of the term is for the board to decide with us.

The person who signs says on whose authority they do so.""",
}


def default_text(name: str, area: str, dates: Dates, years: int) -> dict[str, str]:
    """A learning partnership begins with a prospectus that it can publish after reading, and change in every word.

    Source: 002, in our own words.
    """
    numbers = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}
    words = {
        "name": name,
        "area": area or "our area",
        "years": numbers.get(years, str(years)),
        "sign_by": weekday_date(dates.sign_by) + f" {dates.sign_by.year}",
        "term_end": long_date(term_ends_on(dates, years)),
        "roll_freezes": long_date(dates.roll_freezes_on),
    }
    return {field: text.format(**words) for field, text in DEFAULTS.items()}


def tidy(text: str) -> str:
    """A text is kept without spaces at the ends of lines, with one empty line at most between paragraphs.

    Source: R4; so that the same words always have the same hash.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept)


def whole_text(name: str, number: int, texts: Mapping[str, str], dates: Dates) -> str:
    """What a school signs is one text: every section under its heading, the dates, and the agreement.

    Source: R4, one text hash a school; evidence H3, a fixed version of the text.
    """
    parts = [f"{name}: prospectus, version {number}"]
    parts += [f"{heading}\n\n{tidy(texts[field])}" for field, heading in SECTIONS.items() if tidy(texts[field])]
    parts.append("Dates\n\n" + "\n".join(f"- {long_date(day)}: {words}" for day, words in timeline(dates)))
    parts.append(f"The agreement\n\n{tidy(texts[AGREEMENT])}")
    return "\n\n".join(parts) + "\n"


def text_hash(text: str) -> str:
    """The text that is signed is known by its SHA-256.

    Source: R4.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """Plain words become paragraphs and lists: lines that begin with '- ' are the items of a list.

    Source: R4, in the partnership's own words. Gives ('p', [line]) and ('ul', items) in order.
    """
    found: list[tuple[str, list[str]]] = []
    for chunk in tidy(text).split("\n\n"):
        for line in chunk.split("\n"):
            kind, words = ("ul", line[2:].strip()) if line.startswith("- ") else ("p", line)
            if not words:
                continue
            if kind == "ul" and found and found[-1][0] == "ul":
                found[-1][1].append(words)
            else:
                found.append((kind, [words]))
    return found


def what_changed(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Between two versions every section that differs is shown with its lines: taken out, put in, and kept.

    Source: R4; a school can see what changed since it signed. Gives (heading, [('gone'|'new'|'same', line)]).
    """
    found = []
    for field, heading in {**SECTIONS, AGREEMENT: "The agreement"}.items():
        before, after = tidy(old.get(field, "")).split("\n"), tidy(new.get(field, "")).split("\n")
        if before == after:
            continue
        marks = {"- ": "gone", "+ ": "new", "  ": "same"}
        lines = [(marks[line[:2]], line[2:]) for line in difflib.ndiff(before, after) if line[:2] in marks and line[2:].strip()]
        found.append((heading, lines))
    return found


def date_changes(old: Dates | None, new: Dates | None) -> list[str]:
    """Between two versions every date that differs is said.

    Source: R4.
    """
    if old is None or new is None:
        return []
    before, after = {words: day for day, words in timeline(old)}, {words: day for day, words in timeline(new)}
    return [f"{words}: {long_date(after[words])} instead of {long_date(day)}" for words, day in before.items() if after[words] != day]


def publish_problems(texts: Mapping[str, str]) -> dict[str, str]:
    """A prospectus is published when it says why, what a school gets, what it costs and what is signed.

    Source: R4, sections of the prospectus; a section that does not apply may be left empty.
    """
    needed: Iterable[tuple[str, str]] = (
        ("summary", "Write in short what this is"), ("why", "Write why your schools need this"),
        ("offer", "Write what a school gets"), ("costs", "Write what it costs, or that it costs nothing"),
        (AGREEMENT, "Write what a school agrees to when it signs"),
    )
    return {field: remedy for field, remedy in needed if not tidy(texts[field])}


def dates_stored(dates: Dates) -> dict[str, str]:
    """Dates are kept with the version that states them.

    Source: R4; a published version never changes.
    """
    return {name: getattr(dates, name).isoformat() for name in dates.__dataclass_fields__}


def dates_read(stored: Mapping[str, str]) -> Dates | None:
    """The dates that a version states, or none for a draft.

    Source: R4.
    """
    return Dates(**{name: date.fromisoformat(text) for name, text in stored.items()}) if stored else None
