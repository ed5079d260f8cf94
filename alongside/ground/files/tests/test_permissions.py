import pytest

from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.files.permissions import may_keep_file, may_keep_paper, may_see_papers

SYSTEM = Standing.system()
OFFICE = Standing("ann", roles=frozenset({usual(Post.FINANCE, partnership="alder")}))
HEAD = Standing("bob", roles=frozenset({usual(Post.HEAD, school="oak")}), memberships=frozenset({("alder", "oak")}))
OTHER = Standing("cem", roles=frozenset({usual(Post.HEAD, school="elm")}), memberships=frozenset({("birch", "elm")}))


@pytest.mark.parametrize(
    ("who", "sees", "keeps"),
    [(SYSTEM, True, True), (OFFICE, True, True), (HEAD, True, False), (OTHER, False, False), (VISITOR, False, False)],
)
def test_papers_are_seen_by_who_belongs_and_kept_by_the_office(who: Standing, sees: bool, keeps: bool) -> None:
    assert bool(may_see_papers(who, "alder")) is sees
    assert bool(may_keep_paper(who, "alder")) is keeps


@pytest.mark.parametrize(
    ("partnership", "school", "person", "kept_by"),
    [
        ("alder", "", "", [SYSTEM, OFFICE]),
        ("alder", "oak", "", [SYSTEM, OFFICE, HEAD]),
        ("", "oak", "", [SYSTEM, HEAD]),
        ("", "", "bob", [SYSTEM, HEAD]),
        ("birch", "elm", "cem", [SYSTEM, OTHER]),
        ("", "", "", [SYSTEM]),
    ],
)
def test_a_file_is_kept_by_its_office_its_school_and_its_person(
    partnership: str, school: str, person: str, kept_by: list[Standing]
) -> None:
    asked = [SYSTEM, OFFICE, HEAD, OTHER, VISITOR]
    assert [who for who in asked if may_keep_file(who, partnership, school, person)] == kept_by


def test_who_may_not_keep_a_file_is_told_who_may_where_it_is_a_partnerships() -> None:
    assert "office can add" in may_keep_file(OTHER, "alder", "", "").reason
    assert may_keep_file(OTHER, "", "oak", "").reason == "You cannot add files here."
