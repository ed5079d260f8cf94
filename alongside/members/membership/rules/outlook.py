"""What stands in a school's way, whom to contact next, and where sign-up is heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.ground.core.words import long_date, near_date, plural, weekday_near
from alongside.members.calendar.rules.days import SchoolDays, days_between
from alongside.members.membership.rules.answers import AnswerState

S = AnswerState
WITHDREW_WORDS = "Signed, then withdrew"
MOST_REST = 60  # days: no holidays are longer
TWICE = {1: "once", 2: "twice"}


@dataclass(frozen=True)
class Case:
    """What is known of one school's answer."""

    state: AnswerState
    question: str = ""
    subject_to: str = ""
    subject_on: date | None = None
    reason: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    signed_for: int = 1
    is_late: bool = False
    opened: int = 0
    invited_on: date | None = None
    has_address: bool = True
    letter_on: date | None = None
    reminders: int = 0
    note: str = ""
    next_on: date | None = None
    phone: str = ""
    withdrew_on: date | None = None
    is_passed_on: bool = False
    replied_on: date | None = None  # when its last question was answered
    reminded_on: date | None = None

    @property
    def told_on(self) -> date | None:
        """When the school was last written to: invited, also by letter or passed on, answered, reminded."""
        return max(filter(None, (self.invited_on, self.letter_on, self.replied_on, self.reminded_on)), default=None)

    @property
    def has_withdrawn(self) -> bool:
        """Whether the school signed, then withdrew, and has said nothing since."""
        return self.withdrew_on is not None and self.state in (S.NO_REPLY, S.READING)

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return "amber" if self.has_withdrawn else self.state.tone

    @property
    def label(self) -> str:
        """The answer in the words of its tag."""
        if self.has_withdrawn:
            return WITHDREW_WORDS
        to_invite = self.state is S.NO_REPLY and self.invited_on is None and self.letter_on is None
        return "To be invited" if to_invite else words_of(self.state, self.subject_to)


def words_of(state: AnswerState, subject_to: str) -> str:
    """An answer is called the same wherever it stands, with whose yes it awaits.

    Source: R3 (how a school stands).
    """
    return "Yes, subject to trust" if state is S.SUBJECT and subject_to == "trust" else state.label


def _short(words: str, most: int = 110) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else f"{plain[: most - 1].rsplit(' ', 1)[0]}…"


def _meeting(case: Case, sign_by: date, today: date) -> str:
    if case.subject_on is None:
        return "They have yet to say when it is decided"
    trust = case.subject_to == "trust"
    if case.subject_on < today:
        return f"{'The trust board' if trust else 'Governors'} met {near_date(case.subject_on, today)}: no word since"
    who = "Trust board" if trust else "Governors meet"
    left = (sign_by - case.subject_on).days
    near = {0: ", on the last day", 1: ", one day before the last day"}.get(left, "")
    return f"{who} {weekday_near(case.subject_on, today)}{', after the last day to sign' if left < 0 else near}"


def _signed(case: Case, today: date) -> str:
    parts = [
        f"Signed by {case.signed_by}" if case.signed_by else "Signed",
        f"for {plural(case.signed_for, 'school')} at once" if case.signed_for > 1 else "",
        near_date(case.signed_on, today) if case.signed_on else "",
        "late" if case.is_late else "",
    ]
    return ", ".join(filter(None, parts))


def _silence(case: Case, today: date) -> str:
    if case.withdrew_on:
        return f"{WITHDREW_WORDS} on {near_date(case.withdrew_on, today)}"
    if case.replied_on:
        return f"Asked a question, answered {near_date(case.replied_on, today)}; not decided yet"
    if not case.has_address:
        if case.letter_on:
            return f"Letter with a code printed {near_date(case.letter_on, today)}; no e-mail address"
        return "No e-mail address on file"
    if case.invited_on is None:
        return "Not invited yet"
    if case.opened:
        return f"Opened the prospectus {TWICE.get(case.opened, f'{case.opened} times')}"
    came = "Passed on to a colleague" if case.is_passed_on else "Invited"
    return f"{came} {near_date(case.invited_on, today)}; prospectus not opened by its link yet"


