"""What happens in Elthorne, as a diary: who does what when. Pure; the same seed writes the same diary.

`actions` plays it by calling what people would press, on a clock moved to each entry's time. Entries after
8 March are played when the visitor moves the day, as far as the school still stands where the entry expects it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from random import Random

from alongside.across.demo import elthorne
from alongside.across.demo.elthorne import DOOR_SCHOOL, OWN_TRUST, STORY, InventedSchool
from alongside.ground.core.clock import start_of
from alongside.members.calendar.rules.days import MORNING

SEED = 2022
STARTED_ON, INVITED_ON, DISCUSSED_ON = date(2022, 1, 24), date(2022, 2, 7), date(2022, 2, 24)
FIRST_MONDAY, SIGN_BY, FROZEN_ON = date(2022, 3, 7), date(2022, 3, 18), date(2022, 3, 21)

UNREACHED = "Yeadmoor Junior"  # no address on file: it gets a letter with a code
SIGNING_TRUSTS = (("Blessed Cecily Catholic Academies Trust", DISCUSSED_ON), ("Swakeham Schools Trust", DISCUSSED_ON))
GOVERNORS_MEET = {
    "St Bride's Catholic Primary": 15,
    "Hollin Wood Primary": 10,
    "Drayford High": 16,
    "Cloverdean Primary": 14,
    "St Ebba's Church of England Primary": 15,
    "Wrensham Park Infant": 17,
    "Hatchley Manor School": 23,
}
TRUST_BOARD_MEETS = 17
SILENT = ("Harefold Cross Academy", "Elthorne Vale Academy", "Pinnock Hill School", "Weirside School", "Riverbend Special School")
SIGNED_A_DAY = {(2, 24): 17, (2, 25): 7, (2, 28): 6, (3, 1): 5, (3, 2): 4, (3, 3): 4, (3, 4): 3, (3, 7): 3, (3, 8): 1}
BULLETINS = (date(2022, 3, 3), date(2022, 3, 10), date(2022, 3, 17))
DATES_SENT = tuple(date(2022, *day) for day in ((2, 28), (3, 3), (3, 7), (3, 10), (3, 17)))
ATTEND = (
    ("Cloverdean Primary", "ACCEPTED"),
    ("St Ebba's Church of England Primary", "DECLINED"),
)  # they answer from their diaries
DONE_A_DAY = {(3, 3): 14, (3, 4): 9, (3, 7): 6, (3, 11): 12, (3, 15): 10}
CALL_AGAIN = (date(2022, 3, 8), date(2022, 3, 9), date(2022, 3, 10), date(2022, 3, 11))
NO_REPLY, LATER_YES, LATER_NO = 20, 9, 3


class DiaryWhat(StrEnum):
    """The kinds of entry."""

    OPEN = "open"
    ASK = "ask"
    ANSWER = "answer"
    SIGN = "sign"
    SUBJECT = "subject"
    DECLINE = "decline"
    CHASE = "chase"
    CALL = "call"
    FREEZE = "freeze"
    SEND_IN = "send_in"
    BULLETIN = "bulletin"
    DONE = "done"
    WRITE = "write"
    DATES = "dates"
    ATTEND = "attend"
    ACT = "act"


@dataclass(frozen=True)
class DiaryEntry:
    """One thing done: when, what, by which schools, and in which words."""

    at: datetime
    what: DiaryWhat
    urns: tuple[int, ...] = ()
    text: str = ""
    answer: str = ""
    day: date | None = None


Group = tuple[date, tuple[InventedSchool, ...]]


@dataclass(frozen=True)
class Fates:
    """Which schools stand where on 8 March."""

    signed: tuple[Group, ...]
    by_trust: tuple[Group, ...]
    subject: tuple[Group, ...]
    asking: tuple[tuple[InventedSchool, str, str], ...]
    silent: tuple[InventedSchool, ...]


def fates(seed: int = SEED) -> Fates:
    """Who has signed, who waits for governors, who asks and who has not replied."""
    chance = Random(seed)
    of_trust = {name: tuple(one for one in elthorne.schools() if one.trust_name == name) for name in elthorne.trusts()}
    by_trust = tuple((day, of_trust[name]) for name, day in SIGNING_TRUSTS)
    subject: list[Group] = [(date(2022, 3, day), (elthorne.named(name),)) for name, day in GOVERNORS_MEET.items()]
    subject.append((date(2022, 3, TRUST_BOARD_MEETS), of_trust[OWN_TRUST]))
    asking = tuple((elthorne.named(one["school"]), one["question"], one["answer"]) for one in STORY["open_questions"])
    told = {one for _, group in (*by_trust, *subject) for one in group} | {one for one, _, _ in asking}
    silent = [elthorne.named(name) for name in (DOOR_SCHOOL, UNREACHED, *SILENT)]
    rest = [one for one in elthorne.schools() if one not in told and one not in silent]
    chance.shuffle(rest)
    missing = NO_REPLY - len(silent)
    silent += rest[:missing]
    signers = iter(rest[missing:])
    signed = tuple((date(2022, *day), tuple(next(signers) for _ in range(count))) for day, count in SIGNED_A_DAY.items())
    return Fates(signed, by_trust, tuple(sorted(subject, key=lambda one: one[0])), asking, tuple(silent))


def diary(seed: int = SEED) -> tuple[DiaryEntry, ...]:
    """Everything that happens by itself, in the order of time."""
    known, chance = fates(seed), Random(seed + 1)
    entries = [
        *_readings(known, chance),
        *_early_questions(known, chance),
        *_signatures(known, chance),
        *_waiting(known, chance),
        *_calls(known, chance),
        *_afterwards(known, chance),
        *_week(),
    ]
    return tuple(sorted(entries, key=lambda one: (one.at, one.what, one.urns)))


def _between(chance: Random, day: date, first: int = 8, last: int = 16) -> datetime:
    return start_of(day, chance.randint(first, last), chance.randint(0, 59))


def _readings(known: Fates, chance: Random) -> Iterator[DiaryEntry]:
    """Nearly all open the prospectus before they sign; some of the silent have opened it too."""
    days = [date(2022, 2, day) for day in (8, 9, 10, 11, 21, 22, 23)]
    readers = [school for _, group in (*known.signed, *known.by_trust, *known.subject) for school in group]
    readers += [school for school, _, _ in known.asking]
    readers += [school for school in known.silent if school.name not in {DOOR_SCHOOL, UNREACHED}][:8]
    for school in readers:
        for _ in range(chance.choice((1, 1, 2))):
            yield DiaryEntry(_between(chance, chance.choice(days), 7, 18), DiaryWhat.OPEN, (school.urn,))


def _early_questions(known: Fates, chance: Random) -> Iterator[DiaryEntry]:
    askers = (group[0] for _, group in known.signed)
    for told, school in zip(STORY["answered_questions"], askers, strict=False):
        yield DiaryEntry(_between(chance, date(2022, 2, 21)), DiaryWhat.ASK, (school.urn,), told["question"])
        yield DiaryEntry(_between(chance, date(2022, 2, 23)), DiaryWhat.ANSWER, (school.urn,), told["question"], told["answer"])


def _signatures(known: Fates, chance: Random) -> Iterator[DiaryEntry]:
    for day, group in known.signed:
        first, last = (16, 18) if day == DISCUSSED_ON else (8, 8) if day == date(2022, 3, 8) else (8, 16)
        for school in group:
            yield DiaryEntry(_between(chance, day, first, last), DiaryWhat.SIGN, (school.urn,))
    for day, group in known.by_trust:
        yield DiaryEntry(_between(chance, day, 16, 18), DiaryWhat.SIGN, tuple(school.urn for school in group))


def _waiting(known: Fates, chance: Random) -> Iterator[DiaryEntry]:
    early, late = date(2022, 2, 25), date(2022, 3, 4)
    for place, (meets_on, group) in enumerate(known.subject):
        body = "trust board" if len(group) > 1 else "governors"
        yield DiaryEntry(
            _between(chance, early if place % 2 else late), DiaryWhat.SUBJECT, tuple(s.urn for s in group), body, day=meets_on
        )
    by_mail = {one["question"] for one in STORY["open_questions"] if one.get("by_mail")}
    days = (date(2022, 3, 1), date(2022, 3, 3), date(2022, 3, 4), date(2022, 3, 7), date(2022, 3, 7), date(2022, 3, 8))
    for day, (school, question, _) in zip(days, known.asking, strict=True):
        way = "by mail" if question in by_mail else ""
        yield DiaryEntry(_between(chance, day, 8, 8), DiaryWhat.ASK, (school.urn,), question, way)


def _calls(known: Fates, chance: Random) -> Iterator[DiaryEntry]:
    reminded = tuple(school.urn for school in known.silent if school.name not in {DOOR_SCHOOL, UNREACHED})[:6]
    for day in (date(2022, 3, 1), date(2022, 3, 4)):
        yield DiaryEntry(_between(chance, day, 9, 10), DiaryWhat.CHASE, reminded, STORY["reminder"])
    for urn, words in zip(reminded, STORY["calls"], strict=False):
        yield DiaryEntry(_between(chance, date(2022, 3, 7)), DiaryWhat.CALL, (urn,), words, day=chance.choice(CALL_AGAIN))


def _week() -> Iterator[DiaryEntry]:
    """The bulletins of March, what is sent in for them, which schools do what they ask; and mail from somebody unknown."""
    for one in STORY["bulletin"]:
        if one["sent_in"] <= FROZEN_ON:
            yield DiaryEntry(start_of(one["sent_in"], 15), DiaryWhat.SEND_IN, text=one["title"])
    for day in BULLETINS:
        yield DiaryEntry(start_of(day, MORNING.hour), DiaryWhat.BULLETIN)
    for done_on, schools in DONE_A_DAY.items():
        yield DiaryEntry(start_of(date(2022, *done_on), 14), DiaryWhat.DONE, text=str(schools))
    yield DiaryEntry(start_of(date(2022, 3, 8), 8, 20), DiaryWhat.WRITE, text=STORY["letter"])
    for day in DATES_SENT:
        yield DiaryEntry(start_of(day, 8), DiaryWhat.DATES)
    for name, says in ATTEND:
        yield DiaryEntry(start_of(date(2022, 3, 3), 12), DiaryWhat.ATTEND, (elthorne.named(name).urn,), answer=says)
    yield DiaryEntry(start_of(date(2022, 3, 7), 9), DiaryWhat.ACT, (elthorne.named(elthorne.INVOICED_SCHOOL).urn,))


def _afterwards(known: Fates, chance: Random) -> Iterator[DiaryEntry]:
    """From 9 March on: what the visitor finds after moving the day."""
    for number, (school, question, answer) in enumerate(known.asking):
        yield DiaryEntry(_between(chance, date(2022, 3, 9), 9, 11), DiaryWhat.ANSWER, (school.urn,), question, answer)
        if number < 5:
            yield DiaryEntry(_between(chance, date(2022, 3, 10 + number % 2)), DiaryWhat.SIGN, (school.urn,))
    for meets_on, group in known.subject:
        day = date(2022, 3, meets_on.day + 1)
        yield DiaryEntry(_between(chance, day, 8, 10), DiaryWhat.SIGN, tuple(school.urn for school in group), day=meets_on)
    quiet: Sequence[InventedSchool] = [one for one in known.silent if one.name not in {DOOR_SCHOOL, UNREACHED}]
    yield DiaryEntry(start_of(date(2022, 3, 9), 10), DiaryWhat.CHASE, tuple(one.urn for one in quiet[6:]), STORY["reminder"])
    late_days = (10, 11, 14, 14, 15, 16, 17, 18, 18)
    for late_day, school in zip(late_days, quiet[6 : 6 + LATER_YES], strict=True):
        yield DiaryEntry(_between(chance, date(2022, 3, late_day)), DiaryWhat.SIGN, (school.urn,))
    for words, school in zip(STORY["declined"], quiet[-LATER_NO:], strict=True):
        yield DiaryEntry(_between(chance, date(2022, 3, 16)), DiaryWhat.DECLINE, (school.urn,), words)
    yield DiaryEntry(start_of(FROZEN_ON, 8), DiaryWhat.FREEZE)
