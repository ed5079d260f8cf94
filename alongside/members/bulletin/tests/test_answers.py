"""What schools answer to a request in words: on the page, by mail, put right, and in one list for the office."""

import csv
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.audit.models import Event
from alongside.ground.core import clock
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale, marked
from alongside.members.bulletin import actions, queries
from alongside.members.bulletin.models import AskedOfSchool, Item
from alongside.members.bulletin.rules import ItemState
from alongside.members.bulletin.tests import make
from alongside.members.bulletin.tests.make import Place
from alongside.members.mail.actions import take_in
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.tests.make import answer_to, mail
from alongside.members.membership.tests.make import person_also, school
from alongside.members.notices.models import Notice
from alongside.members.notices.rules.tags import tagged
from alongside.members.partnerships import actions as partnerships
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SYSTEM = Standing.system()


def said(place: Place, item: Item, words: str, by: Standing | None = None, version: Any = UNSEEN) -> AskedOfSchool:
    """Oak answers."""
    return actions.answer_in_words(item=item, school=place.oak, words=words, version=version, by=by or place.head)


def by_mail(place: Place, words: str, to: str = "ann@example.org", settings: Any = None) -> Mail:
    """Somebody answers their bulletin."""
    sent = Notice.objects.get(kind="bulletin.bulletin", to=to)
    door = [tagged(settings.ANSWERS_TO, sent.pk, settings.SECRET_KEY)] if settings else []
    return take_in(raw=answer_to(sent, words), sent_to=door, by=SYSTEM)


def test_an_answer_in_words_is_done_and_can_be_put_right_by_the_school_alone(place: Place) -> None:
    one = make.request(place.partnership, place.manager)
    with pytest.raises(Conflict):  # nobody has been asked yet
        said(place, one, "Three pupils.")
    make.sent(place.partnership)
    row = said(place, one, " Three pupils. ", place.bursar)
    assert (row.words, row.done_by_name) == ("Three pupils.", "Bo") and row.done_at
    assert not queries.wanted_of(place.partnership, viewer=place.head).exists()
    shown = marked(row, "words")
    assert said(place, one, "Four pupils.", version=shown).done_by_name == "Ann"
    with pytest.raises(Stale):
        said(place, one, "Five pupils.", place.bursar, version=shown)
    for words in (" ", "x" * 2_001):
        with pytest.raises(Invalid):
            said(place, one, words)
    for by, where in ((place.other, place.oak), (SYSTEM, school(990_060))):
        with pytest.raises(Refused):
            actions.answer_in_words(item=one, school=where, words="No.", version=UNSEEN, by=by)
    assert Event.objects.filter(act="bulletin.answer").count() == 2
    actions.answer_request(item=one, school=place.oak, is_done=False, by=place.head)
    row.refresh_from_db()
    assert row.done_at is None and row.words == "Four pupils."  # stands in the form still


def test_the_office_reads_all_answers_in_one_list_and_who_has_not_answered(place: Place) -> None:
    one = make.request(place.partnership, place.manager)
    make.sent(place.partnership)
    head, office = (enter(Client(), Person.objects.get(pk=who.person)) for who in (place.head, place.manager))
    slug, address = place.partnership.slug, reverse("bulletin:answers", args=[place.partnership.slug, one.pk])
    form = reverse("bulletin:answer", args=[slug, one.pk, place.oak.urn])
    assert "No child’s name" in head.get(form).content.decode()
    version = marked(AskedOfSchool.objects.get(school=place.oak), "words")
    page = head.post(form, {"words": "=Three pupils.", "version": version}, follow=True).content.decode()
    assert "=Three pupils." in page and "Correct it" in page and "by Ann" in page
    every, waits, gave = (office.get(address + show).content.decode() for show in ("", "?show=open", "?show=answered"))
    assert "=Three pupils." in every and "Elm High" in every and "No answer yet" in every
    assert "Elm High" in waits and "Oak Primary" not in waits.split("<table")[1]
    assert "Oak Primary" in gave and "Elm High" not in gave.split("<table")[1]
    lines = list(csv.reader(b"".join(office.get(address + "?as=csv")).decode("utf-8-sig").splitlines()))
    assert lines == [
        ["School", "Answer", "On", "By"], ["Elm High", "No answer yet", "", ""],
        ["Oak Primary", "'=Three pupils.", "2022-03-07", "Ann"],
    ]  # fmt: skip
    assert office.get(address + "?as=xlsx").content.startswith(b"PK") and head.get(address).status_code == 403


