"""The reduction of a later year's fee: shared out to the penny, capped, floored, odd pence in reserve."""

from collections.abc import Sequence
from dataclasses import dataclass

from alongside.ground.core.choice import Choice
from alongside.ground.core.money import pounds, short_pounds
from alongside.ground.core.shown import OnPage
from alongside.ground.core.words import plural


class JoinerCut(Choice):
    """Whether a school that did not pay the year before in full gets the reduction that came out of that year."""

    NO = "no", "No: it pays the year’s full fee"
    YES = "yes", "Yes, like every other school"
    SHARE = "share", "In the proportion in which it was asked for the year before"


class JoinerFee(Choice):
    """What a school that joins while a year is already running is asked for that year."""

    FULL = "full", "The whole fee"
    PRO_RATA = "pro rata", "One twelfth for each month that is left, with the month of joining"


@dataclass(frozen=True)
class ShareOut:
    """What is given back, shared out: what a full fee is cut by, what is given in all, what stays in reserve."""

    pool: int
    members: int
    maximum: int
    each: int
    given: int

    @property
    def reserve(self) -> int:
        """Odd pence, and what is above the cap."""
        return self.pool - self.given

    @property
    def fee(self) -> int:
        """What a school pays after the cut."""
        return self.maximum - self.each


def share_out(pool: int, maximum: int, charged: Sequence[int], full_before: int, joiners: str = JoinerCut.NO) -> ShareOut:
    """What the board gives back is divided by the number of members, to the penny; no fee rises, and none falls below
    nothing. Odd pence, and whatever is above the cap, stay in reserve.

    Source: domain.md R6, evidence H5: 12,345.67 among 97 is 127.27 each and 48p in reserve. `charged` is what each
    school was asked for the year before, of `full_before`.
    """
    parts = [part_of(one, full_before, joiners) for one in charged]
    parts = [one for one in parts if one]
    if not parts:
        return ShareOut(pool, 0, maximum, 0, 0)
    each = max(0, min(pool * full_before // sum(parts), maximum))
    return ShareOut(pool, len(parts), maximum, each, sum(each * one // full_before for one in parts))


def pool_for(each: int, charged: Sequence[int], full_before: int, joiners: str = JoinerCut.NO) -> int:
    """Where the board says how much each school gets back, this is what it gives back in all.

    Source: domain.md R6 (the proposal is editable by the board's figure). The least pool that `share_out` shares out so.
    """
    whole = sum(part_of(one, full_before, joiners) for one in charged)
    return -(-each * whole // full_before) if whole >= full_before else 0


def part_of(charged: int, full_before: int, joiners: str) -> int:
    """Whoever was asked for the whole of the year before has a whole part in what is left of it. Whoever was not has, as
    the partnership has settled, no part, a whole one, or one in proportion.

    Source: evidence H5 and section 5 ("Does a Y2 joiner get the reduction? No; yes; share"). In pence of `full_before`.
    """
    if charged >= full_before or joiners == JoinerCut.YES:
        return full_before
    return charged if joiners == JoinerCut.SHARE else 0


def cut_for(each: int, *, charged_before: int, full_before: int, joiners: str) -> int:
    """A school's fee is cut by its part of the whole cut, rounded down to the penny.

    Source: evidence H5.
    """
    return each * part_of(charged_before, full_before, joiners) // full_before


def fee_for_year(maximum: int, cut: int, *, months: int = 12) -> int:
    """A year's fee is the maximum that the schools signed less the cut that the board agreed: never more, never less
    than nothing. For whoever joins late and pays by the month it is so many twelfths, rounded down to the penny.

    Source: 002:78, evidence H4 and H5.
    """
    return max(0, maximum - max(0, cut)) * max(0, min(months, 12)) // 12


def months_left(joined: tuple[int, int], first: tuple[int, int], last: tuple[int, int] = (0, 0)) -> int:
    """The months of a supported year that are left for a school that joins, the month of joining included: one at least up to
    its `last` month, which is its thirteenth where the year begins within a month.

    Source: evidence H5 (year-1 fee of a joiner by setting). Months are (year, month).
    """
    gone = (joined[0] - first[0]) * 12 + joined[1] - first[1]
    return max(int(joined <= last), min(12, 12 - gone))


def to_credit(asked: int, credited: int, fee: int, left: int) -> int:
    """A cut agreed after invoicing is a credit note for what was asked above the new fee. What was credited for it
    already is not credited again, nothing is ever taken back, and no invoice is credited beyond what is left of it.

    Source: domain.md R6 ("agreed after invoicing, it is a credit note").
    """
    return max(0, min(asked - credited - fee, left))


def cut_words(maximum: int, cut: int, decision: str) -> str:
    """The invoice says what was signed, what was taken off, and on whose decision.

    Source: evidence H5; domain.md R5 (every correction with its authority).
    """
    return f"{short_pounds(maximum)} less {short_pounds(cut)} by decision of {decision}." if cut and decision else ""


def shown_in_credits(lines: list[tuple[str, str, int, int]], decision: str) -> OnPage:
    """One press credits what its page showed: these invoices, each by so much, on this decision.

    Source: 002 (the board decides on the reduction); reliability.md (nobody agrees to what another changed since).
    """
    words = f"{plural(len(lines), 'credit note')}, {pounds(sum(amount for *_, amount in lines))} in all"
    return OnPage(words, {"what is credited": lines, "the decision": decision})
