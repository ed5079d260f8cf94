import ast
from dataclasses import replace

import pytest

from tests.faults import every_fault, faults_in
from tests.mutants import MAY_LIVE, chosen, tried, verdict

PERMISSIONS = """
def may(who, age):
    if who.holds(age) and age >= 4:
        return YES
    return no("Why")
"""
RULES = """
def is_due(rows, most) -> bool:
    return min(len([row for row in rows if row.open]), most) > 3
"""
ACTIONS = "def pay(*, by):\n    require(may_pay(by))\n    if by.gone:\n        raise Conflict('Why')\n    save()\n"
MODELS = """
class Rows:
    def visible_to(self, who):
        return self.filter(Q(a=1) | Q(b=2), gone=None)
class Row:
    visible = Visible(office="partnership", school="school")
"""
EACH = {
    "a/permissions.py": [
        "a comparison is moved",
        "part 1 of a condition is gone",
        "part 2 of a condition is gone",
        "the condition is negated",
    ],
    "a/rules.py": [
        "a comparison is moved",
        "bound 1 is gone",
        "bound 2 is gone",
        "condition 1 of a list is gone",
        "the answer is negated",
    ],
    "a/actions.py": ["require is gone", "the refusal is gone"],
    "a/models.py": [
        "office is asked",
        "or is and",
        "school is gone",
        "the filter a is gone",
        "the filter b is gone",
        "the filter gone is gone",
    ],
}


@pytest.mark.parametrize(("path", "source"), list(zip(EACH, (PERMISSIONS, RULES, ACTIONS, MODELS), strict=True)))
def test_every_guard_can_be_taken_out_alone(path: str, source: str) -> None:
    faults = faults_in(path, source)
    assert sorted(one.what for one in faults) == EACH[path]
    whole = ast.unparse(ast.parse(source))
    changed = [ast.unparse(one.planted(source)) for one in faults]
    assert len({whole, *changed}) == len(changed) + 1, "each is another"
    assert all(compile(one.planted(source), path, "exec") for one in faults)
    assert ast.unparse(replace(faults[0], number=-1).planted(source)) == whole


def test_a_file_that_holds_no_guard_has_none_to_take_out() -> None:
    assert not faults_in("a/views.py", PERMISSIONS)


def test_all_guards_of_the_house_can_be_tried_and_a_seed_chooses_the_same() -> None:
    faults = every_fault()
    assert len(faults) > 2_000 and len(set(faults)) == len(faults) and all(one.place for one in faults)
    assert chosen("9", "a") == chosen("9", "a") != chosen("9", "b")
    assert {one.path for one in chosen("all", "", "authority/permissions")} == {"alongside/members/authority/permissions.py"}


def test_more_than_one_in_twenty_that_lives_ends_red() -> None:
    faults = chosen("100", "a")
    assert verdict(faults, faults[:5]) == 0
    assert verdict(faults, faults[:6]) == 1
    assert MAY_LIVE == 0.05


@pytest.mark.slow
def test_a_guard_that_is_tested_is_missed_and_one_that_nothing_tests_is_not() -> None:
    tested, other = chosen("2", "a", "contributions/rules")
    untested = replace(other, number=-1, line=0, what="a guard that nothing tests is gone")
    assert tried([tested, untested]) == {tested}