def stands_in_the_way(case: Case, sign_by: date, today: date, *, over: bool = False) -> str:
    """The manager reads in one line what stands in a school's way: its question, its meeting, its silence.

    Source: R4. A note of the office's own follows; once sign-up is `over` only where it is for a day to come.
    """
    match case.state:
        case S.QUESTION:
            words = f"“{_short(case.question)}” waiting for you"
        case S.SUBJECT:
            words = _meeting(case, sign_by, today)
        case S.SIGNED:
            return _signed(case, today)
        case S.DECLINED:
            words = f"“{_short(case.reason)}”" if case.reason else "No reason given, and none needed"
        case _:
            words = _silence(case, today)
    is_past = over and (case.next_on is None or case.next_on < today)
    return f"{words}. {_short(case.note, 70)}" if case.note and not is_past else words


def told_before(today: date, days: SchoolDays, apart: int) -> date:
    """Whoever was written to on a later day than this one rests: so many school days are theirs to answer in.

    Source: R4 (school days between reminders).
    """
    day = today
    while days.count(day + timedelta(days=1), today) < apart and (today - day).days < MOST_REST:
        day -= timedelta(days=1)
    return day


def rests_until(told_on: date, today: date, days: SchoolDays, apart: int) -> date | None:
    """A school that was just written to rests until this day; nothing where it does not (any more).

    Source: as `told_before`.
    """
    if told_on <= told_before(today, days, apart):
        return None
    end = today + timedelta(days=MOST_REST)
    return next((day for day in days_between(today, end) if told_on <= told_before(day, days, apart)), end)


def next_contact(case: Case, today: date, reminders_at_most: int = 2, rests: date | None = None, *, over: bool = False) -> str:
    """The next contact is said in two or three words; a school that `rests` is left alone until that day. Once
    sign-up is `over`, with the roll, nothing is overdue: a school that has not signed comes when it likes.

    Source: R4.
    """
    if case.next_on and not (over and case.next_on < today):
        late = "today" if case.next_on == today else f"since {near_date(case.next_on, today)}"
        return late if case.next_on <= today else near_date(case.next_on, today)
    match case.state:
        case S.QUESTION:
            return "answer today"
        case S.SUBJECT if case.subject_on and case.subject_on >= today:
            return f"after {near_date(case.subject_on, today)}"
        case S.SUBJECT:
            return "–" if over else "ask how it went"
        case S.SIGNED:
            return "–"
        case S.DECLINED:
            return "when they ask"
    if over:
        return "–"
    if case.has_withdrawn:
        return f"call, {case.phone}" if case.phone else "call"
    if not case.has_address and case.letter_on and rests:
        return f"from {near_date(rests, today)}"
    if not case.has_address:
        return f"call, {case.phone}" if case.letter_on and case.phone else "letter with code"
    if case.invited_on is None:
        return "invite"
    if rests:
        return f"from {near_date(rests, today)}"
    if case.reminders >= reminders_at_most:
        return f"call, {case.phone}" if case.phone else "call"
    return "reminder" if not case.reminders else "second reminder"


def answer_in_words(case: Case, school: str, signer: str = "") -> str:
    """Whoever comes to a link that was used is told how the school stands: who signed and when, or what else it has said.

    Source: R4.
    """
    match case.state:
        case S.SIGNED:
            return f"Signed by {signer or case.signed_by}{f' on {long_date(case.signed_on)}' if case.signed_on else ''}."
        case S.SUBJECT:
            on = f" on {long_date(case.subject_on)}" if case.subject_on else ""
            return f"{school} has said yes, subject to its {'trust' if case.subject_to == 'trust' else 'governors'}{on}."
        case S.QUESTION:
            return f"{school} has asked a question, and the office answers by e-mail."
        case S.DECLINED:
            return f"{school} has said “not this time”; it is welcome whenever it suits."
    if case.withdrew_on:
        return f"{school} signed, then withdrew on {long_date(case.withdrew_on)}."
    return f"{school} has not answered yet."


def projected(counts: Sequence[tuple[date, int]], today: date, sign_by: date, most: int) -> int | None:
    """At the pace of the last fourteen days sign-up arrives at so many by the last day, never more than were asked.

    Source: look of the membership page. None before a week has passed or when sign-up is over.
    """
    if not counts or today >= sign_by or (today - counts[0][0]).days < 7:
        return None
    start = max(counts[0][0], today - timedelta(days=14))
    before = max((count for day, count in counts if day <= start), default=0)
    now = counts[-1][1]
    pace = (now - before) / (today - start).days
    return min(most, round(now + pace * (sign_by - today).days))


