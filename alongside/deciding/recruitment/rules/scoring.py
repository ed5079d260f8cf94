"""How a panel scores: alone first, then together; and what is looked into."""

from collections.abc import Collection, Sequence
from statistics import median_low

from alongside.ground.core.choice import Choice
from alongside.ground.core.words import plural

FEWEST_SCORERS = 2


class Round(Choice):
    """What is scored."""

    PAPER = "paper", "Application"
    INTERVIEW = "interview", "Interview"


def spread(points: Collection[int]) -> int:
    """How far the panel is apart on a criterion: its highest score less its lowest.

    Source: evidence section 3, item 5 (spread per reviewer, then moderation).
    """
    return max(points) - min(points) if points else 0


def suggested(points: Sequence[int]) -> int:
    """What the panel may begin its talk from: the score in the middle, the lower of two.

    Source: product default; R17, moderated by talk and not by a sum.
    """
    return median_low(points) if points else 0


def short_of_scorers(able: int) -> str:
    """Two people at least score each applicant, none of whom knows them.

    Source: R17 (at least two scorers, outside assessors when short). Empty where there are enough.
    """
    if able >= FEWEST_SCORERS:
        return ""
    who = "Nobody" if not able else f"Only {plural(able, 'person')}"
    return f"{who} of the panel may score this applicant: add somebody who does not know them"


def wrong_with_scores(is_chosen_open: bool, still_open: int) -> tuple[str, str]:
    """Nobody is appointed without a score on which the panel has agreed; where it is still to agree on others, it says why.

    Source: R10, a panel scores; R17 (scored, then moderated). Gives what is wrong, and what is to be explained; empty where
    all is well.
    """
    if is_chosen_open:
        return "The panel has agreed on no score for whoever is to be appointed: score and agree first", ""
    return "", f"{plural(still_open, 'application has', 'applications have')} no agreed score" if still_open else ""


def wrong_with_marks(marks: Sequence[tuple[int, str]], most: Sequence[int]) -> str:
    """A score has a figure within its scale and a sentence for every criterion.

    Source: R17 (0 to 4 with reasons). Empty where it has.
    """
    if len(marks) != len(most):
        return "Score every criterion"
    if any(not 0 <= points <= top for (points, _), top in zip(marks, most, strict=True)):
        return "Enter points within the scale of each criterion"
    return "" if all(words.strip() for _, words in marks) else "Write a sentence for each score"
