"""How an election stands, who may stand in it, and what comes of it."""

import re
from collections.abc import Collection, Mapping
from itertools import product

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import in_a_sentence, listed, plural

MOST_WORDS = 150  # of a statement
SCRUTINEERS = 3
OPENERS = 2  # of them open the box
FEW = 10  # ballots: below, the list of them may tell how somebody voted
SMALL = 6  # entitled schools: below, a result may tell how somebody voted


class Method(Choice):
    """How votes are counted."""

    MARKS = "marks", "Most marks: tick up to as many as there are seats"
    TRANSFERABLE = "transferable", "Transferable vote: number in order of preference"


class ElectionState(Choice):
    """Where an election is."""

    NOMINATIONS = "nominations", "Nominations are open", "blue"
    STANDING = "standing", "Who stands is published", "blue"
    BALLOT = "ballot", "Ballot", "green"
    BOXED = "boxed", "The box is closed", "amber"
    DECLARED = "declared", "Declared"
    OFF = "off", "Called off"


MOVES = {
    ElectionState.NOMINATIONS: {
        ElectionState.STANDING: "nominations are closed and a seat is contested",
        ElectionState.DECLARED: "nominations are closed and no seat is contested",
        ElectionState.OFF: "the office calls it off",
    },
    ElectionState.STANDING: {
        ElectionState.BALLOT: "three scrutineers have rehearsed, and the roll is frozen",
        ElectionState.OFF: "the office calls it off",
    },
    ElectionState.BALLOT: {
        ElectionState.BOXED: "the closing time is past, the lots are drawn, the box is counted",
        ElectionState.OFF: "the office calls it off",
    },
    ElectionState.BOXED: {
        ElectionState.DECLARED: "two scrutineers open the box",
        ElectionState.OFF: "fewer than two scrutineers are left who could open the box",
    },
}


class ContestOutcome(Choice):
    """What became of a contest."""

    OPEN = "open", "Nominations"
    UNCONTESTED = "uncontested", "Not contested", "green"
    CONTESTED = "contested", "Contested", "blue"
    COUNTED = "counted", "Counted", "green"


class CandidateState(Choice):
    """Where a nomination is."""

    ASKED = "asked", "Nominated, has not answered yet", "amber"
    STANDS = "stands", "Stands", "green"
    DECLINED = "declined", "Declined"
    LAPSED = "lapsed", "May not stand any more", "amber"
    UNSEATED = "unseated", "Elected, and does not take the seat up", "amber"


OUT = (CandidateState.DECLINED, CandidateState.LAPSED)  # nominated, and not standing


def contest_title(seat: str) -> str:
    """Seats that differ by their number alone are one contest, called as they are without it.

    Source: product default.
    """
    return re.sub(r" \d+$", "", seat)


def outcome_of(candidates: int, seats: int) -> ContestOutcome:
    """Where no more stand than there are seats, those who stand are elected and nobody votes.

    Source: R9; issue "Governance", the office declares and is done.
    """
    return ContestOutcome.CONTESTED if candidates > seats else ContestOutcome.UNCONTESTED


def shortfall_words(candidates: int, seats: int, is_second: bool) -> str:
    """Fewer candidates than seats: nominations open once more, and after that the seat is vacant.

    Source: R9.
    """
    if candidates >= seats:
        return ""
    short = plural(seats - candidates, "seat has", "seats have")
    vacant = "stays vacant" if seats - candidates == 1 else "stay vacant"
    return f"{short} no candidate, and {vacant}" if is_second else f"{short} no candidate: nominations can be opened once more"


def words_in(statement: str) -> int:
    """How many words a statement has, as a word processor counts them.

    Source: R9, statements of 150 words.
    """
    return len(re.findall(r"\S+", statement))


def statement_problem(statement: str) -> str:
    """A statement has at most 150 words.

    Source: R9.
    """
    words = words_in(statement)
    return f"Use at most {MOST_WORDS} words: it has {words}" if words > MOST_WORDS else ""