def pace_words(signed: int, asked: int, expected: int | None, today: date, sign_by: date) -> str:
    """The curve says in words where it leads.

    Source: look of the membership page.
    """
    if not asked:
        return "Choose the schools first; their answers draw this curve."
    if signed == asked:
        return "Every school that was asked has signed."
    if today > sign_by:
        return f"{signed} of {asked} had signed by today; late signing is open and marked."
    if today == sign_by:
        return f"{signed} of {asked} so far. Today is the last day to sign."
    if expected is None and (sign_by - today).days <= 7:
        return f"{signed} of {asked} so far."
    if expected is None:
        return f"{signed} of {asked} so far. After the first week this says where the pace leads."
    return f"At this pace {expected} by the deadline."


def growth(signed_on: Sequence[tuple[date, int]], first: date, today: date) -> list[tuple[date, int]]:
    """The curve counts who has signed by the end of each day, from the first day to today.

    Source: R4, sign-up curve.
    """
    by_day = dict(signed_on)
    first = min([first, *by_day])
    total, points = 0, []
    for ahead in range(max((today - first).days, 0) + 1):
        day = first + timedelta(days=ahead)
        total += by_day.get(day, 0)
        points.append((day, total))
    return points


@dataclass(frozen=True)
class Alike:
    """Schools that stand alike, for a bar (`web.pictures`) and for a sentence."""

    words: str
    count: int
    tone: str


@dataclass(frozen=True)
class Counts:
    """How the schools that were asked stand; each field is a value of `queries.answers.STAND`."""

    signed: int = 0
    subject: int = 0
    question: int = 0
    reading: int = 0
    no_reply: int = 0
    declined: int = 0
    to_invite: int = 0
    withdrew: int = 0

    @property
    def asked(self) -> int:
        """All that were asked, or are to be."""
        return sum(one.count for one in self.slices)

    @property
    def waiting(self) -> int:
        """Those that were invited and have not answered: reading or silent."""
        return self.reading + self.no_reply

    def for_everyone(self) -> "Counts":
        """What outsiders may know: who said not this time, withdrew or is to be invited is one of the others, of whom nothing is
        said."""
        return PublicCounts(self.signed, self.subject, self.question, no_reply=self.asked - self.decided)

    @property
    def decided(self) -> int:
        """Those of whom everybody may know how they stand."""
        return self.signed + self.subject + self.question

    @property
    def slices(self) -> list[Alike]:
        """Those that stand alike, wherever they are drawn or told: nobody is counted twice."""
        parts = [
            Alike("signed", self.signed, "green"),
            Alike("yes, subject to someone", self.subject, "light"),
            Alike("with a question", self.question, "amber"),
            Alike("no reply yet", self.waiting, "rest"),
            Alike("to be invited", self.to_invite, "rest"),
            Alike("signed, then withdrew", self.withdrew, "amber"),
            Alike("not this time", self.declined, "blue"),
        ]
        return [one for one in parts if one.count]

    def words(self) -> str:
        """The counts in one line: '61 signed, 10 yes subject to someone, 6 with a question, 20 no reply yet'."""
        return ", ".join(f"{one.count:,} {one.words.replace(',', '')}" for one in self.slices) or "nobody asked yet"


class PublicCounts(Counts):
    """The counts as outsiders are told them."""

    @property
    def slices(self) -> list[Alike]:
        """The same, and the others together."""
        known = Counts(self.signed, self.subject, self.question).slices
        return [*known, Alike("others", self.no_reply, "rest")] if self.no_reply else known


POSTS = {
    **dict.fromkeys(("headteacher", "head", "executive headteacher"), "the head"),
    **dict.fromkeys(("trust officer", "chief executive"), "the trust"),
    "chair of governors": "the chair of governors",
    "school administrator": "the school administrator",
    "school business manager": "the business manager",
}


def signer_words(post: str, name: str) -> str:
    """Who signed is said by post where the post is a usual one, otherwise by name.

    Source: look of the membership page.
    """
    return POSTS.get(post.strip().lower(), name)
