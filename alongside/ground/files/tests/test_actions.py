"""Who may keep, see and take out which file."""

from typing import Any

import pytest
from django.core.files.storage import storages

from alongside.ground.core import keys
from alongside.ground.core.standing import VISITOR, Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.files import actions, queries
from alongside.ground.files.models import StoredFile
from alongside.ground.files.permissions import may_keep_file
from alongside.ground.files.rules import Paper, Readers
from alongside.ground.files.tests import make

OAK, ELM, SCHOOL, JO, SAM = (keys.new_key() for _ in range(5))
MANAGER = Standing(JO, "Jo", frozenset({usual(Post.MANAGER, partnership=OAK)}))
OTHER_MANAGER = Standing(SAM, "Sam", frozenset({usual(Post.MANAGER, partnership=ELM)}))
HEAD = Standing(SAM, "Sam", frozenset({usual(Post.HEAD, school=SCHOOL)}), frozenset({(OAK, SCHOOL)}))
pytestmark = pytest.mark.django_db


def test_who_sees_which_file() -> None:
    office = make.paper(OAK, audience=Readers.OFFICE)
    members = make.paper(OAK)
    file = {"name": "a.txt", "data": b"a", "kind": "other"}
    of_school = actions.keep_file(key=keys.new_key(), school=SCHOOL, **file, by=HEAD)
    of_person = actions.keep_file(key=keys.new_key(), person=JO, **file, by=MANAGER)
    for who, seen in [
        (MANAGER, {office, members, of_person}),
        (HEAD, {members, of_school}),
        (OTHER_MANAGER, set()),
        (VISITOR, set()),
        (make.SYSTEM, {office, members, of_school, of_person}),
    ]:
        assert set(StoredFile.objects.visible_to(who)) == seen


@pytest.mark.parametrize("who", [HEAD, OTHER_MANAGER, VISITOR])
def test_only_the_office_keeps_and_takes_out_papers(who: Standing) -> None:
    paper = make.paper(OAK)
    with pytest.raises(Refused):
        make.paper(OAK, by=who)
    with pytest.raises(Refused):
        actions.take_out_file(file=paper, by=who)
    with pytest.raises(Refused):
        actions.replace_paper(file=paper, name="a.txt", data=b"a", by=who)


def test_a_file_is_kept_up_to_the_largest_size_wherever_it_comes_from(settings: Any) -> None:
    settings.FILES_LARGEST = 8
    assert make.paper(OAK, words="8 bytes.").size == 8
    with pytest.raises(Invalid, match="the most is"):
        make.paper(OAK, words="9 bytes. ")


def test_a_file_that_the_store_puts_elsewhere_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storages["files"], "save", lambda name, content: f"{name}_2")
    with pytest.raises(Conflict, match="The store"):
        make.paper(OAK)
    assert not StoredFile.objects.exists()


def test_a_replacement_that_is_refused_leaves_the_older_one() -> None:
    paper = make.paper(OAK)
    with pytest.raises(Invalid):
        actions.replace_paper(file=paper, name="a.txt", data=b"<script>", by=MANAGER)
    assert queries.content_of(StoredFile.objects.visible_to(HEAD).get()) == b"We work together."


@pytest.mark.parametrize("other", [b"Account 2", b"Account 10", b"Account 1\n\nand more"])
def test_a_page_that_kept_one_file_keeps_no_other_of_its_name(other: bytes) -> None:
    said = {"key": keys.new_key(), "name": "bank.txt", "kind": Paper.SUPPLIER_EVIDENCE, "partnership": OAK, "by": MANAGER}
    first = actions.keep_file(data=b"Account 1", **said)
    assert actions.keep_file(data=b"Account 1", **said) == first
    with pytest.raises(Conflict, match="sent before with something else"):
        actions.keep_file(data=other, **said)
    assert queries.content_of(StoredFile.objects.get()) == b"Account 1"


def test_supplier_evidence_is_found_by_its_kind() -> None:
    paper = make.paper(OAK, "VAT certificate", kind=Paper.SUPPLIER_EVIDENCE)
    make.paper(OAK)
    ((key, title, told, _),) = queries.files_for(OAK, "supplier_evidence", viewer=MANAGER)
    assert (key, title, told) == (paper.pk, "VAT certificate", "plain text, 1 KB")


@pytest.mark.parametrize(
    ("who", "place", "may"),
    [
        (MANAGER, (OAK, "", ""), True),
        (MANAGER, (ELM, "", ""), False),
        (MANAGER, ("", SCHOOL, ""), False),
        (MANAGER, ("", "", JO), True),
        (MANAGER, ("", "", SAM), False),
        (MANAGER, ("", "", ""), False),
        (HEAD, ("", SCHOOL, ""), True),
        (HEAD, (OAK, "", ""), False),
        (VISITOR, (OAK, SCHOOL, JO), False),
        (VISITOR, ("", "", ""), False),
        (make.SYSTEM, ("", "", ""), True),
    ],
)
def test_a_file_is_kept_by_its_office_its_school_or_its_person(who: Standing, place: tuple[str, str, str], may: bool) -> None:
    assert may_keep_file(who, *place).allowed is may
