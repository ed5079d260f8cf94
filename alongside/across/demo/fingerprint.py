"""What Elthorne was made from, to see whether a kept one is still the same."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).parent
ORDER = ("edubase", "gias", "allgroups", "academies", "links", "alllinks")


def fingerprint() -> str:
    """A hash over the borough's data, its story and the code that plays it."""
    digest = sha256()
    for path in sorted([*HERE.glob("*.py"), *HERE.glob("actions/*.py"), HERE / "elthorne.csv", HERE / "elthorne.toml"]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def register_files() -> list[Path]:
    """The extracts of the national register that come with the repository: schools, groups, who is in them, successions."""
    files = (settings.REGISTER_DATA / "register").glob("*.csv*")
    return sorted(
        files, key=lambda path: (next((n for n, start in enumerate(ORDER) if path.name.startswith(start)), len(ORDER)), path.name)
    )
