"""Mail that came in: whoever is erased is found in it however it is encoded, and its files go when it goes."""

from argparse import Namespace
from datetime import timedelta
from email.message import EmailMessage
from email.mime.text import MIMEText

import pytest
from django.core.files.storage import storages

from alongside.across.keeping import commands
from alongside.across.keeping.actions import erasing, retention
from alongside.across.keeping.rules.erasure import Because, Identity, without
from alongside.across.keeping.rules.periods import Subject
from alongside.across.keeping.tests import make
from alongside.across.keeping.tests.conftest import Place
from alongside.ground.core import clock
from alongside.ground.core.declaration import Columns
from alongside.ground.files.models import StoredFile
from alongside.ground.web import declared
from alongside.members.mail.actions import keep_files, take_in
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.whole import kept
from alongside.members.partnerships.tests import make as partnerships

NAME = "Siobhán Canaria"
WHO = Identity("k", frozenset({NAME}), frozenset({make.ADDRESS}))
PLAIN = "From: a@b.example\n"


def encoded(how: str) -> bytes:
    """A mail that names the person in words that nobody finds by looking at its letters."""
    if how in {"base64", "quoted-printable"}:
        part = MIMEText(f"Ask {NAME}.", "plain", "utf-8")
        if how == "quoted-printable":
            part.replace_header("Content-Transfer-Encoding", how)
            part.set_payload("Ask Siobh=C3=A1n Ca=\nnaria.")
        return part.as_bytes()
    if how == "within a letter":
        outer, inner = EmailMessage(), EmailMessage()
        inner.set_content(NAME, cte="base64")
        outer.set_content("See below")
        outer.add_attachment(inner)
        return outer.as_bytes()
    return {
        "eight bits": f"{PLAIN}Content-Type: text/plain; charset=utf-8\n\nAsk {NAME}.".encode(),
        "UTF-16": f"{PLAIN}Content-Type: text/plain; charset=utf-16\n\n".encode() + f"Ask {NAME}.".encode("utf-16"),
        "a heading": f"{PLAIN}Subject: =?utf-8?B?U2lvYmjDoW4gQ2FuYXJpYQ==?=\n\nAsk.".encode(),
        "a heading, twice": f"{PLAIN}Cc: b@c.example\nCc: =?utf-8?Q?Siobh=C3=A1n?= Canaria <x@y.example>\n\nAsk.".encode(),
        "a page": f"{PLAIN}Content-Type: text/html\n\nAsk <b>Siobh&aacute;n</b>&nbsp;Canaria.".encode(),
        "the name of a file": f"{PLAIN}Content-Type: image/png; name*=utf-8''Siobh%C3%A1n%20Canaria.png\n\nx".encode(),
        "what cannot be looked into": b"From: a@b.example\n\n" + b"\n" * 3_100_000,
    }[how]


HOW = (
    "base64", "quoted-printable", "within a letter", "eight bits", "UTF-16", "a heading", "a heading, twice", "a page",
    "the name of a file", "what cannot be looked into",
)  # fmt: skip


def rows(place: Place) -> dict[str, Mail]:
    given = {"partnership": place.partnership, "came_at": clock.now(), "state": "waiting"}
    told = {how: encoded(how) for how in HOW} | {"nobody": b"From: a@b.example\n\nAsk Siobh\xc3\xa1n."}
    return {how: Mail.objects.create(mark=how, whole=kept(raw), **given) for how, raw in told.items()}


def erased(place: Place) -> None:
    person = make.somebody(place.school)
    person.name = NAME
    person.save()
    erasing.erase_person(person=person, because=Because.ASKED, by=make.SYSTEM)


def left() -> set[str]:
    return set(Mail.objects.exclude(whole="").values_list("mark", flat=True))


def test_whoever_is_erased_stands_in_no_mail_however_it_is_encoded(place: Place) -> None:
    found = [how for how, row in rows(place).items() if without(row.whole, WHO) != row.whole]
    assert not found, "by its letters alone none is found: that was the fault"
    erased(place)
    assert left() == {"nobody"}


def test_a_table_that_does_not_say_what_is_encoded_in_it_is_caught(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    rows(place)
    monkeypatch.setitem(declared.erasure(), "mail.Mail", Columns(words="whole"))
    erased(place)
    assert left() == {*HOW, "nobody"}


def with_a_file(place: Place, sender: str) -> Mail:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, "With a file"
    mail.set_content("Here it is.")
    mail.add_attachment(b"own words of zq", "text", "plain", filename="own.txt")
    taken = take_in(raw=mail.as_bytes(), by=make.SYSTEM)
    assert keep_files(mail=taken, by=make.SYSTEM) == 1
    return taken


def stored() -> set[str]:
    return {f"{folder}/{name}" for folder in storages["files"].listdir("")[0] for name in storages["files"].listdir(folder)[1]}


def test_the_files_of_a_mail_go_with_its_sender(place: Place, django_capture_on_commit_callbacks: object) -> None:
    gone, stays = with_a_file(place, make.ADDRESS), with_a_file(place, "other@else.example")
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_person(person=make.somebody(place.school), because=Because.ASKED, by=make.SYSTEM)
    assert {one.kind for one in StoredFile.objects.all()} == {f"mail:{stays.pk}"} != {f"mail:{gone.pk}"}
    assert len(stored()) == 1 and stored() == set(StoredFile.objects.values_list("stored_as", flat=True))


def test_the_files_of_a_mail_are_kept_as_long_as_it_is_kept_as_it_came(
    place: Place, django_capture_on_commit_callbacks: object
) -> None:
    mail = with_a_file(place, "other@else.example")

    def swept(days: int) -> list[str]:
        with clock.at(clock.now() + timedelta(days=days)), django_capture_on_commit_callbacks(execute=True):
            return next(one.rows for one in retention.sweep(by=make.SYSTEM) if one.period.subject is Subject.MAIL_FILES)

    assert not swept(31), "it waits for somebody, so it is kept"
    Mail.objects.filter(pk=mail.pk).update(state="done")
    assert not swept(29) and stored()
    assert len(swept(31)) == 1 and not stored()


def test_whoever_runs_it_is_told_of_mail_that_belongs_to_no_partnership(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    partnerships.partnership("Birch")
    commands.check(Namespace(head=""))
    assert "mails" not in capsys.readouterr().out
    take_in(raw=b"From: a@b.example\n\nGood day", by=make.SYSTEM)
    commands.check(Namespace(head=""))
    assert "1 mail belongs to no partnership: see `alongside mails`." in capsys.readouterr().out
