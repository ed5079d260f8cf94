"""Reminders: whom they reach, how often, and on which days."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.calendar.queries.days import school_days_of
from alongside.members.inviting import actions
from alongside.members.inviting.queries import chase_list
from alongside.members.inviting.rules import words_for
from alongside.members.membership.actions import answering, asking, office, signing
from alongside.members.membership.models import Chase, ChaseMail
from alongside.members.membership.queries.texts import settings_now
from alongside.members.membership.rules.answers import SubjectTo
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.people.models import Invitation

pytestmark = pytest.mark.usefixtures("tuesday")


def invited(place: Partnership, count: int = 3) -> list[Any]:
    """So many schools that were invited a week ago."""
    with clock.at(clock.start_of(date(2022, 3, 1), 9)):
        schools = make.asked(place, count)
        asking.invite_schools(
            partnership=place, addresses={one.pk: f"head@{one.urn}.example" for one in schools}, seen=UNSEEN, by=make.SYSTEM
        )
    return schools


def chased(place: Partnership, **words: object) -> Chase:
    given = {
        "subject": "Shall we count you in?",
        "body": "Please answer by [last day to sign], whatever the answer.",
        "key": keys.new_key(),
    }
    return actions.chase(partnership=place, **(given | words), seen=UNSEEN, by=make.SYSTEM)


def test_a_chase_reaches_just_those_that_have_not_answered(place: Partnership) -> None:
    silent, asker, signed, declined = invited(place, 4)
    make.question(place, asker)
    make.signed(place, signed)
    answering.decline(partnership=place, school=declined, by=make.SYSTEM)
    assert chased(place).count == 1
    assert list(ChaseMail.objects.values_list("school_id", flat=True)) == [silent.pk]


def test_a_reminder_without_a_subject_is_not_sent(place: Partnership) -> None:
    invited(place, 1)
    with pytest.raises(Invalid) as refused:
        chased(place, subject=" ")
    assert list(refused.value.problems) == ["subject"] and not Chase.objects.exists()


def test_nobody_is_reminded_who_has_just_heard_from_us(place: Partnership) -> None:
    silent, asker = invited(place, 2)
    question = make.question(place, asker)
    answering.answer_question(question=question, reply="Because.", by=make.SYSTEM)
    fresh = make.asked(place, 1, first_urn=991_001)
    asking.invite_schools(partnership=place, addresses={fresh[0].pk: "new@ash.example"}, seen=UNSEEN, by=make.SYSTEM)
    limits, days = settings_now(place, viewer=make.SYSTEM), school_days_of(place)
    chasing_now = chase_list(place, limits, days, viewer=make.SYSTEM)
    assert [one.name for one in chasing_now if one.verdict] == [silent.name]
    why = {one.verdict.reason for one in chasing_now if not one.verdict}
    assert why == {"heard from us on 8 March: give it time to answer"}
    assert chased(place).count == 1


def test_a_double_press_sends_one_reminder_to_each(place: Partnership) -> None:
    invited(place, 2)
    key = keys.new_key()
    assert chased(place, key=key).pk == chased(place, key=key).pk
    assert ChaseMail.objects.count() == 2


def test_two_reminders_at_most_and_none_within_three_school_days(place: Partnership) -> None:
    invited(place, 1)
    chased(place)
    for day, comes in [(9, False), (10, False), (11, True), (16, False), (17, False)]:
        with clock.at(clock.start_of(date(2022, 3, day), 10)):
            if comes:
                assert chased(place).count == 1
            else:
                with pytest.raises(Conflict):
                    chased(place)
    assert sorted(ChaseMail.objects.values_list("number", flat=True)) == [1, 2]


def test_reminders_go_out_on_school_days_only(place: Partnership) -> None:
    invited(place, 1)
    with clock.at(clock.start_of(date(2022, 3, 12), 10)), pytest.raises(Refused, match="Monday 14 March"):
        chased(place)


def test_a_reminder_carries_a_fresh_link_and_the_words_of_the_office(
    place: Partnership, django_capture_on_commit_callbacks: Any
) -> None:
    one = invited(place, 1)[0]
    with django_capture_on_commit_callbacks(execute=True):
        chased(place, subject="[school]?")
    message = mail.outbox[-1]
    assert (message.subject, "Friday 18 March" in message.body) == (f"{one.name}?", True)
    assert f"/p/{place.slug}/answer/" in message.body
    assert "What it costs a school that signs: £1,500 a year for two years" in message.body
    assert Invitation.objects.filter(school=one, state="open").count() == 1


def test_nobody_reminds_a_school_that_has_withdrawn_and_the_phone_list_says_so(place: Partnership, client: Client) -> None:
    back = invited(place, 2)[0]
    make.signed(place, back)
    signing.withdraw(partnership=place, school=back, by=make.SYSTEM)
    told = {
        one.name: one.verdict
        for one in chase_list(place, settings_now(place, viewer=make.SYSTEM), school_days_of(place), viewer=make.SYSTEM)
    }
    assert "withdrew on 8 March: better called" in told[back.name].reason
    assert "Signed, then withdrew" in client.get(f"/p/{place.slug}/membership/phone-list/").content.decode()


def test_whoever_asked_is_reminded_of_our_answer_and_the_page_shows_it(
    place: Partnership, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    asker, silent, subject, met = invited(place, 4)
    with clock.at(clock.start_of(date(2022, 3, 1), 11)):
        question = make.question(place, asker, "Who pays for cover?")
        answering.say_subject(partnership=place, school=subject, to=SubjectTo.TRUST, on=date(2022, 3, 7), by=make.SYSTEM)
        office.note_contact(partnership=place, school=met, how="phone", words="Will think", key=keys.new_key(), by=make.SYSTEM)
    with clock.at(clock.start_of(date(2022, 3, 3), 11)):
        answering.answer_question(question=question, reply="We do.", by=make.SYSTEM)
    page = client.get(f"/p/{place.slug}/membership/chase/").content.decode()
    assert "asked us a question about Elthorne Learning Partnership on 1 March, and we answered it on 3 March" in page
    with django_capture_on_commit_callbacks(execute=True):
        chased(place, body=words_for(make.TODAY, date(2022, 3, 18))[1])
    said = {message.to[0].split("@")[1].split(".")[0]: message.body for message in mail.outbox[-4:]}
    heard = {urn: "not heard from you" in body for urn, body in said.items()}
    assert heard == {str(one.urn): one is silent for one in (asker, silent, subject, met)}
    assert "answered it on 3 March" in said[str(asker.urn)] and "subject to a meeting on 7 March" in said[str(subject.urn)]
    listed = client.get(f"/p/{place.slug}/membership/?q={asker.name.split()[0]}").content.decode()
    assert "Asked a question, answered 3 March" in listed
