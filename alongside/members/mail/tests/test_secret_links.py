"""A link of ours that opens something to whoever holds it is shown to nobody in mail that comes in, however it stands there."""

from email.message import EmailMessage
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core.standing import Post, Standing
from alongside.ground.web.secret_paths import TAKEN_OUT, confidential_in, opens_by_itself, without_secrets
from alongside.members.mail import actions
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.reading import read
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.rules.whole import changed
from alongside.members.mail.tests.make import answer_to, mail
from alongside.members.membership.tests import make
from alongside.members.notices.actions import sending
from alongside.members.notices.tests.make import notice
from alongside.members.people.models import Person
from tests.signing_in import enter

SYSTEM = Standing.system()
TOKEN = "k3x9q2m7v5b8n4w6"
PATHS = (
    f"/i/{TOKEN}/", f"/i/{TOKEN}/pass-on/", f"/p/elm/answer/{TOKEN}/", f"/p/elm/answer/{TOKEN}/read/",
    f"/p/elm/application/{TOKEN}/", f"/p/elm/application/{TOKEN}/withdraw/", f"/public/calendar/{TOKEN}.ics",
    f"/password/reset/key/4f-{TOKEN}/",
)  # fmt: skip


@pytest.fixture
def own(settings: Any) -> str:
    settings.ADDRESS = "https://schools.example.org"
    return settings.ADDRESS


@pytest.mark.parametrize("path", PATHS)
def test_every_declared_link_is_found_as_programs_write_it(own: str, path: str) -> None:
    link = own + path
    wrapped = f"https://eur01.safelinks.protection.outlook.com/?url={quote(link, safe='')}&data=05"
    of_html = f'<a href="{link}">{link}</a>'
    defended = f"https://urldefense.com/v3/__{link}__;!!abc"
    broken = link.replace("/", "/\n> ").replace(":/\n> /\n> ", "://")
    for text in (link, link.upper(), link.removeprefix("https://"), path, wrapped, of_html, f"<{link}>", defended, broken):
        shown = without_secrets(f"See {text} now")
        assert TOKEN not in shown.lower() and TAKEN_OUT in shown and shown.startswith("See ") and shown.endswith(" now")
        assert opens_by_itself(text) and confidential_in(text) is ("application" in path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://schools.example.org/p/elm/vacancies/abcdefghijkl/",
        "https://other.example/i/abcdefghijkl/",
        "and/i/abcdefghijkl/",
        "https://schools.example.org/",
        "He said /i/ and left",
    ],
)
def test_what_opens_nothing_by_itself_stays(own: str, text: str) -> None:
    assert without_secrets(text) == text and not opens_by_itself(text)


@pytest.mark.parametrize("coding", ["7bit", "quoted-printable", "base64"])
def test_the_message_as_it_came_is_kept_without_it(own: str, coding: str) -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "a@b.example", "Re"
    made.set_content(f"Yes\n\n> {own}/i/{TOKEN}/\n", cte=coding)
    made.add_alternative(f'<p>Yes</p><blockquote><a href="{own}/i/{TOKEN}/">x</a></blockquote>', subtype="html", cte=coding)
    made.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="a.pdf")
    raw = changed(made.as_bytes(), without_secrets)
    said = read(raw)
    assert TOKEN.encode() not in raw and TAKEN_OUT in said.quoted and said.words == "Yes"
    assert [one.data for one in said.attached] == [b"\x00\x01"]
    plain = mail("Good day").as_bytes()
    assert changed(plain, without_secrets) == plain


@pytest.mark.django_db
def test_neither_the_page_nor_the_file_nor_the_list_shows_it(own: str) -> None:
    place = make.partnership()
    raw = mail(f"Good day {own}/i/{TOKEN}/\n\nOn 7 Mar 2022 at 08:00, Elthorne wrote:\n> {own}/p/elm/answer/{TOKEN}/",
               Subject=f"Re: {own}/i/{TOKEN}/").as_bytes()  # fmt: skip
    kept = actions.take_in(raw=raw, by=SYSTEM)
    assert kept.mail_state is MailState.WAITING and kept.partnership == place
    assert all(TOKEN not in str(value) for value in vars(Mail.objects.get()).values())
    office = enter(Client(), Person.objects.get(pk=make.person("Mo", Post.MANAGER, partnership=place).person))
    pages = [
        reverse(f"mail:{page}", args=[place.slug, *key])
        for page, key in (("mails", ()), ("mail", [kept.pk]), ("mail_file", [kept.pk]))
    ]
    for page in pages:
        assert TOKEN not in office.get(page).content.decode()
    assert TAKEN_OUT in office.get(pages[1]).content.decode()


@pytest.mark.django_db
def test_a_room_is_given_no_link_either(own: str) -> None:
    (oak,) = make.asked(make.partnership(), 1)
    sent = notice(make.Partnership.objects.get(), kind="membership.invitation", school=oak)
    kept = actions.take_in(raw=answer_to(sent, f"Does /i/{TOKEN}/ work?"), by=SYSTEM)
    assert kept.mail_state is MailState.TAKEN and TOKEN not in str(make.Question.objects.values())


@pytest.mark.django_db
def test_a_link_that_is_sent_as_a_secret_is_declared_at_its_address(own: str) -> None:
    with pytest.raises(ValueError, match="opened_by"):
        sending.send(
            template="people/second_code.txt", to="a@b.example", words={"name": "A"}, secret={"code": f"{own}/help/"}, by=SYSTEM
        )


@pytest.mark.django_db
def test_an_answer_to_what_is_erased_stands_with_no_office() -> None:
    make.partnership()
    sent = notice(None, kind="recruitment.received")
    raw = answer_to(sent, "Thank you")
    sent.delete()
    kept = actions.take_in(raw=raw, by=SYSTEM)
    assert (kept.mail_state, kept.partnership) == (MailState.WAITING, None)  # whoever runs the installation may look
