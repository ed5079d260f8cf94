"""Who was there, and what fixed minutes say."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.deciding.bodies.rules.kinds import Deputy
from alongside.deciding.bodies.rules.quorum import Quorum, is_quorate
from alongside.deciding.meetings.rules.kinds import NOTED, Attendance
from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.words import listed, plural
from alongside.members.diary.rules import Attending


def counts(came: Attendance, deputy: Deputy) -> bool:
    """Who is there, in the room or by video, counts for the quorum and votes; a deputy does where the seat says that they vote.

    Source: issue "Governance" (each seat says whether a deputy may attend, speak, vote).
    """
    return came in {Attendance.HERE, Attendance.VIDEO} or (came is Attendance.DEPUTY and deputy is Deputy.VOTES)


def why_no_deputy(came: Attendance, deputy: Deputy, name: str) -> str:
    """A deputy comes where the seat has one, and is named.

    Source: as `counts`. Empty when all is well.
    """
    if came is not Attendance.DEPUTY:
        return ""
    if deputy is Deputy.NONE:
        return "This seat has no deputy"
    return "" if name.strip() else "Enter who came in their place"


def says_last(entered: Attendance | None, answered: Attending | None) -> Attending | None:
    """What somebody says before the day: what was entered last, else what they answered from their diary.

    Source: as `is_noted_last`.
    """
    if entered is None:
        return answered
    return Attending.NO if entered in NOTED else Attending.YES if entered is Attendance.HERE else None


def is_noted_last(noted_at: datetime, answered_at: datetime | None) -> bool:
    """Before the day the word that came last stands: what was entered, or what somebody answered from their diary since.

    Source: issue "Governance" (apologies).
    """
    return answered_at is None or answered_at <= noted_at


def who_comes(answers: Iterable[Attending | None], needed: int) -> str:
    """Before the day it is said how many come, as they answered the date in their diary, and how many are needed: '2 come, 1 has
    sent apologies, 6 have not said; quorum 5'.

    Source: issue "Governance" (attendance and quorum at a glance).
    """
    said = Counter(answers)
    parts = [
        plural(said[Attending.YES], "comes", "come"),
        plural(said[Attending.NO], "has sent apologies", "have sent apologies"),
        plural(said[Attending.PERHAPS], "says perhaps", "say perhaps") if said[Attending.PERHAPS] else "",
        plural(said[None], "has not said", "have not said"),
    ]
    return f"{', '.join(filter(None, parts))}; quorum {needed}"


@dataclass(frozen=True)
class Presence:
    """How many votes are there of those in post, of how many places, and whether somebody chairs."""

    quorum: Quorum
    votes: Collection[str]
    has_chair: bool
    places: int

    @property
    def is_quorate(self) -> bool:
        """Whether it may decide."""
        return is_quorate(self.quorum, self.votes, self.has_chair)

    @property
    def words(self) -> str:
        """'5 of 5 filled seats of 10 are here; quorum 3; quorate'."""
        filled, here = self.quorum.in_post, len(set(self.votes))
        of = f"{plural(filled, 'filled seat')} of {self.places}" if self.places >= filled else plural(filled, "vote")
        end = "quorate" if self.is_quorate else "not quorate"
        if here >= self.quorum.needed and not self.is_quorate:
            end += ": nobody chairs"
        return f"{here} of {of} {'is' if here == 1 else 'are'} here; quorum {self.quorum.needed}; {end}"


def doubt_words(there: Presence | None, counted: int) -> str:
    """A decision for which the register, as it stands now, has no quorum, or fewer votes than were counted, says so.

    Source: evidence H13, T8 (a body decides with a quorum); minutes do not contradict themselves. Empty when all is well.
    """
    if there is None or (there.is_quorate and counted <= len(set(there.votes))):
        return ""
    return f"The register says of this item: {there.words}" + (f". {plural(counted, 'vote')} counted" if counted else "")


@dataclass(frozen=True)
class MinuteLine:
    """An item as the minutes tell it."""

    number: str
    title: str
    notes: str
    declared: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written of it."""
        return not (self.notes.strip() or self.declared or self.decisions or self.actions or self.files)


@dataclass(frozen=True)
class Minutes:
    """One part of a meeting's minutes as they are fixed: all that they say."""

    body: str
    kind: str
    on: date
    place: str
    chaired_by: str
    presence: str
    here: tuple[str, ...]
    apologies: tuple[str, ...]
    absent: tuple[str, ...]
    lines: tuple[MinuteLine, ...]
    approved_on: date | None
    is_restricted: bool


def attendance_year(on: date) -> AcademicYear:
    """How often somebody came is published of the last academic year that is over.

    Source: DfE, What maintained schools must publish online; DfE, What academies and further education colleges should publish
    online.
    """
    return AcademicYear(academic_year_of(on).start - 1)


def blank_words(lines: Sequence[MinuteLine]) -> list[str]:
    """Minutes that go out, or are approved, with nothing written of an item say of which.

    Source: evidence H13, T8 (minutes are what is read later of what was decided). Empty when something is written of each.
    """
    blank = [f"{one.number}. {one.title}" for one in lines if one.is_blank]
    if not blank:
        return []
    whole = "any of its items" if len(blank) == len(lines) else plural(len(blank), "item")
    return [f"Nothing is written of {whole}: {listed(blank)}."]


def fixed_words(lines: Sequence[MinuteLine]) -> str:
    """What becomes fixed when minutes are approved: '7 items, 3 decisions and 2 actions become fixed as they stand'.

    Source: R11 (minutes approved at the next meeting and then fixed).
    """
    decided, agreed = sum(len(one.decisions) for one in lines), sum(len(one.actions) for one in lines)
    said = [plural(len(lines), "item"), plural(decided, "decision"), plural(agreed, "action")]
    return f"{listed(said)} become fixed as they stand: nobody changes them after that, and a mistake is noted beside them."
