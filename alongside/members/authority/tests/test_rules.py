from datetime import date

import pytest

from alongside.members.authority.rules import why_no_decision


@pytest.mark.parametrize(
    ("body", "minute", "on", "kind", "amount", "missing"),
    [
        ("Board", "PB 23/07", date(2023, 3, 13), "reduction", 5, set()),
        ("Board", " ", date(2023, 3, 13), "reduction", 5, {"reference"}),
        ("", "PB 23/07", None, "reduction", None, {"body", "decided_on", "amount"}),
        ("Board", "PB 23/07", date(2023, 3, 21), "waiver", None, {"decided_on"}),
        ("Board", "PB 23/07", date(2023, 3, 13), "gift", 5, {"kind"}),
        ("Board", "PB 23/07", date(2023, 3, 13), "transfer", None, set()),
    ],
)
def test_nothing_rests_on_a_decision_without_its_minute(
    body: str, minute: str, on: date | None, kind: str, amount: int | None, missing: set[str]
) -> None:
    assert set(why_no_decision(body, minute, on, date(2023, 3, 20), kind, amount)) == missing
