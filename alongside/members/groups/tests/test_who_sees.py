"""A question is shown to whoever asked it, while they belong; to the office; and to the group."""

import pytest

from alongside.ground.core.standing import VISITOR, Standing
from alongside.members.groups.models import Enquiry
from alongside.members.groups.tests.test_groups import Place

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 11)]


def test_a_question_is_shown_to_whoever_asked_while_they_belong_to_the_office_and_to_the_group() -> None:
    place = Place()
    place.asked()
    asked = [place.manager, place.ann, place.eve, place.bursar, place.zed, Standing(person=place.ann.person), VISITOR]
    assert [Enquiry.objects.visible_to(who).exists() for who in asked] == [True, True, True, False, False, False, False]
    Enquiry.objects.update(asker=place.bursar.person)  # who is in none of the group's posts
    assert Enquiry.objects.visible_to(place.bursar).exists() and not Enquiry.objects.visible_to(place.zed).exists()
