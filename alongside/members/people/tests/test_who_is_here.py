"""Who holds a post in a partnership's member schools today: one question for all who write to them, and what each sees."""

from datetime import date
from typing import Any

import pytest

from alongside.ground.core.standing import Post
from alongside.members.partnerships.tests.make import partnership as new_partnership
from alongside.members.people.models import Person, Role
from alongside.members.people.queries.roles import standing_of
from alongside.members.people.queries.schools import posts_in
from alongside.members.people.tests import make
from alongside.members.schools.tests.make import school

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.on(2022, 3, 14)]


def test_who_is_in_a_member_school_today_is_found_once_and_sees_it_alike() -> None:
    elm, fir = new_partnership("Elm"), new_partnership("Fir")
    member, asked, other = (school(name) for name in ("Oak", "Ash", "Yew"))
    make.admitted(elm, member)
    make.admitted(fir, member, other)
    make.asked(elm, asked)

    def holds(name: str, place: Any, post: Post = Post.HEAD, **facts: Any) -> None:
        where = {"school": place} if hasattr(place, "urn") else {"partnership": place}
        facts = {"from_on": date(2021, 9, 1), **where, **facts}
        Role.objects.create(person=Person.objects.get_or_create(name=name)[0], post=post, **facts)

    holds("head", member)
    holds("also in the office", member, Post.BUSINESS_MANAGER)
    holds("also in the office", elm, Post.FINANCE)
    holds("given by Elm", member, through=elm)
    holds("given by Fir", member, through=fir)
    holds("of a school that is only asked", asked)
    holds("of a school elsewhere", other)
    holds("left", member, until_on=date(2022, 3, 13))
    holds("to come", member, from_on=date(2022, 3, 15))
    holds("cannot sign in", member, Post.GOVERNOR_CHAIR)
    Person.objects.filter(name="cannot sign in").update(is_active=False)
    found = {home.name: set(posts_in([home.pk]).values_list("person__name", flat=True)) for home in (elm, fir)}
    assert found == {
        "Elm": {"head", "also in the office", "given by Elm"},
        "Fir": {"head", "also in the office", "given by Fir", "of a school elsewhere"},
    }
    for home in (elm, fir):
        people = {one.name: standing_of(one) for one in Person.objects.filter(is_active=True)}
        assert found[home.name] == {name for name, who in people.items() if who.posts_in(home.pk) or home.pk in who.offices}
    assert posts_in([elm.pk, fir.pk]).count() == 6
