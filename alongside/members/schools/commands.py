"""What `alongside import-schools` prints, and the register that comes with the code."""

import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid
from alongside.members.schools.actions.importing import import_schools
from alongside.members.schools.register.kinds import FileKind, kind_of
from alongside.members.schools.register.records import Records
from alongside.members.schools.register.report import Report
from alongside.members.schools.register.source import NotARegisterFile, Source

ORDER = list(FileKind)


def import_files(
    paths: Sequence[str | Path],
    dry_run: bool = False,
    out: TextIO = sys.stdout,
    on: date | None = None,
    most_problems: int | None = None,
) -> int:
    """Import files of the register, each wholly or not at all, in the order that suits them; 0 when none was refused."""
    refused = 0
    for path in in_order(paths):
        began = time.monotonic()
        try:
            report = _imported(path, out, as_of=on, dry_run=dry_run)
        except Invalid as problem:
            refused += 1
            print(f"{Path(path).name}: refused, nothing was written. {problem}", file=out)
            continue
        print("\n".join(report.lines(most_problems)), file=out)
        print(f"  {time.monotonic() - began:.1f} seconds", file=out)
    return 1 if refused else 0


def in_order(paths: Sequence[str | Path]) -> list[str | Path]:
    """Establishments before groups, groups before links, older extracts before newer ones; unreadable files last."""

    def rank(path: str | Path) -> tuple[int, str]:
        try:
            with Source.of(path) as source:
                kind, day = kind_of(Records(source.lines()).headings), source.named_date()
        except NotARegisterFile:
            return len(ORDER), ""
        return ORDER.index(kind), day.isoformat() if day else "9999"

    return sorted(paths, key=rank)


def bundled_files() -> list[Path]:
    """The files of the register that come with the code."""
    return sorted((settings.REGISTER_DATA / "register").glob("*.csv*"))


def load_register(out: TextIO = sys.stdout) -> int:
    """Import the register that comes with the code, saying little."""
    for path in in_order(bundled_files()):
        report = _imported(path, out)
        print(f"  {report.lines()[0]}", file=out)
    return 0


def _imported(path: str | Path, out: TextIO, **how: Any) -> Report:
    """Import one file, showing in one line of a terminal how far it is; a file gets no such line."""

    def show(rows: int) -> None:
        if out.isatty():
            print(f"\r  {Path(path).name}: {rows:,} rows read", end="", file=out, flush=True)

    try:
        return import_schools(path, progress=show, by=Standing.system(), **how)
    finally:
        if out.isatty():
            print("\r\033[K", end="", file=out)
