"""Which invoice a line of the bank is probably about. It is only ever proposed: somebody looks at each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alongside.ground.core.words import listed, slug_of

PLAIN = frozenset(
    "school schools primary secondary junior infant infants nursery academy college high the and of st saint church england"
    " catholic trust learning federation community ce cofe rc va vc multi for council bgc bacs bacspymt credit payment".split()
)


MOST_OF_A_RANGE = 50
SETTLED_ALREADY = "is paid or settled already"


@dataclass(frozen=True)
class OpenInvoice:
    """An invoice as the bank's lines are compared with it; `owed` is nothing when it is settled, `lost` what was written off."""

    key: str
    reference: str
    owed: int
    school: str
    payer: str = ""
    urn: int = 0
    lost: int = 0

    @property
    def chosen(self) -> str:
        """It, and what may still come in for it, as a page carries them."""
        return f"{self.key}.{self.owed + self.lost}"


def seen_in(chosen: Iterable[str]) -> dict[str, str]:
    """The invoices that were chosen on a page, by their ids, each with the pence that it said were to come for it.

    Source: reliability.md (nobody agrees to what another changed since).
    """
    return {key: pence for key, _, pence in (one.partition(".") for one in chosen)}


@dataclass(frozen=True)
class Proposal:
    """What a line is probably about: the invoices in order, none where nothing is proposed, and why in a sentence; `paid` is
    the settled invoice that it names, or the latest of the school that it names."""

    invoices: tuple[OpenInvoice, ...] = ()
    why: str = "No invoice number, and no school’s name with this amount"
    paid: OpenInvoice | None = None


def numbers_in(words: str, prefix: str) -> list[int]:
    """An invoice's number is found in a bank's words however it was typed: ELP-0007, ELP0007, elp 7.

    Source: issue "Ground", bank matching.
    """
    found = re.findall(rf"(?<![A-Z]){re.escape(prefix.upper())}[\s\-–/.:#]*0*(\d{{1,9}})(?!\d)", words.upper())
    return list(dict.fromkeys(int(one) for one in found))


def numbers_after(words: str, prefix: str) -> list[int]:
    """Numbers may share one prefix: ELP-0063/0042, ELP 63 & 42, ELP 0063 0042, ELP-0063 to 0066 are all of them.

    Source: issue "Mend", bank statements: banks lose what parts them (ELP00630042). They count if the money fits. A range goes
    upwards and is of at most fifty; what else looks like one names two.
    """
    said = re.sub(r"(?<!\d)(?:\d{4}){2,}(?!\d)", lambda run: " ".join(re.findall(r"\d{4}", run[0])), words.upper())
    joint = r"(?:\s*(?:AND|TO)\s*|[^A-Z0-9.]+)"
    sign = rf"(?<![A-Z]){re.escape(prefix.upper())}[\s\-–/.:#]*"
    found: list[int] = []
    for run in re.findall(rf"{sign}(\d{{1,9}}(?!\d)(?:{joint}\d{{1,9}}(?![\d.]))*)", said):
        parts = re.split(rf"({joint})", run)
        numbers = [int(one) for one in parts[::2]]
        for between, before, number in zip(parts[1::2], numbers, numbers[1:], strict=False):
            is_range = between.strip() in {"TO", "-", "–"} and number - before in range(MOST_OF_A_RANGE)
            found += range(before, number) if is_range else [before]
        found.append(numbers[-1])
    return list(dict.fromkeys(found))


def telling_words(name: str) -> list[str]:
    """The words of a name that tell it from others: 'Elm Grove Primary School' is 'elm', 'grove'.

    Source: issue "Ground", bank matching.
    """
    return [word for word in slug_of(name).split("-") if len(word) > 2 and word not in PLAIN]


def named_in(name: str, words: str) -> int:
    """How many telling words of a name stand in a bank's words, which may be cut short; 0 unless all do, or two.

    Source: issue "Ground", bank matching.
    """
    telling, said = telling_words(name), slug_of(words).split("-")
    there = sum(1 for word in telling if any(_same(word, one) for one in said))
    return there if there == len(telling) or there >= 2 else 0


def _same(word: str, said: str) -> bool:
    return word == said or (len(said) >= 4 and word.startswith(said)) or (len(word) >= 4 and said.startswith(word))


def propose(amount: int, words: str, prefix: str, invoices: Mapping[int, OpenInvoice]) -> Proposal:
    """A line is proposed for the invoices whose numbers it names, or where the amount fits for the school or payer that it names.

    Source: issue "Ground", bank matching. What cannot be told apart is not proposed; `invoices` are by number.
    """
    if amount <= 0:
        return Proposal(why="Money out")
    named = [invoices[one] for one in numbers_in(words, prefix) if one in invoices]
    rest = words.split()
    while len(parts := numbers_after(" ".join(rest), prefix)) > 1:
        together = [invoices[one] for one in parts if one in invoices]
        if len(together) == len(parts) and sum(one.owed for one in together) == amount:  # none of them is unknown
            named = together
            break
        rest.pop()  # what stands at the end may be a day
    still = tuple(one for one in named if one.owed > 0)
    if still:
        owed = sum(one.owed for one in still)
        numbers = listed([one.reference for one in still])
        more = "" if amount <= owed else ": it is more than is owed, and the rest is held for the school"
        less = ": a part of what is owed" if amount < owed else ""
        return Proposal(still, f"The line names {numbers}{more}{less}")
    lost = next((one for one in named if one.lost), None)
    if lost:
        more = "" if amount <= lost.lost else ", and the rest is held for the school"
        return Proposal((lost,), f"The line names {lost.reference}, which was written off: it came after all{more}")
    if named:
        return Proposal(why=f"The line names {listed([one.reference for one in named])}, which {SETTLED_ALREADY}", paid=named[0])
    owing = [one for one in invoices.values() if one.owed > 0]
    scored = [(max(named_in(one.school, words), named_in(one.payer, words)), one) for one in owing if one.owed == amount]
    most = max((score for score, _ in scored), default=0)
    best = [one for score, one in scored if score and score == most]
    if len(best) == 1:
        return Proposal((best[0],), f"The line names {best[0].school} and the amount fits")
    for payer in dict.fromkeys(one.payer for one in owing):
        theirs = [one for one in owing if one.payer == payer]
        if len(theirs) > 1 and sum(one.owed for one in theirs) == amount and named_in(payer, words):
            return Proposal(tuple(theirs), f"The line names {payer}, and it is all that {payer} owes")
    if best:
        return Proposal(why=f"It may be {listed([one.school for one in best[:3]], 'or')}: choose")
    return _of_school(words, list(invoices.values()))


def _of_school(words: str, invoices: list[OpenInvoice]) -> Proposal:
    """A line that names one school, or its payer, and fits none of its invoices: which it is, and what is owed there."""
    scored = [(max(named_in(one.school, words), named_in(one.payer, words)), one) for one in invoices]
    most = max((score for score, _ in scored), default=0)
    theirs = [one for score, one in scored if score and score == most]
    if len({one.school for one in theirs}) != 1:
        return Proposal()
    numbers = listed([one.reference for one in theirs if one.owed > 0])
    if numbers:
        return Proposal(why=f"The line names {theirs[0].school}, but the amount is not what it owes ({numbers})")
    last = theirs[-1]
    return Proposal(why=f"The line names {last.school}: {last.reference} {SETTLED_ALREADY}", paid=last)
