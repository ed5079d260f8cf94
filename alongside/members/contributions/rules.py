"""What a contribution is, how much it was, and how amounts are added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import plural

PUPILS_IN_HUNDREDS = 100
EARLIEST = date(2000, 1, 1)


class Unit(StrEnum):
    """In what an amount is counted. Amounts of different units are never added."""

    DAYS = "days"
    HOURS = "hours"
    PLACES = "places"
    USES = "uses"

    def words(self, amount: Decimal) -> str:
        """An amount is said as people say it: '1 day', 'half a day', '2½ days', '1 hour 15 minutes', '12 places'.

        Source: STPCD, working time (1,265 hours on 195 days): what is less than a day and not half of one is told in hours
        of such a day.
        """
        if self == Unit.HOURS or (self == Unit.DAYS and amount < 1 and amount != HALF):
            hours, minutes = divmod(_whole(amount * MINUTES[self]), 60)
            parts = [plural(count, word) for count, word in ((hours, "hour"), (minutes, "minute")) if count]
            return " ".join(parts) or "under a minute"
        if self == Unit.DAYS:
            days, half = divmod(_whole(amount * 2), 2)
            return f"{days:,}½ days" if days and half else "half a day" if half else plural(days, "day")
        return plural(_whole(amount), self.value[:-1])


HALF = Decimal("0.5")
MINUTES = {Unit.HOURS: Decimal(60), Unit.DAYS: Decimal(390)}


def _whole(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_UP))


class GiftKind(Choice):
    """What was given."""

    VISIT = "visit", "Review or visit"
    SUPPORT = "support", "Support for a school"
    STAFF = "staff", "Staff lent"
    ADVICE = "advice", "Advice"
    SESSION = "session", "Places at a session"
    HOSTING = "hosting", "Hosting colleagues"
    RESOURCE = "resource", "Resource used"

    @property
    def in_a_sentence(self) -> str:
        """What was received or given, within a sentence."""
        return {
            GiftKind.VISIT: "a review or visit",
            GiftKind.SUPPORT: "support",
            GiftKind.STAFF: "the loan of staff",
            GiftKind.ADVICE: "advice",
            GiftKind.SESSION: "places at a session",
            GiftKind.HOSTING: "hospitality for colleagues",
            GiftKind.RESOURCE: "a resource",
        }[self]

    @property
    def unit(self) -> Unit:
        """In what this kind is counted."""
        return {
            GiftKind.VISIT: Unit.DAYS,
            GiftKind.SUPPORT: Unit.DAYS,
            GiftKind.STAFF: Unit.DAYS,
            GiftKind.ADVICE: Unit.HOURS,
            GiftKind.SESSION: Unit.PLACES,
            GiftKind.HOSTING: Unit.PLACES,
            GiftKind.RESOURCE: Unit.USES,
        }[self]


def much_words(kind: GiftKind, amount: Decimal) -> str:
    """How much of one piece of work it was, within a sentence: '1 day', '12 places'; of a resource 'used once', 'used 3 times'.

    Source: as `Unit.words`; R37.
    """
    if kind.unit is not Unit.USES:
        return kind.unit.words(amount)
    return "used once" if amount == 1 else f"used {_whole(amount):,} times"


# the smallest piece of each unit, and the most that one contribution can be
STEPS = {Unit.DAYS: Decimal("0.5"), Unit.HOURS: Decimal("0.25"), Unit.PLACES: Decimal(1), Unit.USES: Decimal(1)}
MOST = {Unit.DAYS: Decimal(200), Unit.HOURS: Decimal(200), Unit.PLACES: Decimal(2000), Unit.USES: Decimal(2000)}


@dataclass(frozen=True)
class Gift:
    """One contribution, as far as rules need it: the ids of giver and receiver (a school's or an outside body's)."""

    kind: GiftKind
    amount: Decimal
    giver: str
    receiver: str
    on: date


def problem_of(gift: Gift, today: date) -> dict[str, str]:
    """A contribution is from one to another, on a day that has been, and more than nothing in whole steps of its unit.

    Source: R37; R25 (half-days). Gives what to do, by field; nothing when all is well.
    """
    unit, found = gift.kind.unit, {}
    if gift.giver == gift.receiver:
        found["receiver"] = "Choose another school: what a school does for itself is not a contribution"
    if gift.on > today:
        found["on"] = "Enter a day that has been: what is planned counts once it has happened"
    elif gift.on < EARLIEST:
        found["on"] = "Enter a day of this century"
    if gift.amount <= 0 or gift.amount > MOST[unit] or gift.amount % STEPS[unit]:
        found["amount"] = f"Enter {unit.value} from {STEPS[unit]} to {MOST[unit]}, in steps of {STEPS[unit]}"
    return found


@dataclass(frozen=True)
class Side:
    """What a school gave, or what it received: how many pieces of work, with how many others, how much of each unit."""

    pieces: int = 0
    partners: int = 0
    amounts: tuple[tuple[Unit, Decimal], ...] = ()

    @property
    def words(self) -> str:
        """The amounts in words, '3½ days, 12 places'; nothing when there was nothing."""
        return ", ".join(unit.words(amount) for unit, amount in self.amounts)


def side_of(rows: Iterable[tuple[GiftKind, Decimal, str]]) -> Side:
    """Amounts are added unit by unit, never across units, and each partner counts once.

    Source: R37 (amount with unit). Rows are (kind, amount, the other's id).
    """
    sums: dict[Unit, Decimal] = {}
    partners, pieces = set(), 0
    for kind, amount, other in rows:
        sums[kind.unit] = sums.get(kind.unit, Decimal(0)) + amount
        partners.add(other)
        pieces += 1
    return Side(pieces, len(partners), tuple((unit, sums[unit]) for unit in Unit if unit in sums))


def for_size(side: Side, pupils: int | None) -> str:
    """Beside the plain amounts stand those for every hundred pupils, in words; what is less than one of a kind is told as
    one for so many pupils. Nothing where the roll is not known.

    Source: T1 of evidence.md ("equal part" is not equal hours for a school of 60 pupils: show both).
    """
    if not pupils:
        return ""

    def words(unit: Unit, amount: Decimal) -> str:
        if unit in MINUTES or amount * PUPILS_IN_HUNDREDS >= pupils:
            return unit.words(amount * PUPILS_IN_HUNDREDS / pupils)
        return f"{unit.words(Decimal(1))} for every {plural(_whole(pupils / amount), 'pupil')}"

    return ", ".join(words(unit, amount) for unit, amount in side.amounts)
