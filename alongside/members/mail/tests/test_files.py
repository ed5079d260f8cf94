"""The files that came with a mail stand with it, checked and cleaned as every file is; what is not taken says why."""

from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Refused
from alongside.ground.files.models import StoredFile
from alongside.members.mail import actions, queries, tasks
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.files import MOST_FILES, key_of_file
from alongside.members.mail.tests.make import mail
from alongside.members.membership.tests import make
from alongside.members.notices.rules.tags import tagged
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db]
SYSTEM = Standing.system()


@pytest.fixture
def place() -> Partnership:
    return make.partnership()


def with_files(**data: bytes) -> EmailMessage:
    """A mail with files, each by its name with _ for a dot."""
    made = mail("Here they are.", "head@oak.example")
    for name, one in data.items():
        made.add_attachment(one, "application", "octet-stream", filename=name.replace("_", "."))
    return made


def take(place: Partnership, raw: bytes, settings: Any) -> Mail:
    return actions.take_in(raw=raw, sent_to=[tagged(settings.ANSWERS_TO, place.pk, settings.SECRET_KEY)], by=SYSTEM)


def test_files_are_kept_once_for_the_office_alone_and_what_is_not_taken_says_why(place: Partnership, settings: Any) -> None:
    taken = take(
        place, with_files(dates_csv=b"When,What\n8 March,Open evening\n", notes_txt=b"Yes", game_exe=b"MZ\0").as_bytes(), settings
    )
    assert taken.files == 3
    for _ in range(2):  # a worker may die in the middle of it
        tasks.keep_files(taken.pk)
    kept = StoredFile.objects.order_by("name")
    assert [(one.name, one.partnership, one.audience) for one in kept] == [
        ("dates.csv", place.pk, "office"), ("notes.txt", place.pk, "office"),
    ]  # fmt: skip
    taken.refresh_from_db()
    assert taken.not_kept.startswith("game.exe: Choose a PDF") and "\n" not in taken.not_kept
    manager, head = make.person("Mo", Post.MANAGER, partnership=place), make.person("Ann", Post.HEAD, school=make.school(990_050))
    assert [one.title for one in queries.files_of(taken, viewer=manager)] == ["dates", "notes"]
    assert not queries.files_of(taken, viewer=head)
    with pytest.raises(Refused):
        actions.keep_files(mail=taken, by=manager)
    client = enter(Client(), Person.objects.get(pk=manager.person))
    page = client.get(reverse("mail:mail", args=[place.slug, taken.pk])).content.decode()
    assert "dates" in page and "1 file was not taken, and is in the mail as it came" in page and "game.exe: Choose a PDF" in page
    file = client.get(reverse("files:download", args=[kept[0].pk]))
    assert file.content.endswith(b"When,What\n8 March,Open evening\n") and "attachment" in file["Content-Disposition"]


def test_what_could_do_harm_is_not_kept_but_in_the_mail_as_it_came(place: Partnership, settings: Any) -> None:
    harmful = with_files(sums_csv=b"Sum\n=HYPERLINK(1)\n", page_txt=b"<script>alert(1)</script>", a_pdf=b"%PDF-1.4 no more")
    taken = take(place, harmful.as_bytes(), settings)
    assert actions.keep_files(mail=taken, by=SYSTEM) == 0 and not StoredFile.objects.exists()
    taken.refresh_from_db()
    assert [line.partition(":")[0] for line in taken.not_kept.splitlines()] == ["sums.csv", "page.txt", "a.pdf"]
    assert taken.raw == harmful.as_bytes()


def test_of_very_many_files_the_first_are_kept(place: Partnership, settings: Any) -> None:
    taken = take(place, with_files(**{f"n{at}_txt": b"x" for at in range(MOST_FILES + 2)}).as_bytes(), settings)
    assert actions.keep_files(mail=taken, by=SYSTEM) == MOST_FILES
    taken.refresh_from_db()
    assert taken.not_kept.splitlines()[-1] == f"n{MOST_FILES + 1}.txt: there are more than {MOST_FILES}"
    assert len({key_of_file(taken.pk, at) for at in range(MOST_FILES)}) == MOST_FILES


def test_mail_of_no_partnership_and_automatic_mail_keep_no_files(place: Partnership, settings: Any) -> None:
    make.partnership("Birch partnership")
    nobodys = actions.take_in(raw=with_files(a_txt=b"x").as_bytes(), by=SYSTEM)
    machine = with_files(b_txt=b"x")
    machine["Precedence"] = "bulk"
    assert [actions.keep_files(mail=one, by=SYSTEM) for one in (nobodys, take(place, machine.as_bytes(), settings))] == [0, 0]
    assert actions.keep_files(mail=actions.hand_to_office(mail=nobodys, partnership=place, by=SYSTEM), by=SYSTEM) == 1
