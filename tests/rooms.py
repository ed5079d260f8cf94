"""What each room says itself to the tests of the whole house, in its own `tests/`: its lines, what happens, its exceptions."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.conf import settings

LATER = "the world is not at that point of its year"


def of_rooms(file: str) -> Iterator[tuple[str, ModuleType]]:
    """The rooms' own `tests/<file>.py`, lower rooms first, each with its room's name."""
    for app in settings.OUR_APPS:
        if find_spec(name := f"{app}.tests.{file}"):
            yield app.rpartition(".")[2], import_module(name)


def excepted(check: str, between: str = ".") -> dict[str, str]:
    """What the rooms except from a check, 'fees.date_years', and why: `ASKS_NOBODY = {why: names}` in their `tests/access.py`."""
    return {
        f"{room}{between}{name}": why
        for room, module in of_rooms("access")
        for why, names in getattr(module, check, {}).items()
        for name in names.split()
    }
