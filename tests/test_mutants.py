import ast

from tests.mutants import faults_in

PERMISSIONS = """
def may(who, age):
    if who.holds(age) and age >= 4:
        return YES
    return no("Why")
"""
ACTIONS = "def pay(*, by):\n    require(may_pay(by))\n    save()\n"
MODELS = "class Rows:\n    def visible_to(self, who):\n        return self.filter(school__in=who.schools, gone=None)\n"


def test_every_guard_can_be_taken_out_alone() -> None:
    of = {"a/permissions.py": PERMISSIONS, "a/actions.py": ACTIONS, "a/models.py": MODELS}
    planted = {path: faults_in(path, source) for path, source in of.items()}
    assert {path: sorted(one.what for one in found) for path, found in planted.items()} == {
        "a/permissions.py": [
            "a comparison is moved",
            "part 1 of a condition is gone",
            "part 2 of a condition is gone",
            "the condition is negated",
        ],
        "a/actions.py": ["require is gone"],
        "a/models.py": ["the filter gone is gone", "the filter school__in is gone"],
    }
    for path, source in of.items():
        whole = ast.unparse(ast.parse(source))
        changed = [one.source for one in planted[path]]
        assert len({whole, *changed}) == len(changed) + 1, "each is another, and the tree is as it was after each"
        assert all(ast.parse(one) for one in changed)


def test_a_file_that_holds_no_guard_has_none_to_take_out() -> None:
    assert not faults_in("a/views.py", PERMISSIONS)
