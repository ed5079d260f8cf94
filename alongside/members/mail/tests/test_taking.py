"""Mail that comes in is kept once, handed to the room whose message it answers, or waits for the office."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Refused
from alongside.ground.web import declared
from alongside.ground.web.mail import message_id
from alongside.members.mail import actions, queries
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.tests.make import answer_to, mail
from alongside.members.membership.models import Question
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.rules.tags import tagged
from alongside.members.notices.tests.make import notice
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SYSTEM = Standing.system()
DOOR = "answers@schools.example.org"


@pytest.fixture
def place() -> Partnership:
    return make.partnership()


@pytest.fixture
def invitation(place: Partnership) -> Notice:
    (oak,) = make.asked(place, 1)
    make.asking.invite_schools(partnership=place, addresses={oak.pk: "head@oak.example"}, seen=UNSEEN, by=SYSTEM)
    return Notice.objects.get(kind="membership.invitation")


def take(raw: bytes, *sent_to: str) -> Mail:
    return actions.take_in(raw=raw, sent_to=sent_to, by=SYSTEM)


def test_an_answer_to_an_invitation_is_a_question_once(invitation: Notice) -> None:
    raw = answer_to(invitation, "Does the fee cover supply?")
    first, again = take(raw), take(raw)
    other_way = take(b"Received: by another way\n" + raw, DOOR)
    assert first.pk == again.pk == other_way.pk and first.mail_state is MailState.TAKEN
    question = Question.objects.get()
    assert (question.words, question.email, question.school) == (
        "Does the fee cover supply?",
        "head@oak.example",
        invitation.school,
    )
    assert str(question.pk) in first.link and first.became.startswith("Asked as a question")


def test_the_office_answers_a_question_from_its_mailbox(invitation: Notice) -> None:
    take(answer_to(invitation, "Does the fee cover supply?"))
    told = Notice.objects.get(kind="membership.question_asked")
    raw = answer_to(told, "It does.")
    assert take(raw).mail_state is MailState.TAKEN
    question = Question.objects.get()
    assert question.reply == "It does." and not question.is_public
    answered = Notice.objects.get(kind="membership.question_answered")
    assert answered.to == "head@oak.example" and "It does." in answered.body
    late = take(answer_to(told, "It does not."))
    assert late.mail_state is MailState.WAITING and "answered this question meanwhile" in late.why
    more = take(answer_to(answered, "And travel?"))
    assert more.mail_state is MailState.TAKEN and Question.objects.count() == 2


def test_who_it_says_it_is_from_opens_nothing(invitation: Notice, place: Partnership) -> None:
    forged = take(mail("We sign.", "head@oak.example").as_bytes(), tagged(DOOR, place.pk, "wrong"))
    elsewhere = take(answer_to(invitation, "We sign.", "thief@elsewhere.example"))
    assert not Question.objects.exists()
    assert {one.mail_state for one in (forged, elsewhere)} == {MailState.WAITING}
    assert "thief@elsewhere.example" in elsewhere.why and forged.why == actions.NOT_OURS


@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<x.y>"}, {"Subject": "Automatic reply: x"}],
)
def test_a_machine_begins_nothing(invitation: Notice, headers: dict[str, str]) -> None:
    kept = take(answer_to(invitation, "I am away until Monday.", **headers))
    assert kept.mail_state is MailState.AUTOMATIC and not Question.objects.exists()
    assert kept.words == "I am away until Monday." and not kept.whole


def test_our_own_mail_that_comes_back_round_is_kept_and_wakes_nothing(invitation: Notice) -> None:
    ours = answer_to(invitation, "Dear head", Message_ID=message_id(invitation.pk))
    before = Notice.objects.count()
    assert take(ours).mail_state is MailState.AUTOMATIC and Notice.objects.count() == before


def test_a_report_that_it_did_not_arrive_is_noted_beside_the_message(place: Partnership) -> None:
    sent = notice(place)
    report = (
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nNo such user\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {sent.to}\nAction: failed\nStatus: 5.1.1\n\n--B\nContent-Type: message/rfc822\n\n"
        f"Message-ID: {message_id(sent.pk)}\nTo: {sent.to}\nSubject: x\n\nx\n--B--\n"
    )
    assert take(report.encode()).mail_state is MailState.AUTOMATIC
    assert Returned.objects.get().notice == sent


def test_the_address_of_a_partnership_says_whose_a_letter_is(settings: Any) -> None:
    one, other = make.partnership("Elm partnership"), make.partnership("Oak partnership")
    settings.ANSWERS_TO, settings.SECRET_KEY = DOOR, "a secret"
    assert take(mail("Good day").as_bytes(), tagged(DOOR, other.pk, "a secret")).partnership == other
    assert take(mail("Good evening").as_bytes(), DOOR).partnership is None and one.mails.count() == 0


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"no header at all", b"From: a@b.example\n\n" + b"x" * 100_000])
def test_nothing_is_lost_whatever_it_is(place: Partnership, raw: bytes) -> None:
    kept = take(raw)
    assert kept.mail_state is MailState.WAITING and kept.raw == raw and kept.partnership == place


def test_too_long_an_answer_waits_with_the_reason(invitation: Notice) -> None:
    kept = take(answer_to(invitation, "word " * 500))
    assert kept.mail_state is MailState.WAITING and "1,000 characters" in kept.why and not Question.objects.exists()


def test_an_answer_without_words_waits(invitation: Notice) -> None:
    assert take(answer_to(invitation, "")).why == actions.EMPTY


def test_the_office_sees_to_what_waits(place: Partnership) -> None:
    kept = take(mail("Good day").as_bytes())
    manager = make.person("Mo", Post.MANAGER, partnership=place)
    with pytest.raises(Refused):
        actions.see_to(mail=kept, by=make.person("Ann", Post.HEAD, school=make.school(990_050)))
    assert actions.see_to(mail=kept, by=manager).mail_state is MailState.DONE
    with pytest.raises(Conflict):
        actions.see_to(mail=kept, by=manager)
    with pytest.raises(Refused):
        actions.take_in(raw=b"x", by=manager)


def test_the_pages_show_a_letter_its_answer_and_how_to_set_a_rule_up(place: Partnership, settings: Any) -> None:
    settings.ANSWERS_TO = DOOR
    kept = take(mail("Good day\n\nOn Mon, 7 Mar 2022, Elthorne wrote:\n> old words", Subject="<b>Bold</b>").as_bytes())
    office = enter(Client(), Person.objects.get(pk=make.person("Mo", Post.MANAGER, partnership=place).person))
    page = office.get(reverse("mail:mails", args=[place.slug])).content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page and "1 message" in page
    shown = office.get(reverse("mail:mail", args=[place.slug, kept.pk])).content.decode()
    assert "Good day" in shown and "old words" in shown and "mailto:head@oak.example" in shown
    assert office.get(reverse("mail:mail_file", args=[place.slug, kept.pk])).content == kept.raw
    rule = office.get(reverse("mail:forwarding", args=[place.slug])).content.decode()
    assert "Redirect to" in rule and f"answers+{place.pk}" in rule
    gone = office.post(reverse("mail:see_to", args=[place.slug, kept.pk]), follow=True).content.decode()
    assert "this mail is dealt with" in gone


@pytest.mark.parametrize(
    ("sender", "label"),
    [
        ("Ann Okoro <head@oak.example>", "Ann Okoro"),
        ("head@oak.example", "head@oak.example"),
        ("", "somebody whose address does not stand there"),
    ],
)
def test_the_office_reads_from_whom_a_mail_waits_that_names_nobody(place: Partnership, sender: str, label: str) -> None:
    take(f"From: {sender}\n\nIs anybody there?".encode(), tagged(settings.ANSWERS_TO, place.pk, settings.SECRET_KEY))
    manager = make.manager(place)
    ((row,),) = queries.needs(viewer=manager, on=clock.today())
    assert row[4] == label
    assert declared.rows()["mail.waits"].query == f"?state={MailState.WAITING}"
    assert queries.mail_to(place, state=MailState.WAITING, viewer=manager).count() == row[5] == 1
