"""What an import did, or would do, in words."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from alongside.ground.core.words import plural, short_date
from alongside.members.schools.register.kinds import FileKind, is_its_own
from alongside.members.schools.register.records import Problem

SAMPLES = 3


@dataclass
class Report:
    """The counts of an import, every line that could not be read, the columns that nothing was read from, some examples; and
    the schools and trusts that are found by other words from now on."""

    file_name: str
    kind: FileKind
    as_of: date | None
    dry_run: bool = False
    months_first: bool = False  # some of the file's days: what may be either is in doubt
    rows: int = 0
    added: int = 0
    changed: int = 0
    confirmed: int = 0
    unchanged: int = 0
    joined: int = 0
    waiting: int = 0
    written: int = 0
    undated: int = 0
    facts: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    found_otherwise: set[str] = field(default_factory=set)
    trusts: set[int] = field(default_factory=set)

    @property
    def bad_lines(self) -> int:
        """How many lines were left out."""
        return sum(problem.lost for problem in self.problems)

    def example(self, kind: str, words: str) -> None:
        """Keep an example of a kind of change, while there are few."""
        kept = self.samples.setdefault(kind, [])
        if len(kept) < SAMPLES:
            kept.append(words)

    def figures(self) -> dict[str, int]:
        """The counts by name, those that are not nothing."""
        names = ("rows", "added", "changed", "confirmed", "unchanged", "joined", "waiting", "bad_lines")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def lines(self, most_problems: int | None = None) -> list[str]:
        """The report as lines to print: what the file is, what changed, examples, and the lines with problems."""
        would = "would be " if self.dry_run else ""
        of = f", facts of {short_date(self.as_of)}" if self.as_of else ""
        said = [f"{self.file_name or 'The file'}: {self.kind.value}{of}, {plural(self.rows, 'row')} read"]
        noun = {FileKind.SCHOOLS: "establishment", FileKind.GROUPS: "group"}.get(self.kind, "link")
        said.append(
            f"  {plural(self.added, noun)} {would}added, {self.changed:,} {would}changed, "
            f"{self.confirmed:,} {would}confirmed as they were, {self.unchanged:,} untouched"
        )
        if self.joined or self.waiting:
            said.append(
                f"  {self.joined:,} {would}joined to the school they follow; {self.waiting:,} wait for a person to decide"
            )
        for words, counts in (("Facts that changed", self.facts), ("Facts not known before", self.filled)):
            if counts:
                said.append(
                    f"  {words}: " + ", ".join(f"{fact.replace('_', ' ')} {count:,}" for fact, count in counts.most_common())
                )
        for kind, examples in self.samples.items():
            said += [f"  For example, {kind.replace('_', ' ')}:"] + [f"    {words}" for words in examples]
        if self.undated:
            said.append(
                f"  {plural(self.undated, 'row')} without a date: gaps are filled from there, and nothing is overwritten. "
                "Give the extract's date with --date to let that be."
            )
        unknown = [heading for heading in self.unread if not is_its_own(heading)]
        for words, columns in (
            ("Columns not known here, and not read", unknown),
            ("Columns of the register that are not read", [one for one in self.unread if one not in unknown]),
        ):
            if columns:
                said.append(f"  {words}: {', '.join(columns)}")
        if self.problems:
            doubts = len(self.problems) - self.bad_lines
            said.append(f"  {plural(self.bad_lines, 'line')} left out, {plural(doubts, 'value')} in doubt:")
            shown = self.problems if most_problems is None else self.problems[:most_problems]
            said += [f"    {problem}" for problem in shown]
            if len(shown) < len(self.problems):
                said.append(f"    and {len(self.problems) - len(shown):,} more")
        if self.dry_run:
            said.append("  Nothing was written: this was a rehearsal.")
        return said
