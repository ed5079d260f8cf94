"""Dates are answered on the page: one's own, and those of the head for whom one acts."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.ground.core import keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.verdict import Conflict, Invalid
from alongside.members.diary import actions, queries
from alongside.members.diary.models import DiaryDate
from alongside.members.diary.rules import Attending
from alongside.members.diary.tests.make import head, sent
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.people.actions import acting
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.acting import my_headships
from alongside.members.people.queries.roles import standing_of

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


@pytest.fixture
def ann(place: Partnership) -> Person:
    """A head to whose diary a date was sent."""
    made, _ = head(place)
    sent(made)
    return made


@pytest.fixture
def place() -> Partnership:
    return make.partnership()


@pytest.fixture
def sam(ann: Person) -> Person:
    """A deputy who acts for the head."""
    by = standing_of(ann)
    school = my_headships(viewer=by)[0].school
    deputy = Person.objects.get(pk=make.person("Sam", "deputy", school=school).person)
    acting.let_act(role=my_headships(viewer=by)[0], own=Role.objects.get(person=deputy), key=keys.new_key(), by=by)
    return deputy


def entered(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("says", list(Attending))
def test_whoever_acts_for_a_head_answers_the_heads_dates(ann: Person, sam: Person, says: Attending) -> None:
    row = DiaryDate.objects.get(person=ann)
    page = entered(sam).get(reverse("diary:diary")).content.decode()
    assert f"Sent to {ann.name}’s diary" in page and "No answer yet" in page
    entered(sam).post(reverse("diary:answer", args=[row.pk]), {"says": says.value, "seen": row.on_page})
    ((_, said),) = queries.sent_to_me(viewer=standing_of(ann))[0].dates
    assert (said.attending, said.key, said.by) == (says, row.pk, "Sam")
    assert "Said by Sam, who acts for you." in entered(ann).get(reverse("diary:diary")).content.decode()
    row.refresh_from_db()
    entered(ann).post(reverse("diary:answer", args=[row.pk]), {"says": Attending.YES.value, "seen": row.on_page})
    assert "Said by Sam" not in entered(ann).get(reverse("diary:diary")).content.decode()


def test_of_two_who_answer_one_date_the_second_sees_the_first(ann: Person, sam: Person) -> None:
    row = DiaryDate.objects.get(person=ann)
    both = {"seen": row.on_page}
    entered(sam).post(reverse("diary:answer", args=[row.pk]), {"says": "DECLINED", **both})
    late = entered(ann).post(reverse("diary:answer", args=[row.pk]), {"says": "TENTATIVE", **both})
    assert late.status_code == 409 and "by now it is “declined”, by Sam" in late.content.decode()
    assert DiaryDate.objects.get(person=ann).answer == "DECLINED"


def test_one_answers_ones_own_on_the_page(ann: Person) -> None:
    row = DiaryDate.objects.get()
    answer = entered(ann).post(reverse("diary:answer", args=[row.pk]), {"says": "DECLINED", "seen": row.on_page}, follow=True)
    assert "You declined. A calendar program" in answer.content.decode()


def test_nobody_else_sees_or_answers_it(ann: Person, place: Partnership) -> None:
    other, _ = head(place, urn=990_002)
    row = DiaryDate.objects.get(person=ann)
    colleague = Person.objects.get(pk=make.person("Kit", "deputy", school=my_headships(viewer=standing_of(ann))[0].school).person)
    for who in (other, colleague):
        assert entered(who).post(reverse("diary:answer", args=[row.pk]), {"says": "DECLINED"}).status_code == 404
    row.refresh_from_db()
    assert not row.answer


def test_the_head_for_whom_one_acts_has_dates_by_mail_and_one_does_not(ann: Person, sam: Person) -> None:
    assert queries.my_way(viewer=standing_of(ann)).value == "mail"
    assert queries.my_way(viewer=standing_of(sam)).value == "feed"


def test_nonsense_and_what_is_off_are_refused(ann: Person) -> None:
    row, by = DiaryDate.objects.get(), standing_of(ann)
    with pytest.raises(Invalid):
        actions.answer_on_page(one=row, says="MAYBE", seen=UNSEEN, by=by)
    DiaryDate.objects.update(is_cancelled=True)
    with pytest.raises(Conflict):
        actions.answer_on_page(one=row, says="ACCEPTED", seen=UNSEEN, by=by)
