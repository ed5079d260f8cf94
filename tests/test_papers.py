"""Papers as people meet them: added, opened, replaced, taken out; given out as attachments only."""

import random
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.ground.files import actions, queries
from alongside.ground.files.models import StoredFile
from alongside.ground.files.rules import FileState, Paper
from alongside.ground.files.tests import honest, make, redacted
from tests.audiences import Relation
from tests.figures import Figure
from tests.signing_in import enter
from tests.world import World

R = Relation


def client(world: World, relation: Relation = R.MANAGER) -> Client:
    return enter(Client(), world.person(relation))


def send(world: World, name: str, data: bytes, **words: str) -> object:
    file, key = SimpleUploadedFile(name, data), keys.new_key()
    form = {"key": key, "file": file, "title": "", "kind": "agreement", "audience": "members", **words}
    return client(world).post(reverse("files:add_paper", args=[world.partnership.slug]), form)


def test_a_paper_is_added_listed_and_opened_by_a_head(world: World) -> None:
    photo = honest.picture("JPEG", random.Random(3))
    assert send(world, "Plan of the day.jpg", photo).status_code == 302
    page = client(world, R.HEAD).get(reverse("files:papers", args=[world.partnership.slug])).content.decode()
    assert "Plan of the day" in page and "JPEG picture" in page and "Add a paper" not in page
    kept = StoredFile.objects.get(title="Plan of the day")
    answer = client(world, R.HEAD).get(reverse("files:download", args=[kept.pk]))
    assert answer.status_code == 200 and honest.AUTHOR.encode() not in answer.content
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Plan of the day.jpg"'


def test_what_the_office_keeps_for_itself_is_not_there_for_a_head(world: World) -> None:
    own = world.things["office_paper"]
    assert client(world, R.HEAD).get(reverse("files:download", args=[own.pk])).status_code == 404
    assert own.title not in client(world, R.HEAD).get(reverse("files:papers", args=[world.partnership.slug])).content.decode()
    assert client(world, R.FINANCE).get(reverse("files:download", args=[own.pk])).status_code == 200


def test_a_paper_of_another_partnership_is_not_found_under_ones_own_address(world: World) -> None:
    theirs = world.birch.things["paper"]
    for name in ("files:replace_paper", "files:take_out_paper"):
        assert client(world).post(reverse(name, args=[world.partnership.slug, theirs.pk])).status_code == 404


@pytest.mark.parametrize("deed", ["add", "replace", "take_out"])
def test_what_money_rests_on_is_added_replaced_and_taken_out_with_the_proof_that_money_asks_for(world: World, deed: str) -> None:
    slug, letter = world.partnership.slug, make.paper(world.partnership.pk, "Bank letter", kind=Paper.SUPPLIER_EVIDENCE)
    words = [] if deed == "add" else [letter.pk]
    sent = {"key": keys.new_key(), "title": "Bank", "kind": "supplier_evidence", "audience": "members"}
    before = set(StoredFile.objects.ready())
    unproven = enter(Client(), world.person(R.MANAGER), second_factor=False)
    for browser, page in ((unproven, "evidence"), (unproven, "paper"), (client(world), "paper")):
        address = reverse(f"files:{deed}_{page}", args=[slug, *words])
        answer = browser.post(address, {**sent, "file": SimpleUploadedFile("b.txt", b"Pay to 99999999")})
        proves = answer.status_code == 302 and answer.headers["Location"].startswith(reverse("people:prove"))
        assert proves if page == "evidence" else answer.status_code == (200 if deed == "add" else 404)
        assert set(StoredFile.objects.ready()) == before
    address = reverse(f"files:{deed}_evidence", args=[slug, *words])
    assert client(world).post(address, {**sent, "file": SimpleUploadedFile("b.txt", b"Pay to 1234")}).status_code == 302
    now = set(StoredFile.objects.ready())
    assert len(now - before) == (deed != "take_out") and (letter in now) == (deed == "add")
    assert {one.kind for one in now - before} <= {Paper.SUPPLIER_EVIDENCE}


def test_the_list_leads_to_the_page_of_each_kind(world: World) -> None:
    slug, letter = world.partnership.slug, make.paper(world.partnership.pk, "Bank letter", kind=Paper.SUPPLIER_EVIDENCE)
    words = client(world).get(reverse("files:papers", args=[slug])).content.decode()
    assert reverse("files:replace_evidence", args=[slug, letter.pk]) in words
    assert reverse("files:replace_paper", args=[slug, world.things["paper"].pk]) in words
    words = (
        enter(Client(), world.person(R.MANAGER), second_factor=False)
        .get(reverse("files:add_paper", args=[slug]))
        .content.decode()
    )
    assert reverse("files:add_evidence", args=[slug]) in words and "supplier_evidence" not in words


