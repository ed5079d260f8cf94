"""Whether something is allowed, and the reason when it is not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """The answer of a permission: truthy when allowed, otherwise with a reason to show."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str) -> Verdict:
    """A refusal with the reason in a sentence that the person refused may read."""
    return Verdict(False, reason)


def first_no(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, or YES when there is none."""
    return next((verdict for verdict in verdicts if not verdict), YES)


class Refused(Exception):
    """Somebody may not do this; shown as a 403 page with the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProofNeeded(Exception):
    """What was asked for is shown to who has given a second factor: the person is led to the page that asks for it."""


class Conflict(Exception):
    """The thing has changed, so this can no longer be done; shown as a 409 page with the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Invalid(Exception):
    """Input that a rule refuses; `problems` maps a field's name to what to do about it."""

    def __init__(self, **problems: str) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def require(verdict: Verdict) -> None:
    """Go on when the verdict allows it. Raises Refused with its reason otherwise."""
    if not verdict:
        raise Refused(verdict.reason)