def why_not_stand(
    name: str, unqualified: str, seats_held: Collection[tuple[str, str]], filled: Collection[str], stood: str
) -> str:
    """Somebody stands who is what the seat asks for, sits on the body by no other seat, and stands for one kind of seat only: a
    whole sentence, to them (without a `name`) or of them.

    `unqualified` says what they are instead, `seats_held` are (seat, title) of theirs on the body, `filled` the seats that this
    election fills, `stood` the contest in which they stand already. Source: R9, eligible by the seat's constituency and not on
    the board by another seat; evidence H8.
    """
    who, are, sit, stand = (name, "is", "sits", "stands") if name else ("You", "are", "sit", "stand")
    if unqualified:
        return f"{who} {are} {unqualified}"
    for seat, title in seats_held:
        if seat not in filled:
            return f"{who} {sit} on the body already: {title}"
    return f"{who} {stand} for {stood} already" if stood else ""


def what_they_are(kinds: Collection[str], seat_for: str) -> str:
    """What somebody is who is not what a seat asks for; `kinds` are those of the member schools of which they are head.

    Source: R9, eligible by the seat's constituency.
    """
    schools = [f"{'an' if one[:1] in 'aeiou' else 'a'} {one} school" for one in sorted(kinds)]
    return (
        f"head of {listed(schools)}, and the seat is for {in_a_sentence(seat_for)}" if schools else "not head of a member school"
    )


def nominated_already(name: str, state: CandidateState) -> str:
    """What is said to whoever nominates somebody who is nominated.

    Source: product default.
    """
    return {
        CandidateState.STANDS: f"{name} stands already",
        CandidateState.DECLINED: f"{name} was nominated already, and does not stand",
    }.get(state, f"{name} is nominated already, and has not answered yet")


def nomination_shown(state: CandidateState, is_nominating: bool) -> tuple[str, str]:
    """A nomination in words, with its tone: who has not answered when nominations are over does not stand.

    Source: R9, who accepts stands; product default.
    """
    if state is CandidateState.ASKED and not is_nominating:
        return "Did not answer, does not stand", "grey"
    return state.label, state.tone


def is_small(schools: int) -> bool:
    """With fewer than six entitled schools a result may tell how somebody voted, and the page says so.

    Source: reliability.md section 4, small groups.
    """
    return schools < SMALL


def is_few(ballots: int) -> bool:
    """With fewer than ten ballots only the sums are published and no list of ballots, and whoever closes the box is told before.

    Source: reliability.md section 4, small groups; product default (ten).
    """
    return ballots < FEW


def can_be_opened(left: int) -> bool:
    """Two of the three scrutineers open the box: where fewer hold a post in the partnership still, it stays shut.

    Source: reliability.md section 4, roles.
    """
    return left >= OPENERS


def scrutineer_problem(
    people: Mapping[str, Collection[str]], candidates: Collection[str], officers: Collection[str], schools: int
) -> str:
    """Three people watch the box, each of another school (where only two schools vote, of both): of the schools of each, one can
    be taken so that no two are the same. No candidate is among them, and none of `officers`: who called the election, who asks.

    Source: reliability.md section 4, roles.
    """
    if len(people) != SCRUTINEERS:
        return "Choose three people"
    if set(people) & set(officers):
        return "The returning officer is no scrutineer: choose somebody else"
    if set(people) & set(candidates):
        return "A candidate is no scrutineer: choose somebody else"
    if not all(people.values()):
        return "Choose people of the partnership’s schools"
    apart = any(len(set(taken)) >= min(SCRUTINEERS, schools) for taken in product(*people.values()))
    return "" if apart else "Choose people of three different schools: two of these belong to one"


def choice_problem(chosen: Collection[int], candidates: int, seats: int, method: str) -> str:
    """A ballot has at most as many marks as there are seats, or candidates in order, each once; it may be left blank.

    Source: R9, most marks (as many as seats).
    """
    if len(set(chosen)) < len(chosen):
        return "Give each number once, to one candidate"
    if not set(chosen) <= set(range(candidates)):
        return "Something in the page was not as we expected. Load it again and repeat what you did."
    if method == Method.MARKS and len(chosen) > seats:
        return f"Tick at most {seats}: you have ticked {len(chosen)}"
    return ""


def in_order(numbers: list[int | None]) -> tuple[int, ...] | None:
    """Candidates by the numbers beside them, 1, 2, 3 without a gap; nothing where the numbers say no order.

    Source: Scottish Local Government Elections Order 2007, schedule 1, rule 45; a ballot that says no order is not taken.
    """
    given = sorted((number, at) for at, number in enumerate(numbers) if number is not None)
    return tuple(at for _, at in given) if [number for number, _ in given] == [*range(1, len(given) + 1)] else None
