"""How a clock's working is shown: in a line, and week by week."""

from datetime import date

from alongside.ground.core.words import plural, short_date
from alongside.members.calendar.rules.clocks.laws import Law
from alongside.members.calendar.rules.clocks.reckoning import Counted, Reckoning
from alongside.members.calendar.rules.days import DAY

Week = tuple[date, tuple[Counted | None, ...]]


def span_words(reckoning: Reckoning) -> str:
    """The working in a line: '20 days counted, 5 January 2026 to 30 January 2026'.

    Source: reliability, section 8, show the working.
    """
    counted = [one.day for one in reckoning.days if one.counted]
    if not counted or reckoning.law is Law.BREACH:
        return ""
    return f"{plural(len(counted), 'day')} counted, {short_date(counted[0])} to {short_date(counted[-1])}"


def left_out(reckoning: Reckoning) -> list[tuple[str, list[date]]]:
    """The weekdays that did not count are listed by reason, so that nobody has to guess.

    Source: promise 15, each date explains itself; mysociety/alaveteli#5101.
    """
    found: dict[str, list[date]] = {}
    for one in reckoning.days:
        if not one.counted and one.why != "the weekend":
            found.setdefault(one.why, []).append(one.day)
    return list(found.items())


def weeks_of(reckoning: Reckoning) -> list[Week]:
    """The working week by week, each day with its number when it is counted; weeks in which nothing is counted stay in.

    Source: promise 15, each date explains itself.
    """
    if not reckoning.days:
        return []
    by_day = {one.day: one for one in reckoning.days}
    first, last = reckoning.days[0].day, reckoning.days[-1].day
    monday = first - DAY * first.weekday()
    return [
        (start, tuple(by_day.get(start + DAY * ahead) for ahead in range(7)))
        for start in (monday + DAY * 7 * number for number in range((last - monday).days // 7 + 1))
    ]
