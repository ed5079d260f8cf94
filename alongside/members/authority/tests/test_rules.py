from datetime import date

import pytest

from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.members.authority.permissions import may_record_decision, may_see_decisions
from alongside.members.authority.rules import DecisionKind, Minute, why_no_decision, why_not_under


@pytest.mark.parametrize(
    ("body", "minute", "on", "kind", "amount", "missing"),
    [
        ("Board", "PB 23/07", date(2023, 3, 13), "reduction", 5, set()),
        ("Board", " ", date(2023, 3, 13), "reduction", 5, {"reference"}),
        ("", "PB 23/07", None, "reduction", None, {"body", "decided_on", "amount"}),
        ("Board", "PB 23/07", date(2023, 3, 21), "waiver", None, {"decided_on"}),
        ("Board", "PB 23/07", date(2023, 3, 20), "waiver", None, set()),
        ("Board", "PB 23/07", date(2023, 3, 13), "gift", 5, {"kind"}),
        ("Board", "PB 23/07", date(2023, 3, 13), "gift", None, {"kind"}),
        ("Board", "PB 23/07", date(2023, 3, 13), "transfer", None, set()),
    ],
)
def test_nothing_rests_on_a_decision_without_its_minute(
    body: str, minute: str, on: date | None, kind: str, amount: int | None, missing: set[str]
) -> None:
    assert set(why_no_decision(body, minute, on, date(2023, 3, 20), kind, amount)) == missing


@pytest.mark.parametrize(
    ("kind", "replaced", "other_school", "left", "amount", "why"),
    [
        (DecisionKind.CREDIT, False, False, 500, 500, ""),
        (DecisionKind.CREDIT, False, False, None, 500, ""),
        (DecisionKind.CREDIT, False, False, 500, 501, "Only £5 of this decision is left"),
        (DecisionKind.CREDIT, False, False, -100, 1, "Only £0 of this decision is left"),
        (DecisionKind.CREDIT, True, False, 500, 5, "A later decision has taken its place: choose that one"),
        (DecisionKind.CREDIT, False, True, 500, 5, "This decision is about another school"),
        (DecisionKind.REDUCTION, False, False, 500, 5, "This decision is about something else: a lower fee for all"),
    ],
)
def test_money_rests_on_a_decision_that_is_about_it_and_not_used_up(
    kind: DecisionKind, replaced: bool, other_school: bool, left: int | None, amount: int, why: str
) -> None:
    wanted = [DecisionKind.CREDIT, DecisionKind.WRITE_OFF]
    said = why_not_under(kind, wanted, is_replaced=replaced, is_of_other_school=other_school, left=left, amount=amount)
    assert said == why


def test_an_authority_without_a_day_says_nothing() -> None:
    assert Minute("Board", date(2023, 3, 13), "PB 23/07").words == "Board, 13 March 2023, PB 23/07"
    assert Minute("Board").words == ""


@pytest.mark.parametrize(
    ("who", "records", "sees"),
    [
        (Standing.system(), True, True),
        (Standing("ann", roles=frozenset({usual(Post.MANAGER, partnership="alder")})), True, True),
        (Standing("bob", roles=frozenset({usual(Post.FINANCE, partnership="alder")})), False, True),
        (Standing("cem", roles=frozenset({usual(Post.MANAGER, partnership="birch")})), False, False),
        (Standing("dee", roles=frozenset({usual(Post.HEAD, school="oak")})), False, False),
        (VISITOR, False, False),
    ],
)
def test_what_was_decided_is_written_by_the_manager_and_seen_by_the_office(who: Standing, records: bool, sees: bool) -> None:
    assert (bool(may_record_decision(who, "alder")), bool(may_see_decisions(who, "alder"))) == (records, sees)
