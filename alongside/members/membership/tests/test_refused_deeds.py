"""What a page does not send is refused by the deed too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from alongside.ground.core import clock, keys
from alongside.ground.core.shown import UNSEEN
from alongside.ground.core.standing import Post, Standing
from alongside.ground.core.tests.make import usual
from alongside.ground.core.verdict import Conflict, Invalid, Refused
from alongside.members.membership.actions import answering, asking, by_mail, office, prospectus
from alongside.members.membership.rules.answers import AnswerKind
from alongside.members.membership.tests import make
from alongside.members.membership.tests.make import SYSTEM
from alongside.members.notices.tests.make import notice
from alongside.members.partnerships.models import Partnership
from alongside.members.schools.models import Establishment, School

pytestmark = [pytest.mark.django_db, pytest.mark.on(2022, 3, 8)]


def note(place: Partnership, one: School, words: str, next_on: date | None = None) -> Any:
    """A talk with a school."""
    said = {"partnership": place, "school": one, "how": "phone", "spoke_to": "", "key": keys.new_key(), "by": SYSTEM}
    return office.note_contact(words=words, next_on=next_on, **said)


def answer(place: Partnership, one: School) -> Any:
    """The office answers by mail what nobody has asked."""
    return by_mail.answer_by_mail(notice=notice(place, school=one, written_at=clock.now()), words="Yes", by=SYSTEM)


REFUSED: dict[str, Callable[[Partnership, School], Any]] = {
    "Enter your question": lambda of, one: make.question(of, one, " No "),
    "in at most 1,000 characters": lambda of, one: make.question(of, one, "x" * 1001),
    "Write the answer": lambda of, one: answering.answer_question(question=make.question(of, one), reply=" ", by=SYSTEM),
    "Choose at least one school": lambda of, one: answering.give_answer(
        partnership=of, schools=[], choice=AnswerKind.SIGN, words={}, by=SYSTEM
    ),
    "subject": lambda of, one: asking.invite_schools(
        partnership=of, addresses={one.pk: "head@ash.example"}, subject=" ", seen=UNSEEN, by=SYSTEM
    ),
    "is not open in the register": lambda of, one: (
        Establishment.objects.update(is_open=False)
        and asking.ask_schools(partnership=of, schools=[School.objects.get(pk=one.pk)], by=SYSTEM)
    ),
    "was not about one school": lambda of, one: by_mail.ask_by_mail(
        notice=notice(of), words="Why?", key=keys.new_key(), by=SYSTEM
    ),
    "is not there any more": answer,
    "Write what was said": lambda of, one: note(of, one, " "),
    "Enter today or a later day": lambda of, one: note(of, one, "Rang", date(2022, 3, 7)),
    "There is no draft": lambda of, one: prospectus.publish_prospectus(partnership=of, version=1, by=SYSTEM),
    "Something in the page": lambda of, one: make.signed(of, one, key="x"),
    "no prospectus to sign yet": lambda of, one: make.signed(make.partnership("Birch", publish=False), one),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_deed_refuses_what_its_page_does_not_send(why: str, place: Partnership) -> None:
    with pytest.raises((Invalid, Conflict), match=why):
        REFUSED[why](place, make.asked(place, 1)[0])


def test_the_next_talk_may_be_today(place: Partnership) -> None:
    assert note(place, make.asked(place, 1)[0], "Rang", date(2022, 3, 8)).words == "Rang"


STRANGE: dict[str, Callable[[Partnership, list[School], Standing], Any]] = {
    "ask": lambda of, closed, by: asking.ask_schools(partnership=of, schools=closed, by=by),
    "stop asking": lambda of, closed, by: asking.stop_asking(partnership=of, schools=[], by=by),
    "ask again": lambda of, closed, by: asking.ask_again(partnership=of, school=closed[0], by=by),
    "add an associate": lambda of, closed, by: asking.add_associate(partnership=of, school=closed[0], by=by),
    "change dates": lambda of, closed, by: office.change_dates(
        partnership=of, settings=replace(make.DATES, sign_by=date(2021, 1, 1)), version="", by=by
    ),
    "add members": lambda of, closed, by: asking.add_members(partnership=of, schools=[], by=by),
}


@pytest.mark.parametrize("deed", STRANGE)
def test_who_does_not_run_sign_up_is_told_nothing_of_how_it_stands(deed: str, place: Partnership) -> None:
    made = make.school(900_777, "Closed")
    Establishment.objects.update(is_open=False)
    stranger = Standing("stranger0000", "Stranger", frozenset({usual(Post.MANAGER, partnership="another00000")}))
    with pytest.raises(Refused, match="manager"):
        STRANGE[deed](place, [School.objects.get(pk=made.pk)], stranger)