def test_what_is_written_back_to_the_bulletin_is_the_schools_answer(place: Place, settings: Any) -> None:
    make.request(place.partnership, place.manager, posts=["head"])
    make.request(
        place.partnership, place.manager, posts=["business_manager"]
    )  # is in no head's mail, though a head keeps its day
    make.sent(place.partnership)
    sent = Notice.objects.get(kind="bulletin.bulletin", to="ann@example.org")
    assert "Or answer this mail" in sent.body and "number" not in sent.body
    kept = by_mail(place, "Three pupils.\n\nAnn", settings=settings)
    assert kept.mail_state is MailState.TAKEN and kept.became == "Answered “Data for the census” for Oak Primary"
    row = AskedOfSchool.objects.exclude(words="").get()
    assert (row.school, row.words, row.done_by_name) == (place.oak, "Three pupils.", "Ann") and row.done_at
    by_mail_again = mail("Four pupils.", "ann@example.org", Message_ID="<again@oak.example>").as_bytes()
    take_in(raw=by_mail_again, sent_to=[tagged(settings.ANSWERS_TO, sent.pk, settings.SECRET_KEY)], by=SYSTEM)
    row.refresh_from_db()
    assert row.words == "Four pupils."  # whoever wrote it corrects it


def test_several_requests_are_answered_by_their_numbers(place: Place, settings: Any) -> None:
    first = make.request(place.partnership, place.manager, title="Census", by_on=make.date(2022, 3, 21))
    second = make.request(place.partnership, place.manager, title="Trips")
    make.item(place.partnership, place.manager, title="News")
    make.sent(place.partnership)
    body = place.mails()["ann@example.org"]
    assert "Request 1. By 21 March" in body and "Request 2. By 31 March" in body and "Begin each answer with the number" in body
    kept = by_mail(place, "Three, and none.", settings=settings)
    assert kept.mail_state is MailState.WAITING and "does not say which" in kept.why
    kept = by_mail(place, "2: none\n1: three\n", "eve@example.org", settings)
    assert kept.became == "Answered “Trips” and “Census” for Elm High"
    found = dict(AskedOfSchool.objects.filter(school=place.elm).values_list("item", "words"))
    assert found == {first.pk: "three", second.pk: "none"}
    assert not AskedOfSchool.objects.filter(school=place.oak).exclude(words="").exists()


def test_a_mail_takes_nobodys_answer_away_and_answers_for_one_school(place: Place, settings: Any) -> None:
    one = make.request(place.partnership, place.manager)
    ash = school(990_003, "Ash Primary", phase="Primary")
    partnerships.admit_school(partnership=place.partnership, school=ash, from_on=make.date(2022, 1, 1), by=SYSTEM)
    make.sent(place.partnership)
    said(place, one, "Three pupils.", place.bursar)
    kept = by_mail(place, "Four.", settings=settings)
    assert kept.mail_state is MailState.WAITING and "Bo has answered" in kept.why
    person_also(place.other, Post.HEAD, school=ash)
    kept = by_mail(place, "None.", "eve@example.org", settings)
    assert kept.mail_state is MailState.WAITING and "several of their schools" in kept.why
    assert list(AskedOfSchool.objects.exclude(words="").values_list("words", flat=True)) == ["Three pupils."]


def test_what_does_not_come_to_the_bulletins_own_address_waits_for_the_office(place: Place, settings: Any) -> None:
    make.request(place.partnership, place.manager)
    make.sent(place.partnership)
    assert by_mail(place, "Three pupils.").mail_state is MailState.WAITING
    assert not AskedOfSchool.objects.exclude(words="").exists()


