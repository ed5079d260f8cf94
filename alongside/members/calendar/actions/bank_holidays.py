"""Taking in the published bank holidays, and saying what a late one touches."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from alongside.ground.audit.actions import recording as audit
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid, require
from alongside.ground.core.words import long_date, plural, short_date
from alongside.members.calendar.actions.clocks import recompute
from alongside.members.calendar.models import BankHoliday, Clock, ClockChange
from alongside.members.calendar.permissions import may_import_bank_holidays
from alongside.members.calendar.queries.dates import touched_on
from alongside.members.calendar.queries.days import THE_LIST, by_nation, list_of, published, published_on
from alongside.members.calendar.rules.bank_holidays import (
    HolidayChange,
    NotBankHolidays,
    Touched,
    changes_between,
    read_published,
    why_older,
)
from alongside.members.calendar.rules.settings import Nation

SYSTEM = Standing.system()
OLDER = (
    "This list is older than the one that is known: {}. Take in the list of today (gov.uk/bank-holidays.json); where GOV.UK "
    "did take days away, add --older."
)


@dataclass
class HolidayReport:
    """What an import of bank holidays changed, what lies on those days, and which kept dates moved."""

    changes: list[HolidayChange] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)
    moved: list[ClockChange] = field(default_factory=list)
    list_of: date = field(default_factory=clock.today)
    dry_run: bool = False

    def lines(self) -> list[str]:
        """The report in words."""
        if not self.changes:
            return ["Nothing changed: these bank holidays are known."]
        said = "would change" if self.dry_run else "changed"
        lines = [f"{plural(len(self.changes), 'bank holiday')} {said}:"]
        lines += [f"  {long_date(one.day)}, {one.nation.label}: {one.words}" for one in self.changes]
        lines += [f"On these days: {one.what}, {short_date(one.day)}" for one in self.touched]
        for one in self.moved:
            before, after = (short_date(day) if day else "–" for day in (one.from_on, one.to_on))
            lines.append(f"Date moved: {one.clock.whose}: {one.clock.name}, from {before} to {after}")
        if not self.touched and not self.moved:
            lines.append("Nothing in the calendar lies on these days, and no kept date moves.")
        return lines


def take_in_first(**_: object) -> None:
    """A database that has no bank holidays, or an older list, takes in the list that comes with the code (Django calls it
    after each migration)."""
    if not BankHoliday.objects.exists():
        _add([(nation, day, title) for nation, days in published().items() for day, title in days.items()])
    elif list_of() == published_on() and changes_between(by_nation(BankHoliday.objects.all()), published()):
        with transaction.atomic():
            _take_in(published(), HolidayReport(list_of=published_on()), SYSTEM)


def import_bank_holidays(*, text: str, dry_run: bool = False, older: bool = False, by: Standing) -> HolidayReport:
    """Take in the published file whole, or say exactly what it would change. Raises Invalid when it is another file, or an
    older list and nobody said that this is meant (`older`)."""
    require(may_import_bank_holidays(by))
    try:
        theirs = read_published(text)
    except NotBankHolidays as problem:
        raise Invalid(file=str(problem)) from None
    if not older and (why := why_older(by_nation(BankHoliday.objects.all()), theirs)):
        raise Invalid(file=OLDER.format(why))
    report = HolidayReport(dry_run=dry_run)
    with transaction.atomic():
        _take_in(theirs, report, by)
        transaction.set_rollback(dry_run)
    return report


def _take_in(theirs: dict[Nation, dict[date, str]], report: HolidayReport, by: Standing) -> None:
    report.changes = changes_between(by_nation(BankHoliday.objects.all()), theirs)
    for one in report.changes:
        there = BankHoliday.objects.filter(nation=one.nation, day=one.day)
        there.update(title=one.after) if one.after else there.delete()
    _add([(one.nation, one.day, one.after) for one in report.changes if not one.before])
    days = sorted({one.day for one in report.changes if bool(one.before) != bool(one.after)})
    today = clock.today()
    report.touched = touched_on([day for day in days if day >= today], viewer=by)
    words = ", ".join(f"{one.after or one.before} on {short_date(one.day)}" for one in report.changes if one.day >= today)
    because = f"Bank holidays changed: {words}" if words else "Bank holidays changed"
    report.moved = recompute(Clock.objects.all(), because, by=by)
    facts = {"changes": len(report.changes), "moved": len(report.moved), "list_of": report.list_of.isoformat()}
    audit.record("calendar.import_bank_holidays", row=THE_LIST, facts=facts, by=by)


def _add(rows: list[tuple[Nation, date, str]]) -> None:
    BankHoliday.objects.bulk_create(BankHoliday(nation=nation, day=day, title=title) for nation, day, title in rows)