def test_a_hostile_file_comes_back_with_the_remedy_and_nothing_is_kept(world: World) -> None:
    before = StoredFile.objects.count()
    page = send(world, "letter.docx", honest.package(honest.docx_parts(**{"word/vbaProject.bin": b"x"})))
    assert page.status_code == 200 and "Save it without them" in page.content.decode()
    assert StoredFile.objects.count() == before


@pytest.mark.parametrize(("times", "status", "words"), [(1.5, 200, "the most is"), (11, 413, "too much to send")])
def test_a_file_over_the_limit_is_refused_before_it_fills_a_disk(world: World, times: float, status: int, words: str) -> None:
    with_limit = settings.FILES_LARGEST
    page = send(world, "large.pdf", b"%PDF-1.7" + bytes(int(with_limit * times)))
    assert page.status_code == status and words in page.content.decode()


def test_an_empty_file_and_none_are_told_apart(world: World) -> None:
    assert "The file is empty" in send(world, "a.txt", b"").content.decode()
    page = client(world).post(reverse("files:add_paper", args=[world.partnership.slug]), {"kind": "other", "audience": "office"})
    assert "Choose the file" in page.content.decode()


def test_a_replaced_paper_keeps_its_title_and_the_older_one_is_gone(world: World) -> None:
    older = world.things["paper"]
    address = reverse("files:replace_paper", args=[world.partnership.slug, older.pk])
    assert client(world).post(address, {"file": SimpleUploadedFile("new.txt", b"New words")}).status_code == 302
    newer = StoredFile.objects.get(replaces=older)
    assert (newer.title, newer.audience, newer.state) == (older.title, older.audience, FileState.READY)
    assert client(world).get(reverse("files:download", args=[older.pk])).status_code == 404
    for stale in (address, reverse("files:take_out_paper", args=[world.partnership.slug, older.pk])):
        answer = client(world).post(stale, {"file": SimpleUploadedFile("new.txt", b"Again")})
        assert answer.status_code == 409 and "replaced already" in answer.content.decode()
    assert client(world).get(address).status_code == 404
    assert client(world, R.HEAD).post(address).status_code == 403


def test_two_people_taking_out_the_same_paper_meet_one_conflict(world: World) -> None:
    paper = world.things["paper"]
    actions.take_out_file(file=paper, by=world.alder.standing("manager"))
    with pytest.raises(Conflict):
        actions.take_out_file(file=paper, by=world.alder.standing("finance"))


def test_every_file_goes_out_as_an_attachment_that_may_do_nothing(world: World, figure: Figure) -> None:
    kept = []
    for name, data in honest.files(28):
        try:
            kept.append(
                actions.keep_file(
                    key=keys.new_key(), name=name, data=data, kind="other", partnership=world.partnership.pk, by=make.SYSTEM
                )
            )
        except Invalid:
            continue
    inline = 0
    for one in kept:
        answer = client(world).get(reverse("files:download", args=[one.pk]))
        headers = answer.headers
        safe = (
            headers["Content-Disposition"].startswith("attachment")
            and headers["X-Content-Type-Options"] == "nosniff"
            and "sandbox" in headers["Content-Security-Policy"]
            and "default-src 'none'" in headers["Content-Security-Policy"]
            and "no-store" in headers["Cache-Control"]
            and not headers["Content-Type"].startswith(("text/html", "image/svg"))
        )
        inline += not safe
    figure("promise 19", f"{len(kept)} files given back, {inline} inline or without their headers")
    assert len(kept) > 25 and not inline


def test_bytes_lie_under_names_that_tell_nothing_where_nothing_serves_them(world: World) -> None:
    paper = world.things["paper"]
    stored = Path(storages["files"].path(paper.stored_as))
    assert paper.name not in str(stored) and stored.is_relative_to(settings.VAR)
    assert stored.stat().st_mode & 0o077 == 0
    assert not any(Path(root).resolve() in stored.resolve().parents for root in [settings.STATIC_ROOT])


def test_a_file_that_was_altered_in_the_store_is_not_given_out(world: World) -> None:
    paper = world.things["paper"]
    stored = Path(storages["files"].path(paper.stored_as))
    whole = stored.read_bytes()
    stored.write_bytes(b"something else")
    with pytest.raises(queries.Damaged):
        queries.content_of(paper)
    stored.write_bytes(whole)  # the files of the world are those of every test of this process
    assert queries.content_of(paper) == whole


def test_a_form_with_a_file_is_one_that_can_carry_it(world: World) -> None:
    page = client(world).get(reverse("files:add_paper", args=[world.partnership.slug])).content.decode()
    assert 'enctype="multipart/form-data"' in page


def test_text_under_a_box_is_shown_before_the_paper_is_kept(world: World) -> None:
    _, fake, words = next(redacted.fakes(1))
    page = send(world, "report.pdf", fake).content.decode()
    assert words in page and "still be copied out" in page and 'name="sure"' in page
    assert not StoredFile.objects.filter(title="report").exists()
    assert send(world, "report.pdf", fake, sure="on").status_code == 302
    assert StoredFile.objects.filter(title="report").exists()
