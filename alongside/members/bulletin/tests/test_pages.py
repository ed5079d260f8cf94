"""The pages from sending in to done, and the day by which something is wanted in diaries."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Standing
from alongside.members.bulletin import actions
from alongside.members.bulletin.models import Item
from alongside.members.bulletin.tests import make
from alongside.members.bulletin.tests.make import THURSDAY, Place
from alongside.members.diary.actions import send_dates
from alongside.members.notices.models import Notice
from alongside.members.people.models import Person
from tests.signing_in import enter

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SYSTEM = Standing.system()


def test_the_pages_lead_from_sending_in_to_done(place: Place) -> None:
    head, office = (enter(Client(), Person.objects.get(pk=who.person)) for who in (place.head, place.manager))
    slug = place.partnership.slug
    page = head.post(
        reverse("bulletin:propose", args=[slug]),
        {"key": keys.new_key(), "title": "Census", "words": "Please look.", "is_request": "on", "minutes": "10",
         "by_on_day": "31", "by_on_month": "3", "by_on_year": "2022"},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "The office looks at it before it goes" in page and "Thursday 10 March" in page
    one = Item.objects.get()
    assert "Look at an item for the bulletin" in office.get("/me/", follow=True).content.decode()
    taken = office.post(reverse("bulletin:approve", args=[slug, one.pk]), follow=True).content.decode()
    assert "is in the next bulletin" in taken
    gone = make.sent(place.partnership)
    assert gone and "Census" in head.get(reverse("bulletin:bulletin", args=[slug, gone.pk])).content.decode()
    assert "Census" in head.get("/me/", follow=True).content.decode()
    done = head.post(reverse("bulletin:done", args=[slug, one.pk, place.oak.urn]), follow=True).content.decode()
    assert "Oak Primary has done it" in done and "Undo" in done
    asked = office.get(reverse("bulletin:item", args=[slug, one.pk])).content.decode()
    assert "1 of 2 schools have done it" in asked
    assert "10 minutes" in office.get(reverse("bulletin:minutes", args=[slug])).content.decode()


def test_the_day_by_which_something_is_wanted_is_sent_to_diaries_and_taken_out_when_it_is_done(place: Place) -> None:
    ann, day = Person.objects.get(pk=place.head.person), {"by": SYSTEM}
    item = make.request(place.partnership, place.manager)
    make.sent(place.partnership)
    with clock.at(clock.start_of(THURSDAY, 9)):
        assert send_dates(person=ann, **day) == 1
        actions.answer_request(item=item, school=place.oak, by=place.head)
        assert send_dates(person=ann, **day) == 1
    invitation, over = Notice.objects.filter(kind__startswith="diary.").order_by("written_at")
    assert invitation.subject == "By this day: Data for the census, Thursday 31 March 2022"
    assert over.subject == f"Done: {invitation.subject}" and "METHOD:CANCEL" in over.calendar
    assert not Notice.objects.filter(kind__startswith="diary.").exclude(person=ann.pk).exists()
