"""The academic year: 1 September to 31 August, written 2026/27."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class AcademicYear:
    """The year that begins on 1 September of `start`."""

    start: int

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def first_on(self) -> date:
        """1 September."""
        return date(self.start, 9, 1)

    @property
    def last_on(self) -> date:
        """31 August of the year after."""
        return date(self.start + 1, 8, 31)

    @property
    def slug(self) -> str:
        """The year in an address: '2026-27'."""
        return str(self).replace("/", "-")

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


def academic_year_of(day: date) -> AcademicYear:
    """The academic year that the day is in."""
    return AcademicYear(day.year if day.month >= 9 else day.year - 1)


def read_academic_year(text: str) -> AcademicYear | None:
    """The year of an address ('2026-27' or '2026/27'); None for anything else."""
    start, _, end = text.replace("/", "-").partition("-")
    if not (len(start) == 4 and start.isascii() and start.isdigit() and 1900 <= int(start) <= 2199):
        return None
    year = AcademicYear(int(start))
    return year if end == str(year)[5:] else None
