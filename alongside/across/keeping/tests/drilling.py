"""An installation that is backed up, written to meanwhile, lost and restored, as tests do it."""

from pathlib import Path
from typing import Any

from alongside.across.keeping.actions import restoring
from alongside.across.keeping.archive.sealing import Unusable
from alongside.across.keeping.tests import make


def refused(path: Path, **how: Any) -> str:
    """Why a backup is refused; nothing when it is taken."""
    try:
        restoring.restore(path=path, replace=True, by=make.SYSTEM, **how)
    except Unusable as problem:
        return str(problem)
    return ""
