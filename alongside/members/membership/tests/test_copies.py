"""Every answer is kept: a page of it to print, and a yes that would be late says so."""

from datetime import date
from typing import Any

import pytest

from alongside.ground.core import keys
from alongside.members.membership.actions import answering
from alongside.members.membership.tests import make
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import School

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def ash(place: Partnership) -> School:
    return make.asked(place, 1)[0]


def meeting(on: date) -> dict[str, Any]:
    return {"subject_to": "governors", **{f"subject_on_{part}": getattr(on, part) for part in ("day", "month", "year")}}


@pytest.mark.parametrize(
    ("choice", "said", "kept"),
    [
        ("subject", meeting(date(2022, 3, 15)), ["yes, subject to its governors on Tuesday 15 March 2022", "8 March 2022, 10am"]),
        ("decline", {"reason": "We merge first."}, ["said “not this time”", "We merge first."]),
        ("question", {"question": "Who votes?"}, ["has asked a question", "Who votes?", "Waiting for the office"]),
    ],
)
def test_every_answer_can_be_printed_or_kept(
    place: Partnership, ash: School, choice: str, said: dict[str, Any], kept: list[str]
) -> None:
    head, address = make.browser(make.head(ash)), f"/p/{place.slug}/membership/answer/{ash.urn}/"
    page = make.read(head.post(f"{address}?choice={choice}", {"name": "A", "key": keys.new_key(), **said}, follow=True))
    assert page.count("Print or keep a copy") == 2, "after the answer, and whenever one comes back"
    assert "Print or keep a copy" in make.read(head.get(address))
    copy = make.read(head.get(f"{address}signed/"))
    assert all(words in copy for words in kept), kept


def test_an_answered_question_can_be_kept_with_its_answer(place: Partnership, ash: School) -> None:
    answering.answer_question(question=make.question(place, ash, "Who votes?"), reply="Every school.", by=make.SYSTEM)
    head, address = make.browser(make.head(ash)), f"/p/{place.slug}/membership/answer/{ash.urn}/"
    assert "Print or keep a copy" in make.read(head.get(address))
    assert "Every school." in make.read(head.get(f"{address}signed/"))


def test_who_has_said_nothing_has_nothing_to_keep(place: Partnership, ash: School) -> None:
    assert make.browser(make.head(ash)).get(f"/p/{place.slug}/membership/answer/{ash.urn}/signed/").status_code == 404


@pytest.mark.parametrize(("on", "late"), [(date(2022, 3, 18), False), (date(2022, 3, 22), True)])
def test_a_yes_that_would_be_late_says_so_wherever_it_stands(place: Partnership, ash: School, on: date, late: bool) -> None:
    head, address = make.browser(make.head(ash)), f"/p/{place.slug}/membership/answer/{ash.urn}/"
    form = make.read(head.get(f"{address}?choice=subject"))
    assert "The last day to sign is Friday 18 March, and the roll of members is frozen on Monday 21 March" in form
    done = make.read(head.post(f"{address}?choice=subject", {"name": "A", **meeting(on)}, follow=True))
    again, copy = make.read(head.get(address)), make.read(head.get(f"{address}signed/"))
    words = "That is after the last day to sign, 18 March: your school can still sign then, and is marked as late."
    assert (words in done) is (words in again) is (words in copy) is late
    assert ("does not vote in elections held on it" in again) is late
