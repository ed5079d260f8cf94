"""Words to choose from, each with its label and the colour of its tag."""

from enum import StrEnum
from typing import TYPE_CHECKING, Self


class Choice(StrEnum):
    """A state or kind: `OPEN = "open", "Still promised", "blue"` is stored as "open" and shown with its label and tone."""

    label: str
    tone: str

    if not TYPE_CHECKING:  # a type checker would take it for what Choice("open") calls, which looks a member up

        def __new__(cls, value: str, label: str, tone: str = "grey") -> Self:
            """What is stored, what a person reads, the colour of its tag."""
            made = str.__new__(cls, value)
            made._value_ = value
            made.label, made.tone = label, tone
            return made

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(value, label) of each, for a column or a field."""
        return [(one.value, one.label) for one in cls]
