"""What `alongside import-bank-holidays` prints."""

import sys
from pathlib import Path
from typing import TextIO

from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Invalid
from alongside.members.calendar.actions.bank_holidays import import_bank_holidays


def import_file(path: Path, dry_run: bool = False, older: bool = False, out: TextIO = sys.stdout) -> int:
    """Take in GOV.UK's file of bank holidays; 0 when it was taken in (or would be), 1 when it was refused whole."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        report = import_bank_holidays(text=text, dry_run=dry_run, older=older, by=Standing.system())
    except Invalid as problem:
        print(f"{path.name}: refused, nothing was written. {problem}", file=out)
        return 1
    print("\n".join(report.lines()), file=out)
    return 0
