"""What came with a question or an answer by mail, what could not be taken, and a question that is changed or taken back."""

from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.files.models import StoredFile
from alongside.ground.web.models import Stale, marked
from alongside.members.groups import actions as groups, tasks
from alongside.members.groups.models import Enclosed, Enquiry, Reply
from alongside.members.groups.rules import EnquiryState
from alongside.members.groups.tests.test_answers_by_mail import EVE, Place, door, take
from alongside.members.mail.models import Mail
from alongside.members.mail.rules.states import MailState
from alongside.members.mail.tests.make import mail
from alongside.members.membership.tests import make
from alongside.members.notices.actions.gathering import send_digests
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 11)]


@pytest.fixture
def place() -> Place:
    return Place()


def with_files(words: str, *named: tuple[str, bytes]) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = EVE, "answers@example.org", "Re: a kiln"
    made.set_content(words)
    for name, data in named:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def page(place: Place, who: Any, enquiry: Enquiry) -> Any:
    address = reverse("groups:enquiry", args=[place.partnership.slug, enquiry.pk])
    return enter(Client(), Person.objects.get(pk=who.person)).get(address)


def test_what_comes_with_an_answer_stands_beside_it_for_whoever_reads_it(place: Place, settings: Any) -> None:
    sent = place.asked()
    raw = with_files("We have, see the list.", ("kilns.txt", b"Oak: one kiln\n"), ("run.exe", b"MZ\x00\x01"))
    kept = take(raw, door(sent.pk, settings))
    for _ in range(2):  # a worker may be killed and begin again
        tasks.keep_files(kept.pk)
    reply, (one, other) = Reply.objects.get(), Enclosed.objects.order_by("title")
    assert (one.title, one.reply, bool(one.file)) == ("kilns", reply, True)
    assert (other.title, other.file, bool(other.refused)) == ("run.exe", "", True)
    told = Notice.objects.get(kind="groups.answered", person=place.ann.person)
    assert "2 files came with it" in told.body
    shown = page(place, place.ann, reply.enquiry).content.decode()
    assert f"/files/{one.file}/" in shown and "run.exe came too and was not taken" in shown
    stranger = make.person("Zed", "head", school=make.school(990_050, "Ash"))
    seen = [StoredFile.objects.visible_to(who).filter(pk=one.file).exists() for who in (place.ann, place.eve, stranger)]
    assert seen == [True, True, False]


def test_what_comes_with_a_question_by_mail_stands_with_the_question(place: Place, settings: Any) -> None:
    sent = groups.send_address(group=place.group, by=place.eve)
    kept = take(with_files("Who can read this plan?", ("plan.txt", b"A plan\n")), door(sent.pk, settings))
    tasks.keep_files(kept.pk)
    enquiry = Enquiry.objects.get()
    assert Enclosed.objects.get().reply is None and "plan</a>" in page(place, place.ann, enquiry).content.decode()


def test_a_question_that_is_too_long_comes_back_with_what_to_do_and_its_answer_is_asked(place: Place, settings: Any) -> None:
    sent = groups.send_address(group=place.group, by=place.eve)
    kept = take(mail("word " * 100, EVE).as_bytes(), door(sent.pk, settings))
    assert kept.mail_state is MailState.TAKEN and not Enquiry.objects.exists()
    told = Notice.objects.get(kind="groups.not_taken")
    assert (told.to, told.subject) == (EVE, "Your question to Heads was not asked")
    assert "Use at most 400 letters: it has 499." in told.body and "word word" in told.body
    again = take(mail("Who has a kiln?\n\nEve", EVE).as_bytes(), door(told.pk, settings))
    assert again.mail_state is MailState.TAKEN and Enquiry.objects.get().words == "Who has a kiln?"


def test_an_answer_that_comes_too_late_or_is_too_long_comes_back_too(place: Place, settings: Any) -> None:
    sent = place.asked()
    take(mail("word " * 500, EVE).as_bytes(), door(sent.pk, settings))
    first = Notice.objects.get(kind="groups.not_taken")
    assert first.subject == "Your answer to Ann went to nobody" and "Use at most 2,000 letters" in first.body
    take(mail("We have.", EVE, Subject="Re: kiln").as_bytes(), door(first.pk, settings))
    assert Reply.objects.get().words == "We have."
    groups.close(enquiry=Enquiry.objects.get(), state=EnquiryState.CLOSED, by=place.ann)
    take(mail("And another.", EVE).as_bytes(), door(sent.pk, settings))
    assert "Whoever asked needs no more answers." in Notice.objects.filter(kind="groups.not_taken").latest("written_at").body
    assert not Mail.objects.filter(state=MailState.WAITING).exists()


def test_the_message_shows_the_address_that_it_speaks_of_to_its_reader_alone(place: Place, settings: Any) -> None:
    sent = groups.send_address(group=place.group, by=place.eve)
    eve, mo = (enter(Client(), Person.objects.get(pk=who.person)) for who in (place.eve, place.manager))
    assert door(sent.pk, settings) in eve.get(reverse("notices:mine_shown", args=[sent.pk])).content.decode()
    assert door(sent.pk, settings) not in mo.get(reverse("notices:show", args=[place.partnership.slug, sent.pk])).content.decode()


def test_a_question_is_changed_while_no_mail_of_it_has_gone(place: Place) -> None:
    place.asked()
    one = Enquiry.objects.select_related("group", "partnership").get()
    seen = marked(one, "words")
    groups.change_words(enquiry=one, words="Who has a spare  kiln, please?", version=seen, by=place.ann)
    tasks.tell(one.pk)
    (told,) = Notice.objects.filter(kind="groups.asked", about=one.pk)
    assert "Who has a spare kiln, please?" in told.body and Enquiry.objects.get().words == "Who has a spare kiln, please?"
    with pytest.raises(Stale):
        groups.change_words(enquiry=one, words="Another", version=seen, by=place.ann)
    with pytest.raises(Invalid):
        groups.change_words(enquiry=one, words=" ", version=UNSEEN, by=place.ann)
    with pytest.raises(Refused):
        groups.change_words(enquiry=one, words="Mine now", version=UNSEEN, by=place.eve)
    with clock.at(clock.start_of(clock.today().replace(day=21), 9)):
        send_digests(by=groups.Standing.system())
    with pytest.raises(Conflict, match="has gone already"):
        groups.change_words(enquiry=one, words="Too late", version=UNSEEN, by=place.ann)


def test_a_question_that_is_taken_back_is_sent_to_nobody_and_read_by_nobody_else(place: Place, settings: Any) -> None:
    sent = place.asked()
    one = Enquiry.objects.select_related("group", "partnership").get()
    with pytest.raises(Refused):
        groups.take_back(enquiry=one, by=place.eve)
    address = reverse("groups:take_back", args=[place.partnership.slug, one.pk])
    done = enter(Client(), Person.objects.get(pk=place.ann.person)).post(address, follow=True).content.decode()
    assert "Taken back: nothing more of it is sent. No mail of it had gone." in done and "Answer</a>" not in done
    tasks.tell(one.pk)
    assert not Notice.objects.filter(kind="groups.asked").exists()
    assert [page(place, who, one).status_code for who in (place.ann, place.manager, place.eve)] == [200, 200, 404]
    assert take(mail("We have.", EVE).as_bytes(), door(sent.pk, settings)).mail_state is MailState.WAITING
    one.refresh_from_db()
    with pytest.raises(Conflict):
        groups.reply(enquiry=one, words="We have.", key=keys.new_key(), by=place.manager)
    with pytest.raises(Conflict):
        groups.take_back(enquiry=one, by=place.ann)
