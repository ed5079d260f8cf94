"""An answer that whoever wrote it puts right, or takes back: who reads it then, who hears of it, and what a thank-you noted."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Standing
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.ground.web.models import Stale, marked
from alongside.members.contributions.models import Contribution
from alongside.members.groups import actions as groups, queries
from alongside.members.groups.models import Enclosed, Reply
from alongside.members.groups.tests.test_answers_by_mail import Place
from alongside.members.membership.tests import make
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 11)]
SYSTEM = Standing.system()


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def reply(place: Place) -> Reply:
    """Ann has asked, Eve has answered, and Ann was thankful."""
    enquiry = groups.ask(group=place.group, words="Who has a spare kiln?", key=keys.new_key(), by=place.ann)
    made = groups.reply(enquiry=enquiry, words="We have two.", key=keys.new_key(), by=place.eve)
    return groups.thank(reply=made, by=place.ann)


def page(place: Place, who: Standing, reply: Reply) -> str:
    """The question as somebody finds it."""
    address = reverse("groups:enquiry", args=[place.partnership.slug, reply.enquiry_id])
    return enter(Client(), Person.objects.get(pk=who.person)).get(address).content.decode()


def told(place: Place) -> list[Notice]:
    """What Ann hears of answers."""
    return list(Notice.objects.filter(kind="groups.answered", person=place.ann.person))


def standing() -> int:
    """How many pieces of work are noted."""
    return Contribution.objects.standing().count()


def test_an_answer_is_put_right_by_who_wrote_it_and_heard_once(place: Place, reply: Reply) -> None:
    shown = marked(reply, "words")
    changed = groups.correct_reply(reply=reply, words=" We have one. ", version=shown, by=place.eve)
    assert changed.words == "We have one." and changed.changed_at is None  # nobody had mail of the first words
    [heard] = told(place)
    assert "We have one." in heard.body and "We have two." not in heard.body and not heard.subject.startswith("Changed")
    assert standing() == 1 and Reply.objects.get().thanked_at
    with pytest.raises(Stale):
        groups.correct_reply(reply=reply, words="None.", version=shown, by=place.eve)
    with pytest.raises(Invalid):
        groups.correct_reply(reply=reply, words=" ", version=UNSEEN, by=place.eve)
    for by in (place.ann, place.manager, SYSTEM):
        with pytest.raises(Refused):
            groups.correct_reply(reply=reply, words="None.", version=UNSEEN, by=by)


def test_whoever_had_mail_of_it_hears_that_it_was_put_right(place: Place, reply: Reply) -> None:
    Notice.objects.filter(kind="groups.answered").update(tries=1)
    for _ in range(2):  # the same again is nothing
        groups.correct_reply(reply=reply, words="We have one.", version=UNSEEN, by=place.eve)
    [again] = [one for one in told(place) if one.subject.startswith("Changed: Eve answers")]
    assert len(told(place)) == 2 and "has put right the answer" in again.body
    assert ", changed 11 March 2022" in page(place, place.ann, reply)


def test_what_is_taken_back_is_read_by_its_writer_and_the_office_and_noted_no_more(place: Place, reply: Reply) -> None:
    about = {"partnership": reply.partnership, "enquiry": reply.enquiry, "reply": reply}
    Enclosed.objects.create(**about, title="kilns", refused="This is a program")
    group = reply.enquiry.group
    assert standing() == 1 and [row.replies for row in queries.enquiries_of(group, viewer=place.ann)] == [1]
    assert groups.take_back_reply(reply=reply, by=place.eve) == 0 and not told(place)
    assert standing() == 0 and [row.replies for row in queries.enquiries_of(group, viewer=place.ann)] == [0]
    readers = {who.name: "We have two." in page(place, who, reply) for who in (place.ann, place.eve, place.manager)}
    assert readers == {"Ann": False, "Eve": True, "Mo": True}
    assert "No answer yet" in page(place, place.ann, reply)
    assert not Enclosed.objects.visible_to(place.ann).exists() and Enclosed.objects.visible_to(place.eve).exists()
    with pytest.raises(Conflict):
        groups.take_back_reply(reply=reply, by=place.eve)
    with pytest.raises(Conflict):
        groups.correct_reply(reply=reply, words="One.", version=UNSEEN, by=place.eve)
    with pytest.raises(Conflict):
        groups.thank(reply=reply, by=place.ann)
    assert standing() == 0


def test_the_office_takes_an_answer_back_and_nobody_else_does(place: Place, reply: Reply) -> None:
    stranger = make.person("Ida", "deputy", school=place.schools[1])
    for by in (place.ann, stranger):
        with pytest.raises(Refused):
            groups.take_back_reply(reply=reply, by=by)
    Notice.objects.filter(kind="groups.answered").update(tries=1)
    assert groups.take_back_reply(reply=reply, by=place.manager) == 1  # Ann has mail of it


def test_the_page_leads_to_both(place: Place, reply: Reply) -> None:
    eve, address = enter(Client(), Person.objects.get(pk=place.eve.person)), [place.partnership.slug, reply.pk]
    assert "Correct it" not in page(place, place.ann, reply) and "Correct it" in page(place, place.eve, reply)
    words, back = reverse("groups:correct_reply", args=address), reverse("groups:take_back_reply", args=address)
    assert "We have two." in eve.get(words).content.decode()
    said = eve.post(words, {"words": "We have one.", "version": marked(reply, "words")}, follow=True).content.decode()
    assert "We have one." in said and "Changed. Everybody" in said
    gone = eve.post(back, follow=True).content.decode()
    assert "The answer is taken back. No mail of it had gone." in gone and not told(place)
