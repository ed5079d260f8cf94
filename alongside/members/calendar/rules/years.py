"""The academic year in six half-terms, typed once; the holidays are the gaps between them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dateutil.easter import easter

from alongside.ground.core.academic_year import AcademicYear
from alongside.ground.core.words import plural, short_date
from alongside.members.calendar.rules.days import DAY, Named, Span

HALF_TERMS = (
    "Autumn term, first half",
    "Autumn term, second half",
    "Spring term, first half",
    "Spring term, second half",
    "Summer term, first half",
    "Summer term, second half",
)
GAPS = ("Autumn half-term", "Christmas holiday", "February half-term", "Easter holiday", "May half-term")
SUMMER = "Summer holiday"
PUPIL_DAYS, INSET_DAYS = 190, 5
EARLIEST_START = 31  # days before 1 September: some counties and Scotland begin in August


def holidays_between(years: Mapping[int, Sequence[Span]]) -> tuple[Named, ...]:
    """The holidays of a year are the gaps between its half-terms, and the summer on both sides of it.

    Source: R3; term dates are typed once, as six half-terms.
    """
    found: list[Named] = []
    for start in sorted(years):
        spans, year = years[start], AcademicYear(start)
        if start - 1 not in years and spans[0][0] > year.first_on:
            found.append((SUMMER, year.first_on, spans[0][0] - DAY))
        for name, (_, last), (first, _) in zip(GAPS, spans, spans[1:], strict=False):
            if first - last > DAY:
                found.append((name, last + DAY, first - DAY))
        again = years[start + 1][0][0] - DAY if start + 1 in years else year.last_on
        if spans[-1][1] < again:
            found.append((SUMMER, spans[-1][1] + DAY, again))
    return tuple(found)


def half_terms_problem(year: AcademicYear, spans: Sequence[Span]) -> dict[str, str]:
    """The six half-terms of a year follow one another, each at most fifteen weeks, within 1 September and 31 August.

    Source: R3. Schools that begin in August are allowed. Gives what to do, by field; nothing when all is well.
    """
    earliest = year.first_on - timedelta(days=EARLIEST_START)
    before = earliest - DAY
    for number, (first, last) in enumerate(spans, 1):
        name = HALF_TERMS[number - 1].lower()
        if last < first:
            return {f"last_{number}": f"Enter a last day that is not before the first day ({name})"}
        if number == 1 and not earliest <= first <= date(year.start, 12, 31):
            return {"first_1": f"Enter a first day between {short_date(earliest)} and {short_date(date(year.start, 12, 31))}"}
        if first <= before:
            return {f"first_{number}": f"Enter a first day after {short_date(before)}, when the half-term before ends ({name})"}
        if (last - first).days >= 15 * 7:
            return {f"last_{number}": f"Enter a half-term of at most fifteen weeks: check the year ({name})"}
        if last > year.last_on:
            return {f"last_{number}": f"Enter a last day in {year}, by {short_date(year.last_on)} ({name})"}
        before = last
    return {}


def half_term_on(day: date, spans: Sequence[Span]) -> int | None:
    """The half-term of a day is the one it lies in, from the first to the sixth; none in the holidays.

    Source: domain.md, half-term (six a year).
    """
    return next((number for number, (first, last) in enumerate(spans, 1) if first <= day <= last), None)


def days_note(days: int) -> str:
    """A school year has 195 days: 190 with pupils and five for training; the note says when typed dates differ.

    Source: evidence, section 4, school year (Commons Library SN07148; academies set their own).
    """
    due = PUPIL_DAYS + INSET_DAYS
    if days == due:
        return f"{due} days: {PUPIL_DAYS} with pupils and {INSET_DAYS} training days of each school’s own."
    more = f"{plural(days - due, 'day')} more" if days > due else f"{plural(due - days, 'day')} fewer"
    return (
        f"{plural(days, 'day')}, {more} than the usual {due} ({PUPIL_DAYS} with pupils and {INSET_DAYS} training days). "
        "Academies set their own; maintained schools may like to check."
    )


def school_days_note(days: int, inset: int) -> str:
    """A school's days with pupils are those of its terms without its INSET days: until five are typed, the note says so.

    Source: evidence, section 4, school year: 190 days with pupils and 5 INSET days (Commons Library SN07148; academies
    set their own). `days` are the open days that are typed, `inset` the INSET days already taken out of them.
    """
    usual = f"{PUPIL_DAYS} with pupils + {INSET_DAYS} INSET"
    if days == PUPIL_DAYS and inset == INSET_DAYS:
        return f"{usual}, as usual."
    if inset < INSET_DAYS:
        return f"Usual is {usual}. Not typed yet: {plural(INSET_DAYS - inset, 'INSET day')}, still counted among the {days}."
    return f"Usual is {usual}. Academies set their own; maintained schools may like to check."


def suggested_half_terms(year: AcademicYear, bank_holidays: Mapping[date, str]) -> tuple[Span, ...]:
    """Where term dates are not known, a usual English year is suggested, always marked as an example.

    Source: R3, "where real term dates are not known they are typed in and marked as examples"; the pattern of public
    term dates 2021–2027: half-terms round the last Monday of October, the third of February and the spring bank
    holiday, two weeks at Christmas and Easter, 195 days in all.
    """
    start, then = year.start, year.start + 1

    def opens(day: date) -> date:
        while day.weekday() >= 5 or day in bank_holidays:
            day += DAY
        return day

    october = _monday_before(date(start, 10, 31))
    christmas = _friday_before(date(start, 12, 22))
    february = _monday_before(date(then, 2, 21))
    sunday = easter(then)
    if sunday >= date(then, 4, 10):
        spring_ends, summer_begins = sunday - DAY * 16, sunday + DAY * 2
    elif sunday.month == 4:
        spring_ends, summer_begins = sunday - DAY * 9, sunday + DAY * 8
    else:
        spring_ends, summer_begins = sunday - DAY * 3, sunday + DAY * 15
    may = _monday_before(date(then, 5, 31))
    spans = [
        (opens(date(start, 9, 1)), october - DAY * 3),
        (opens(october + DAY * 7), christmas),
        (opens(christmas + DAY * 17), february - DAY * 3),
        (opens(february + DAY * 7), spring_ends),
        (opens(summer_begins), may - DAY * 3),
    ]
    first = last = opens(may + DAY * 7)
    left = PUPIL_DAYS + INSET_DAYS - 1 - sum(_weekdays(a, b, bank_holidays) for a, b in spans)
    while left > 0:
        last = opens(last + DAY)
        left -= 1
    return (*spans, (first, last))


def _monday_before(day: date) -> date:
    return day - DAY * day.weekday()


def _friday_before(day: date) -> date:
    return day - DAY * ((day.weekday() - 4) % 7)


def _weekdays(first: date, last: date, bank_holidays: Mapping[date, str]) -> int:
    days = (first + DAY * ahead for ahead in range((last - first).days + 1))
    return sum(day.weekday() < 5 and day not in bank_holidays for day in days)
