"""What is published of a count."""

import json
from collections.abc import Sequence
from typing import Any

from alongside.deciding.elections.rules.counting import VOTE, Count

KEPT_DAYS = 28  # the list of ballots goes, its hash and the count stay


def listed_ballots(
    *, ballots: Sequence[tuple[str, tuple[int, ...]]], elected: Sequence[int], has_trackers: bool, **told: Any
) -> str:
    """The ballots of a contest as one whole list, with all that a second count needs, in an order that tells nothing: by their
    trackers, or by what stands on them where nobody has a tracker.

    Source: reliability.md section 4, publish.
    """
    listed = sorted((tracker if has_trackers else "", choices) for tracker, choices in ballots)
    names = told["candidates"]
    said = {**told, "elected": [names[one] for one in elected]}
    lines = [json.dumps(one, separators=(",", ":")) for one in listed]
    head = json.dumps(said, ensure_ascii=False, indent=1).removesuffix("\n}")
    return head + ',\n "ballots": [\n' + ",\n".join(lines) + "\n ]\n}\n"


def kept_of(done: Count, blank: int) -> dict[str, Any]:
    """The stages of a count, which stay when the ballots go.

    Source: reliability.md section 4, after 28 days keep result, hashes and count log.
    """
    return {
        "quota": done.quota,
        "blank": blank,
        "elected": list(done.elected),
        "drawn": [[one.stage, list(one.among), one.taken] for one in done.drawn],
        "stages": [
            {
                "votes": list(one.votes),
                "spent": one.spent,
                "elected": list(one.elected),
                "mover": one.mover,
                "out": one.is_exclusion,
            }
            for one in done.stages
        ],
    }


def votes_words(votes: int) -> str:
    """Whole votes as they are, shares with their five decimals.

    Source: Scottish Local Government Elections Order 2007, schedule 1, rule 48.
    """
    return f"{votes // VOTE:,}" if votes % VOTE == 0 else f"{votes // VOTE:,}.{votes % VOTE:05}"
