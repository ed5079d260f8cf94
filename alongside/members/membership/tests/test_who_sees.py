"""What the office noted of a school is shown to its people, and who takes back what it said."""

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.standing import Post, Standing
from alongside.members.membership.models import Chase, ChaseMail, Contact
from alongside.members.membership.permissions import may_reopen_answer, may_withdraw_signature
from alongside.members.membership.rules.answers import AnswerState
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership


@pytest.mark.django_db
@pytest.mark.on(2022, 3, 8)
@pytest.mark.parametrize(("at", "sees"), [(0, True), (1, False)])
def test_a_school_is_shown_its_own_talks_and_reminders(place: Partnership, at: int, sees: bool) -> None:
    schools = make.asked(place, 2)
    facts = {"partnership": place, "school": schools[0]}
    Contact.objects.create(**facts, how="phone", words="Rang", at=clock.now())
    chase = Chase.objects.create(id=keys.new_key(), partnership=place, subject="S", body="B", sent_at=clock.now())
    ChaseMail.objects.create(**facts, chase=chase, number=1, email="a@ash.example", sent_at=clock.now())
    who = make.person("Ann Okoro", Post.HEAD, school=schools[at])
    assert [model.objects.visible_to(who).exists() for model in (Contact, ChaseMail)] == [sees, sees]


@pytest.mark.parametrize(
    ("who", "withdraws", "when_frozen", "reopens"),
    [
        (Standing.system(), True, True, True),
        (make.visitor(post=Post.MANAGER, partnership="alder"), True, True, True),
        (make.visitor(post=Post.FINANCE, partnership="alder"), False, False, True),
        (make.visitor(post=Post.HEAD, school="oak"), True, False, True),
        (make.visitor(post=Post.HEAD, school="elm"), False, False, False),
        (make.visitor(), False, False, False),
    ],
)
def test_who_takes_back_what_a_school_said(who: Standing, withdraws: bool, when_frozen: bool, reopens: bool) -> None:
    assert bool(may_withdraw_signature(who, "alder", "oak", False)) is withdraws
    assert bool(may_withdraw_signature(who, "alder", "oak", True)) is when_frozen
    assert bool(may_reopen_answer(who, "alder", "oak", AnswerState.DECLINED)) is reopens