def test_a_bulletin_that_asks_nothing_is_answered_to_the_office(place: Place, settings: Any) -> None:
    make.item(place.partnership, place.manager)
    make.sent(place.partnership)
    assert "answer this mail" not in place.mails()["ann@example.org"]
    kept = by_mail(place, "Thank you!", settings=settings)
    assert kept.mail_state is MailState.WAITING and "asks them for nothing" in kept.why


def test_a_request_is_taken_back_with_a_look_first_and_what_was_answered_stays(place: Place) -> None:
    one = make.request(place.partnership, place.manager)
    make.sent(place.partnership)
    said(place, one, "Three pupils.")
    office = enter(Client(), Person.objects.get(pk=place.manager.person))
    slug = place.partnership.slug
    back = reverse("bulletin:withdraw", args=[slug, one.pk])
    assert back in office.get(reverse("bulletin:item", args=[slug, one.pk])).content.decode()
    look = office.get(back).content.decode()
    assert "1 school has answered; what they said stays. 1 school is no longer asked." in look
    assert Item.objects.get().item_state is ItemState.SENT
    page = office.post(back, follow=True).content.decode()
    assert "1 school had not answered, and nobody is asked any more" in page and "not answered yet" not in page
    assert "By 31 March" not in page and Item.objects.get().item_state is ItemState.WITHDRAWN
    every = office.get(reverse("bulletin:answers", args=[slug, one.pk])).content.decode()
    assert "Three pupils." in every and "Taken back" in every and "No answer yet" not in every


def test_the_office_reminds_the_heads_who_have_not_answered_once_a_day(place: Place) -> None:
    one = make.request(place.partnership, place.manager)
    office, slug = enter(Client(), Person.objects.get(pk=place.manager.person)), place.partnership.slug
    page, answers = (reverse(f"bulletin:{name}", args=[slug, one.pk]) for name in ("remind", "answers"))
    with pytest.raises(Conflict, match="not asked any more"):  # it has not gone
        actions.remind_schools(item=one, seen=UNSEEN, by=place.manager)
    make.sent(place.partnership)
    one.refresh_from_db()
    said(place, one, "Three pupils.")
    assert page in office.get(answers + "?show=open").content.decode() and page not in office.get(answers).content.decode()
    look = office.get(page).content.decode()
    assert "As Eve gets it" in look and "has no answer yet from Elm High" in look and "Ann" not in look
    seen = str(queries.to_remind(one, viewer=place.manager).shown)
    assert "A reminder to 1 head is" in office.post(page, {"seen": seen}, follow=True).content.decode()
    told = Notice.objects.get(kind="bulletin.reminder")
    assert told.to == "eve@example.org" and "Data for the census" in told.body
    assert "reminded today already" in office.get(page).content.decode()
    with pytest.raises(Conflict, match="once a day"):
        actions.remind_schools(item=one, seen=UNSEEN, by=place.manager)
    with pytest.raises(Refused):
        actions.remind_schools(item=one, seen=UNSEEN, by=place.head)
    with clock.at(clock.start_of(make.THURSDAY, 9)):
        assert actions.remind_schools(item=one, seen=UNSEEN, by=place.manager) == 1
        actions.answer_request(item=one, school=place.elm, by=place.other)
    with clock.at(clock.start_of(make.date(2022, 3, 11), 9)), pytest.raises(Conflict, match="You saw 1 head who would get it"):
        actions.remind_schools(item=one, seen=seen, by=place.manager)


def test_a_school_without_a_head_to_write_to_is_named(place: Place) -> None:
    one = make.request(place.partnership, place.manager)
    make.sent(place.partnership)
    Person.objects.filter(pk=place.other.person).update(email=None)
    found = queries.to_remind(one, viewer=place.manager)
    assert (found.unreached, [schools for _, schools in found.people]) == (["Elm High"], [["Oak Primary"]])
