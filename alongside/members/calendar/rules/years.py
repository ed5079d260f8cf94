"""The academic year in six half-terms, typed once; the holidays are the gaps between them."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from functools import cache

from dateutil.easter import easter

from alongside.ground.core.academic_year import AcademicYear, academic_year_of
from alongside.ground.core.words import plural, short_date
from alongside.members.calendar.rules.bank_holidays import usual_bank_holidays
from alongside.members.calendar.rules.days import DAY, Named, Span, days_between

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
            found.append(Named(SUMMER, year.first_on, spans[0][0] - DAY))
        for name, (_, last), (first, _) in zip(GAPS, spans, spans[1:], strict=False):
            if first - last > DAY:
                found.append(Named(name, last + DAY, first - DAY))
        again = years[start + 1][0][0] - DAY if start + 1 in years else year.last_on
        if spans[-1][1] < again:
            found.append(Named(SUMMER, spans[-1][1] + DAY, again))
    return tuple(found)


def half_terms_problem(year: AcademicYear, spans: Sequence[Span]) -> dict[str, str]:
    """The six half-terms of a year follow one another, each at most fifteen weeks, within 1 September and 31 August.

    Source: R3. Schools that begin in August are allowed. Gives what to do, by field; nothing when all is well.
    """
    earliest = year.first_on - DAY * EARLIEST_START
    before = earliest - DAY
    for number, (first, last) in enumerate(spans, 1):
        name = half_named(number)
        if last < first:
            return {f"last_{number}": f"Enter a last day of {name} that is not before its first day"}
        if number == 1 and not earliest <= first <= date(year.start, 12, 31):
            return {"first_1": f"Enter a first day between {short_date(earliest)} and {short_date(date(year.start, 12, 31))}"}
        if first <= before:
            return {f"first_{number}": f"Enter a first day of {name} after {short_date(before)}, when the half-term before ends"}
        if (last - first).days >= 15 * 7:
            return {f"last_{number}": f"Enter at most fifteen weeks for {name}: check the year"}
        if last > year.last_on:
            return {f"last_{number}": f"Enter a last day of {name} in {year}, by {short_date(year.last_on)}"}
        before = last
    return {}


def half_named(number: int) -> str:
    """A half-term is called in a sentence as people say it: 'the second half of the autumn term'.

    Source: domain.md, half-term (six a year).
    """
    term, half = HALF_TERMS[number - 1].lower().split(", ")
    return f"the {half} of the {term}"


def half_term_on(day: date, spans: Sequence[Span]) -> int | None:
    """The half-term of a day is the one it lies in, from the first to the sixth; none in the holidays.

    Source: domain.md, half-term (six a year).
    """
    return next((number for number, (first, last) in enumerate(spans, 1) if first <= day <= last), None)


def season_on(day: date, spans: Sequence[Span]) -> str:
    """A day lies in a term or in a holiday, as the partnership has typed them; until it has, terms go by the month: they
    begin with September, January and after Easter.

    Source: R3; a name for the reader, nothing is counted by it. `spans` are the half-terms of the day's academic year.
    """
    if number := half_term_on(day, spans):
        return HALF_TERMS[number - 1].partition(",")[0]
    year = academic_year_of(day)
    holidays = holidays_between({year.start: spans}) if spans else ()
    by_month = HALF_TERMS[0 if day.month >= 9 else 2 if day.month <= 3 else 4].partition(",")[0]
    return next((one.name for one in holidays if one.first_on <= day <= one.last_on), by_month)


def days_note(days: int) -> str:
    """A school year has 195 days: 190 with pupils and five for training; the note says when typed dates differ.

    Source: evidence, section 4, school year (Commons Library SN07148; academies set their own).
    """
    due = PUPIL_DAYS + INSET_DAYS
    fewer = f"{plural(due - days, 'day')} fewer" if days < due else ""
    more = f"{plural(days - due, 'day')} more" if days > due else fewer
    if not more:
        return f"{due} days: {PUPIL_DAYS} with pupils and {INSET_DAYS} training days of each school’s own."
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


def suggested_half_terms(year: AcademicYear, bank_holidays: Container[date]) -> tuple[Span, ...]:
    """Where term dates are not known, a usual English year is suggested, always marked as an example.

    Source: R3, "where real term dates are not known they are typed in and marked as examples"; the pattern of public
    term dates 2021–2027: half-terms round the last Monday of October, the third of February and the spring bank
    holiday, two weeks at Christmas and Easter, 195 days in all.
    """
    start, then, sunday = year.start, year.start + 1, easter(year.start + 1)

    def is_open(day: date) -> bool:
        return day.weekday() < 5 and day not in bank_holidays

    def opens(day: date) -> date:
        return next(one for one in days_between(day, day + DAY * 30) if is_open(one))

    october, february, may = (_last(0, day) for day in (date(start, 10, 31), date(then, 2, 21), date(then, 5, 31)))
    christmas = _last(4, date(start, 12, 22))
    if sunday >= date(then, 4, 10):
        spring_ends, summer_begins = sunday - DAY * 16, sunday + DAY * 2
    elif sunday.month == 4:
        spring_ends, summer_begins = sunday - DAY * 9, sunday + DAY * 8
    else:
        spring_ends, summer_begins = sunday - DAY * 3, sunday + DAY * 15
    spans = [
        (opens(date(start, 9, 1)), october - DAY * 3),
        (opens(october + DAY * 7), christmas),
        (opens(christmas + DAY * 17), february - DAY * 3),
        (opens(february + DAY * 7), spring_ends),
        (opens(summer_begins), may - DAY * 3),
    ]
    first = last = opens(may + DAY * 7)
    for _ in range(PUPIL_DAYS + INSET_DAYS - 1 - sum(is_open(day) for span in spans for day in days_between(*span))):
        last = opens(last + DAY)
    return (*spans, (first, last))


@cache
def usual_holidays(start: int) -> tuple[Named, ...]:
    """Where term dates are not known, the holidays that every area has about then are: Christmas, Easter, the summer, and the
    half-term weeks of October and May.

    Source: R3, as for the suggested half-terms. The week of February is left out: areas differ by a week (002:7 meets on
    24 February 2022, within the usual one).
    """
    spans = suggested_half_terms(AcademicYear(start), usual_bank_holidays(start) | usual_bank_holidays(start + 1))
    return tuple(one for one in holidays_between({start: spans}) if one.name != GAPS[2])


def is_usually_open(day: date) -> bool:
    """A day on which offices and schools usually work: no weekend, bank holiday or usual holiday, and none from 20 December to
    3 January, when schools may still be open and nobody comes.

    Source: R3; for days that are suggested before anybody has typed term dates.
    """
    return (
        day.weekday() < 5
        and (1, 3) < (day.month, day.day) < (12, 20)
        and day not in usual_bank_holidays(day.year)
        and not any(one.first_on <= day <= one.last_on for one in usual_holidays(academic_year_of(day).start))
    )


def _last(weekday: int, day: date) -> date:
    """The last such weekday (0 is Monday) up to the day."""
    return day - DAY * ((day.weekday() - weekday) % 7)
