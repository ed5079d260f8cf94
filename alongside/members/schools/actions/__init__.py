"""Deeds on the register."""

from alongside.members.schools.actions.importing import import_schools
from alongside.members.schools.actions.invented import add_invented_schools
from alongside.members.schools.actions.successions import decide_succession

__all__ = ["add_invented_schools", "decide_succession", "import_schools"]
