"""What an applicant answers by mail comes before nobody: not their name, nor their address, nor their link."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.deciding.recruitment.actions import applying
from alongside.deciding.recruitment.models import Application
from alongside.deciding.recruitment.tests.make import VISITOR, Competition
from alongside.ground.core import clock
from alongside.ground.core.standing import Standing
from alongside.ground.web.mail import message_id
from alongside.members.mail.actions import take_in
from alongside.members.mail.models import Mail
from alongside.members.mail.queries import mail_of_nobody
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.tests.make import answer_to, mail
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.tags import tagged
from alongside.members.notices.tests.make import notice
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.on(2022, 4, 25)]
SYSTEM = Standing.system()


@pytest.fixture
def there() -> Competition:
    return Competition()


def own_link(there: Competition, settings: Any) -> str:
    return settings.ADDRESS + reverse("recruitment:application", args=[there.partnership.slug, there.ann.link])


def answers(there: Competition, settings: Any) -> dict[str, tuple[bytes, list[str]]]:
    """An answer to the receipt, by each way on which it is found; with what it quotes."""
    sent = Notice.objects.get(link=there.ann.page, kind="recruitment.received")
    head = "Thank you, Ann\n\nOn Mon, 7 Mar 2022 at 08:00, Elthorne wrote:\n> Received: your application\n> "
    quote = head + own_link(there, settings)
    door, office = (tagged(settings.ANSWERS_TO, key, settings.SECRET_KEY) for key in (sent.pk, there.partnership.pk))
    bounce = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; other@applicant.example\nAction: failed\nStatus: 5.1.1\n\n--B\nContent-Type: message/rfc822\n\n"
        f"Message-ID: {message_id(sent.pk)}\nTo: {sent.to}\n\n{own_link(there, settings)}\n--B--\n"
    )
    return {
        "its references": (answer_to(sent, quote), []),
        "its references, by way of the office": (answer_to(sent, quote), [office]),
        "the tag of the message": (mail("Thank you, Ann", sent.to).as_bytes(), [door]),
        "another address of theirs": (answer_to(sent, quote, "ann@home.example"), []),
        "a link in its quote": (mail(quote, sent.to).as_bytes(), [office]),
        "a link in its page": (mail("x", sent.to).as_bytes().replace(b"x\n", f"{own_link(there, settings)}\n".encode()), []),
        "an automatic answer": (answer_to(sent, quote, Auto_Submitted="auto-replied"), [office]),
        "a report about another address": (bounce.encode(), [office]),
        "our own message that comes back round": (mail(quote, sent.to, Message_ID=message_id(sent.pk)).as_bytes(), [office]),
        "what cannot be read": (b"From: a@b.example\n\n" + b"\n" * 3_000_001, [door, office]),
    }


WAYS = (
    "its references", "its references, by way of the office", "the tag of the message", "another address of theirs",
    "a link in its quote", "a link in its page", "an automatic answer", "a report about another address",
    "our own message that comes back round", "what cannot be read",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_no_office_sees_who_applied_however_the_answer_comes(there: Competition, settings: Any, way: str) -> None:
    raw, sent_to = answers(there, settings)[way]
    kept, again = (take_in(raw=raw, sent_to=sent_to, by=SYSTEM) for _ in range(2))
    assert kept == again and kept.partnership is None and kept.mail_state in {MailState.NOT_READ, MailState.AUTOMATIC}
    texts = ("sender", "name", "handed_on_by", "person", "subject", "words", "quoted", "whole", "why", "link")
    told = Mail.objects.values(*texts).get()
    assert not any(told.values())
    assert not mail_of_nobody(viewer=SYSTEM).exists()
    office = enter(Client(), Person.objects.get(pk=there.manager.person))
    for state in ("", *MailState):
        page = office.get(reverse("mail:mails", args=[there.partnership.slug]), {"state": str(state)}).content.decode()
        assert "applicant.example" not in page and "Thank you" not in page


def not_read() -> list[Notice]:
    return list(Notice.objects.filter(kind__in=["recruitment.not_read", "mail.not_read"]).order_by("written_at", "pk"))


def test_whoever_answers_hears_where_to_write_once_a_week(there: Competition, settings: Any) -> None:
    ways = answers(there, settings)
    for way in ("an automatic answer", "a report about another address", "our own message that comes back round"):
        take_in(raw=ways[way][0], by=SYSTEM)
    assert not not_read(), "no machine is answered"
    for way in ("its references", "another address of theirs", "the tag of the message"):
        take_in(raw=ways[way][0], sent_to=ways[way][1], by=SYSTEM)
    (told,) = not_read()
    assert told.to == there.ann.email and "Write to clerk@example.org" in told.body and told.partnership is None
    assert take_in(raw=answer_to(told, "So whom?"), by=SYSTEM).mail_state is MailState.NOT_READ and len(not_read()) == 1
    with clock.at(clock.start_of(clock.today(), 9).replace(month=5, day=10)):
        take_in(raw=answer_to(told, "And now?"), by=SYSTEM)
        take_in(raw=answer_to(Notice.objects.get(link=there.ann.page, kind="recruitment.received"), "And now?"), by=SYSTEM)
    assert len(not_read()) == 2
    applying.withdraw(link=there.ann.link, by=VISITOR)
    assert not not_read() and not Application.objects.filter(pk=there.ann.pk).exists()


def test_whoever_is_known_by_a_link_alone_hears_it_too(there: Competition, settings: Any) -> None:
    raw, sent_to = answers(there, settings)["a link in its quote"]
    for words in (b"Thank you", b"Thanks"):
        take_in(raw=raw.replace(b"Thank you", words), sent_to=sent_to, by=SYSTEM)
    (told,) = not_read()
    assert told.to == there.ann.email and "Questions? Write to" in told.body


def test_what_is_sent_to_the_address_of_another_message_is_for_that(there: Competition, settings: Any) -> None:
    other = notice(there.partnership, to=there.ann.email)
    words = f"Yes. By the way: {own_link(there, settings)}"
    kept = take_in(
        raw=mail(words, other.to).as_bytes(), sent_to=[tagged(settings.ANSWERS_TO, other.pk, settings.SECRET_KEY)], by=SYSTEM
    )
    assert kept.partnership == there.partnership and there.ann.link not in kept.words + kept.whole
