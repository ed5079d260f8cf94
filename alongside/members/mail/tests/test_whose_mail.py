"""With whose office a mail stands that no room took, and what is a report, ours, or nobody's."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from alongside.ground.core import clock
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Refused
from alongside.ground.web.mail import message_id
from alongside.members.mail import actions, commands
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.tests.make import answer_to, mail
from alongside.members.membership.models import Question
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice, Returned
from alongside.members.notices.rules.tags import tagged
from alongside.members.notices.tests.make import notice
from alongside.members.partnerships import actions as partnerships
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.on(2022, 3, 11)]
SYSTEM = Standing.system()


class Place:
    """A partnership with a member school, its head Eve, and its manager."""

    def __init__(self) -> None:
        self.partnership = make.partnership()
        self.elm = make.school(990_001, "Elm")
        partnerships.admit_school(partnership=self.partnership, school=self.elm, from_on=date(2022, 1, 1), by=SYSTEM)
        self.manager = make.person("Mo", Post.MANAGER, partnership=self.partnership)
        self.eve = make.person("Eve", Post.HEAD, school=self.elm)


@pytest.fixture
def place() -> Place:
    return Place()


def take(raw: bytes, *sent_to: str) -> Mail:
    return actions.take_in(raw=raw, sent_to=sent_to, by=SYSTEM)


def door(key: str, settings: Any) -> str:
    return tagged(settings.ANSWERS_TO, key, settings.SECRET_KEY)


EVE = "eve@example.org"


def test_a_report_about_another_address_is_for_the_office_to_read(place: Place) -> None:
    sent = notice(place.partnership)
    report = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail Returned to Sender\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; {}\nAction: failed\nStatus: 5.1.1\n\n--B\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {message_id(sent.pk)}\nTo: {sent.to}\n\n--B--\n"
    )
    kept = take(report.format("other@oak.example").encode())
    assert (kept.mail_state, kept.why, kept.answers) == (
        MailState.WAITING,
        actions.ANOTHER,
        sent,
    ) and not Returned.objects.exists()
    assert take(report.format(sent.to).encode()).mail_state is MailState.AUTOMATIC and Returned.objects.get().notice == sent
    stray = report.format("other@oak.example").replace(sent.pk, "0123456789ab")
    assert take(stray.encode()).mail_state is MailState.AUTOMATIC, "about no message of ours: it wakes nobody"


def test_ours_is_what_bears_a_key_of_ours_and_not_what_comes_from_our_host(place: Place, settings: Any) -> None:
    for named in ("<CAF123@127.0.0.1>", "<0123456789ab@127.0.0.1>"):
        kept = take(mail(f"Good day {named}", Message_ID=named).as_bytes(), door(place.partnership.pk, settings))
        assert kept.mail_state is MailState.WAITING
    ours = mail("Good day", Message_ID=message_id(notice(place.partnership).pk)).as_bytes()
    assert take(ours, door(place.partnership.pk, settings)).mail_state is MailState.AUTOMATIC


def of_nobody(**facts: Any) -> Notice:
    """A message of no partnership, as the week's mail is."""
    return notice(None, kind="notices.week", to=EVE, **facts)


def test_an_answer_to_what_gathers_stands_with_an_office_that_it_concerns(place: Place, settings: Any) -> None:
    other = make.partnership("Birch partnership")
    elsewhere = make.school(990_050, "Ash")
    partnerships.admit_school(partnership=other, school=elsewhere, from_on=date(2022, 1, 1), by=SYSTEM)
    make.person("Zed", Post.HEAD, school=elsewhere)
    week = of_nobody(person=place.eve.person)
    assert take(mail("When?", EVE).as_bytes(), door(week.pk, settings)).partnership == place.partnership, "its reader's"
    notice(other, digest=week, to=EVE)
    assert take(mail("Where?", EVE).as_bytes(), door(week.pk, settings)).partnership == other, "that of what it gathered"
    assert take(mail("Who?", "zed@example.org").as_bytes()).partnership == other, "the sender's"
    manager = enter(Client(), Person.objects.get(pk=place.manager.person))
    assert "1 message" in manager.get(f"/p/{place.partnership.slug}/mail/").content.decode()


def test_what_belongs_to_nobody_is_seen_by_whoever_runs_the_installation(place: Place, capfdbinary: Any) -> None:
    other = make.partnership("Birch partnership")
    kept = take(mail("Good day", "somebody@far.example", Subject="A kiln").as_bytes())
    assert kept.partnership is None
    assert commands.of_nobody("", "") == 0
    told = capfdbinary.readouterr()
    assert (
        f"{kept.pk}  {kept.came_at:%Y-%m-%d %H:%M}  somebody@far.example: A kiln" in told.out.decode() and b"1 mail" in told.err
    )
    assert commands.of_nobody(kept.pk, "") == 0 and capfdbinary.readouterr().out == kept.raw
    assert [commands.of_nobody(*asked) for asked in (("0123456789ab", ""), (kept.pk, "nowhere"))] == [2, 2]
    assert commands.of_nobody(kept.pk, other.slug) == 0 and Mail.objects.get().partnership == other
    with pytest.raises(Conflict):
        actions.hand_to_office(mail=kept, partnership=place.partnership, by=SYSTEM)
    with pytest.raises(Refused):
        actions.hand_to_office(mail=kept, partnership=place.partnership, by=place.manager)
    assert commands.of_nobody("", "") == 0 and b"0 mails belong" in capfdbinary.readouterr().err


def test_the_address_of_whoever_has_left_answers_nothing_although_the_message_named_nobody(place: Place, settings: Any) -> None:
    (ash,) = make.asked(place.partnership, 1, 990_020)
    sent = notice(place.partnership, kind="membership.invitation", school=ash, to="zed@example.org")
    zed = make.person("Zed", Post.HEAD, school=ash)
    assert take(mail("Does it cover supply?", sent.to).as_bytes(), door(sent.pk, settings)).person == zed.person
    Person.objects.filter(pk=zed.person).update(is_active=False)
    kept = take(mail("And travel?", sent.to).as_bytes(), door(sent.pk, settings))
    assert (kept.mail_state, kept.why) == (MailState.WAITING, actions.LEFT) and Question.objects.count() == 1


def test_an_address_that_is_somebody_elses_by_now_answers_nothing_for_whoever_had_it(place: Place, settings: Any) -> None:
    (ash,) = make.asked(place.partnership, 1, 990_020)
    sent = notice(place.partnership, kind="membership.invitation", school=ash, to="head@ash.example", person=place.eve.person)
    raw = mail("Does it cover supply?", sent.to).as_bytes()
    Person.objects.filter(pk=make.person("Zed", Post.HEAD, school=ash).person).update(email=sent.to)
    kept = take(raw, door(sent.pk, settings))
    assert kept.mail_state is MailState.WAITING and kept.why.startswith("It came from") and not Question.objects.exists()


def test_mail_to_one_partnership_tells_nothing_of_what_another_sent(place: Place, settings: Any) -> None:
    other = make.partnership("Birch partnership")
    sent = notice(other, kind="membership.invitation", to=EVE)
    kept = take(answer_to(sent, "Yes"), door(place.partnership.pk, settings))
    assert (kept.partnership, kept.answers, kept.why) == (place.partnership, None, actions.NOT_OURS)


def test_where_there_is_one_partnership_its_office_sees_all(place: Place) -> None:
    make.partnership("Birch partnership")
    Partnership.objects.filter(name="Birch partnership").update(ended_on=clock.today())
    assert take(mail("Good day", "somebody@far.example").as_bytes()).partnership == place.partnership
